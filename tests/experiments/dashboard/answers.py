"""What the fake server answers: small, of the shapes of the API."""

from typing import Any

from tests.experiments.dashboard.fake import both

PROGRAMMES = [
    {
        "name": "zibo", "title": both("淄博:站城一体", "Zibo: stations and a city that lends"), "place": both("淄博市", "Zibo, Shandong"),
        "period": "2024-01-01/2024-12-31", "document": both("公开报道", "press reports"), "sources": [], "size": 40000, "levers_on": ["lodging", "loans"],
    },
    {
        "name": "dongbeitang", "title": both("东北塘街道青年驿站", "Dongbeitang street station"), "place": both("无锡市东北塘街道", "Dongbeitang, Wuxi"),
        "period": "2025-03-01/2025-09-30", "document": both("街道材料", "documents of the street"), "sources": [], "size": 900, "levers_on": ["lodging"],
    },
]  # fmt: skip
EXPLAINED = {
    "explained": [both("城里 31 个驿站让外来找工作的青年免费住 6 晚。", "Thirty-one stations give young people who come to look for work six free nights.")],
    "facts": [{"text": both("31 站 310 床", "31 stations, 310 beds"), "source": both("淄博市人社局 2024", "Zibo labour bureau, 2024")}],
    "reported": [{"outcome": "station_guests", "value": 12000, "unit": both("人次", "stays"), "what": both("驿站住客", "Guests of stations")}],
    "values": {"policy.lodging.free_nights": 6, "policy.lodging.stations": 31, "policy.lodging.enabled": True},
}


def parameter(key: str, title: dict[str, str], unit: dict[str, str], default: Any, **more: Any) -> dict[str, Any]:
    told = {"key": key, "title": title, "unit": unit, "type": "integer", "low": 0, "high": 1000, "usual": None, "default": default, "main": True}
    return {**told, "source": both("规划者的选择", "choice of the planner"), "assumption": False, **more}


GROUPS = {"stay": both("住", "Stay"), "posts": both("岗", "Posts"), "skills": both("能", "Skills"), "found": both("创", "Found"), "join": both("融", "Join")}
ON = both("是否开办", "whether the service exists")
NONE = both("", "-")


def switch(lever: str, *, default: bool = False) -> dict[str, Any]:
    return parameter(f"policy.{lever}.enabled", ON, NONE, default, type="boolean", low=None, high=None)


def lever(name: str, group: str, title: dict[str, str], says: dict[str, str], *parameters: dict[str, Any]) -> dict[str, Any]:
    return {"lever": name, "group": group, "group_title": GROUPS[group], "title": title, "says": says, "parameters": [switch(name), *parameters]}


LEVERS = [
    lever(
        "lodging", "stay", both("免费住宿", "Lodging"), both("外来青年来看工作时免费住几晚。", "Free nights make trips to look for work cheaper and longer."),
        parameter("policy.lodging.free_nights", both("每次免费住几晚", "free nights a stay"), both("晚", "nights"), 3, high=365, usual=[1, 14]),
        parameter("policy.lodging.stations", both("驿站数", "stations"), both("站", "stations"), 0, high=10000),
        parameter(
            "policy.lodging.initial_awareness", both("一开始就知道的人", "people who know of it at the start"), both("比例", "share"), 0.4,
            type="number", high=1, usual=[0.2, 0.7], main=False, assumption=True, source=both("假定", "assumption"),
        ),
        parameter("policy.lodging.budget", both("全期最多花多少", "money that may be spent over the run"), both("元", "CNY"), None, high=1e15, main=False, null=True),
        parameter(
            "policy.lodging.origin", both("住哪些人", "whom stations serve"), NONE, "any", type="choice", low=None, high=None, main=False, choices=["any", "elsewhere"],
        ),
    ),
    lever(
        "job_fairs", "posts", both("招聘会", "Job fairs"), both("企业和求职者当面谈。", "Employers and seekers meet face to face."),
        parameter("policy.job_fairs.fairs_per_year", both("每年几场", "fairs a year"), both("场/年", "fairs/year"), 0, high=400, usual=[2, 60]),
    ),
    lever("mentoring", "found", both("创业导师", "Mentors"), both("老手带新手。", "Experienced founders help new ones."),
          parameter("policy.mentoring.mentors", both("导师数", "mentors"), both("人", "persons"), 0, high=10000)),
]  # fmt: skip


def field(name: str, title: dict[str, str], unit: dict[str, str], low: float, high: float, usual: list[float], source: dict[str, str], **more: Any) -> dict[str, Any]:
    told = {"name": name, "title": title, "unit": unit, "low": low, "high": high, "usual": usual, "source": source, "kind": "number", "keys": []}
    return {**told, "help": both("", ""), **more}


YEARBOOK = both("统计年鉴,同类地方的中位数", "statistical yearbook, median of such places")
COUNTY = {
    "questions": [
        field("inhabitants", both("常住人口", "Inhabitants"), both("人", "persons"), 10000, 30000000, [200000, 1200000], YEARBOOK),
        field("km", both("最近的大学城有多远", "Distance to the nearest university town"), both("公里", "km"), 0, 3000, [20, 200], YEARBOOK),
        field("pay", both("新人月薪", "Pay of a beginner"), both("元/月", "CNY/month"), 1000, 50000, [3500, 6000], YEARBOOK),
        field("rent", both("一间房月租", "Rent of a room"), both("元/月", "CNY/month"), 50, 20000, [400, 1200], YEARBOOK),
    ],
    "more": [field("tightness", both("每个求职者对应的岗位", "Posts per seeker"), both("个", "posts"), 0.05, 10, [0.5, 1.5], both("假定", "assumption"))],
    "kinds": [
        {"kind": "city", "title": both("大城市", "Big city"), "defaults": {"inhabitants": 9000000, "km": 10, "pay": 6500, "rent": 1800, "tightness": 1.1}},
        {"kind": "county", "title": both("县", "County"), "defaults": {"inhabitants": 600000, "km": 80, "pay": 4200, "rent": 600, "tightness": 0.8}},
    ],
}


def made(asked: dict[str, Any]) -> dict[str, Any]:
    given = asked["county"]
    months = [f"2024-{month:02}" for month in range(1, 13)]
    picture = {
        "months": months, "unemployment": [0.11, 0.11, 0.12, 0.11, 0.11, 0.13, 0.19, 0.18, 0.16, 0.14, 0.13, 0.12], "leaves": 0.31, "posts_per_seeker": 0.8,
    }  # fmt: skip
    return {"changes": {"population.inhabitants": given.get("inhabitants", 600000)}, "assumed": ["km", "pay", "rent", "tightness"], "picture": picture}


def checked(asked: dict[str, Any]) -> dict[str, Any]:
    draft = asked["draft"]
    nights = draft.get("changes", {}).get("policy.lodging.free_nights", 6)
    values = {**EXPLAINED["values"], **draft.get("changes", {})}
    if nights > 365:
        wrong = {
            "what": "policy.lodging.free_nights", "where": "policy.lodging.free_nights", "why": "too large", "mend": "",
            **both(f"免费住宿的晚数是 {nights},最多 365。", f"Free nights are {nights}; at most 365 are possible."),
        }  # fmt: skip
        return {"ok": False, "errors": [wrong], "notes": [], "people": 40000, "seconds": 9, "digest": "0", "values": values, "command": "", "python": ""}
    command = f"yizhan compare programme={draft['programme']}"
    python = f'from yizhan import Scenario, compare\n\ncompare(Scenario.load("{draft["programme"]}"))\n'
    return {"ok": True, "errors": [], "notes": [], "people": 40000, "seconds": 9, "digest": "0", "values": values, "command": command, "python": python}


def usual() -> dict[str, Any]:
    """Return the answers of a server on which nothing was done yet."""
    return {
        "GET /api/about": {"version": "0.1.0", "languages": ["zh", "en"], "limits": {"upload": 10_000_000}, "extras": {"report": True, "ledger": True}, "server": "x"},
        "GET /api/programmes": PROGRAMMES,
        **{f"GET /api/programmes/{each['name']}": {**each, **EXPLAINED} for each in PROGRAMMES},
        "GET /api/county": COUNTY,
        "POST /api/county": made,
        "GET /api/levers": LEVERS,
        "POST /api/check": checked,
        "GET /api/saved": [],
    }
