"""What the fake server answers: small, of the shapes of the API."""

from typing import Any

from tests.experiments.dashboard.fake import both
from tests.experiments.dashboard.results import of_variant, result


def head(name: str, title: dict[str, str], place: dict[str, str], people: int, levers: list[str]) -> dict[str, Any]:
    return {
        "name": name, "title": title, "place": place, "period": {"start": "2024-01-01", "end": "2024-12-31", "days": 366},
        "document": "press reports", "sources": 3, "levers_on": levers, "size": {"people": people, "districts": 8, "campuses": 9},
    }


PROGRAMMES = [
    head("zibo", both("淄博青年驿站", "Zibo youth stations"), both("山东省淄博市", "Zibo, Shandong"), 40000, ["lodging", "loans"]),
    head("dongbeitang", both("东北塘青年驿站", "Dongbeitang youth station"), both("无锡市东北塘街道", "Dongbeitang, Wuxi"), 900, ["lodging"]),
    head("none", both("无项目", "No programme"), both("某市", "A city"), 10000, []),
]
VALUES = {
    "policy.lodging.enabled": True, "policy.lodging.free_nights": 6, "policy.lodging.stations": 31, "policy.lodging.initial_awareness": 0.4, "policy.lodging.budget": None,
    "policy.lodging.origin": "any", "policy.lodging.opening_date": None, "policy.job_fairs.enabled": False, "policy.job_fairs.fairs_per_year": 0, "policy.mentoring.enabled": False,
    "policy.mentoring.mentors": 0, "policy.mentoring.by_term": [0.2, 0.5],
}
EXPLAINED = {
    "explained": [
        both("山东省淄博市：8 个片区，可能在此求职的青年 40,000 人。", "Zibo, Shandong: 8 districts; 40,000 young people who may look for work there."),
        both("自 2024-01-01 起模拟 366 天。", "It is simulated from 2024-01-01 for 366 days."),
        both("提供 2 项服务：免费住宿、贷款。", "It offers 2 services: lodging, loans."),
        both("免费住宿：外来青年来看工作时免费住几晚。", "Lodging: free nights make trips to look for work cheaper."),
    ],
    "facts": [
        {"key": "policy.lodging.stations", "text": both("免费住宿：驿站 31 站", "Lodging: stations: 31 stations"), "source": both("淄博市人社局 2024", "Zibo labour bureau, 2024"), "document": True},
        {"key": "policy.lodging.beds_per_room", "text": both("免费住宿：每间床位 2 床", "Lodging: beds in a room: 2 beds"), "source": both("假定，无本地依据", "assumption, no local evidence"), "document": False},
    ],
    "reported": [{"outcome": "station_guests", "title": both("驿站住客（人次）", "Stays in stations"), "value": 12000, "unit": both("人次", "stays"), "what": both("公开报道", "press reports")}],
    "values": VALUES,
}  # fmt: skip
GROUPS = {"home": both("住", "A place to live"), "jobs": both("岗", "Meeting employers"), "business": both("创", "Starting a business")}
ON = both("是否提供该服务", "whether the service exists")
NONE = both("-", "-")
CHOSEN, ASSUMED = both("由规划者选择", "choice of the planner"), both("假定，无本地依据", "assumption, no local evidence")


def parameter(key: str, title: dict[str, str], unit: dict[str, str], default: Any, **more: Any) -> dict[str, Any]:
    told = {"key": f"policy.{key}", "title": title, "unit": unit, "type": "whole", "low": 0, "high": 1000, "usual": None, "default": default, "main": False}
    return {**told, "optional": False, "choices": [], "source": CHOSEN, "assumption": False, **more}


def lever(name: str, group: str, title: dict[str, str], says: dict[str, str], begin: dict[str, Any], *parameters: dict[str, Any]) -> dict[str, Any]:
    enabled = parameter(f"{name}.enabled", ON, NONE, default=False, type="flag", low=None, high=None)
    told = {"lever": name, "group": group, "group_title": GROUPS[group], "title": title, "says": says, "is_capital": name == "equity"}
    return {**told, "to_begin": {f"policy.{name}.{key}": value for key, value in {"enabled": True, **begin}.items()}, "parameters": [enabled, *parameters]}


LEVERS = [
    lever(
        "lodging", "home", both("免费住宿", "Lodging"), both("外来青年来看工作时免费住几晚。", "Free nights make trips to look for work cheaper and longer."), {"stations": 1},
        parameter("lodging.stations", both("驿站数", "stations"), both("站", "stations"), 0, high=10000, main=True),
        parameter("lodging.free_nights", both("每次免费住几晚", "free nights a stay"), both("晚", "nights"), 3, high=365, usual=[1, 14], main=True),
        parameter("lodging.initial_awareness", both("起初知道的人", "people who know of the service at the start"), both("占比", "share"), 0.4, type="number", high=1, usual=[0.2, 0.7], assumption=True, source=ASSUMED),
        parameter("lodging.origin", both("服务对象", "whom stations serve"), NONE, "any", type="choice", low=None, high=None, choices=["any", "elsewhere"]),
        parameter("lodging.budget", both("全期可用经费", "money that may be spent over the run"), both("元", "CNY"), None, high=1e15, optional=True),
        parameter("lodging.opening_date", both("开始提供的日期", "first day on which the service is offered"), both("日期", "date"), None, type="date", low=None, high=None, optional=True),
    ),
    lever(
        "job_fairs", "jobs", both("招聘会", "Job fairs"), both("企业和求职者当面谈。", "Employers and seekers meet face to face."), {"fairs_per_year": 1},
        parameter("job_fairs.fairs_per_year", both("每年场数", "fairs a year"), both("场/年", "fairs/year"), 0, high=400, main=True),
    ),
    lever(
        "mentoring", "business", both("创业导师", "Mentors"), both("老手带新手。", "Experienced founders help new ones."), {"mentors": 1},
        parameter("mentoring.mentors", both("导师数", "mentors"), both("人", "persons"), 0, high=10000, main=True),
        parameter("mentoring.by_term", both("分期比例", "share by term"), both("占比", "share"), [0.2, 0.5], type="list", high=1),
    ),
]  # fmt: skip
YEARBOOK = both("内陆县的合成样本", "a composite of inland counties")


def field(name: str, title: dict[str, str], unit: dict[str, str], low: float | None, high: float | None, **more: Any) -> dict[str, Any]:
    told = {"name": name, "title": title, "unit": unit, "low": low, "high": high, "usual": None, "source": ASSUMED, "kind": "number", "whole": True, "keys": []}
    return {**told, "help": both("", ""), **more}


def kind(name: str, title: dict[str, str], people: int, distances: list[int]) -> dict[str, Any]:
    return {
        "kind": name, "title": title, "says": YEARBOOK, "place": name,
        "defaults": {"kind": name, "inhabitants": people, "campuses": distances, "pay": 4200, "rent": 600, "name": None, "tightness": 0.8},
        "entries": {"campuses": [both("省城高校", "Campuses of the capital"), both("邻市高校", "Campuses next door")]},
        "sources": {"inhabitants": YEARBOOK, "campuses": YEARBOOK, "pay": ASSUMED, "rent": ASSUMED, "tightness": ASSUMED},
    }  # fmt: skip


COUNTY = {
    "questions": [
        field("kind", both("这是什么样的地方？", "What kind of place is it?"), NONE, None, None, kind="choice", help=both("其余各项按此填好，知道的再改。", "It fills in everything else; change what you know.")),
        field("inhabitants", both("常住人口有多少？", "How many people live there?"), both("人", "persons"), 10000, 30000000),
        field("campuses", both("最近的高校所在地有多远（公里）？", "How far are the nearest university towns, km?"), both("公里", "km"), 0, 5000, kind="list", help=both("每所市外高校一个距离。", "One distance for each campus elsewhere.")),
        field("pay", both("本科毕业生起薪一般多少（元/月）？", "What does a beginner with a bachelor's degree earn, CNY a month?"), both("元/月", "CNY/month"), 1000, 50000),
        field("rent", both("租一间房多少钱（元/月）？", "What does a room cost, CNY a month?"), both("元/月", "CNY/month"), 50, 20000, usual=[300, 1500]),
    ],
    "more": [
        field("name", both("地方名称", "Name of the place"), NONE, None, None, kind="text", whole=False, source=both("", "")),
        field("tightness", both("每名失业青年对应的空缺岗位", "Open posts per young person without work"), both("个/人", "posts/person"), 0.05, 10, whole=False, usual=[0.5, 1.5]),
    ],
    "kinds": [kind("county", both("县（县级市）", "A county"), 600000, [80, 140]), kind("prefecture", both("地级市", "A prefecture-level city"), 3000000, [10, 60])],
}  # fmt: skip
UNEMPLOYED = [0.11, 0.11, 0.12, 0.11, 0.11, 0.13, 0.19, 0.18, 0.16, 0.14, 0.13, 0.12]


def made(asked: dict[str, Any]) -> dict[str, Any]:
    given = asked["county"]
    titles = {"unemployment_16_24": both("16-24岁失业率", "Unemployment rate, 16-24"), "unemployment_rate": both("失业率", "Unemployment rate"), "vacancies_per_seeker": both("人均岗位", "Vacancies per seeker")}
    picture = {
        "months": [f"2024-{month:02}" for month in range(1, 13)], "people": 1500, "pictured": 1500, "replicates": 2, "unemployment_16_24": UNEMPLOYED, "unemployment_rate": UNEMPLOYED,
        "vacancies_per_seeker": [0.8] * 12, "left": 0.31, "titles": titles, "moved_by": {"unemployment": ["tightness", "pay"], "left": ["pay", "rent"], "vacancies_per_seeker": ["tightness"]},
        "note": both("只用来看像不像当地。", "To see whether it looks like your town, not to rely on."),
    }  # fmt: skip
    assumed = [name for name in ("inhabitants", "campuses", "pay", "rent", "tightness") if name not in given]
    return {"changes": {"place": "county"}, "assumed": assumed, "picture": picture}


MOST_NIGHTS = 90
"""Nights above which this server refuses, though the declaration allows them: a mistake that only a server can find."""


def checked(asked: dict[str, Any]) -> dict[str, Any]:
    draft = asked["draft"]
    values = {**VALUES, **draft.get("changes", {})}
    if values["policy.lodging.free_nights"] > MOST_NIGHTS:
        wrong = {"where": "policy.lodging.free_nights", **both("没有这么多床位。", "There are not so many beds."), "near": None}
        return {"ok": False, "errors": [wrong], "notes": [], "people": None, "seconds": None, "digest": None, "values": {}, "command": "", "python": ""}
    command = f"yizhan compare programme={draft['programme']}"
    python = f'from yizhan import Scenario, compare\n\ncompare(Scenario.load("{draft["programme"]}"))\n'
    notes = [both("贷款的改动不会改变任何结果。", "a change of loans changes nothing")] if draft.get("seed") == 2 else []
    return {"ok": True, "errors": [], "notes": notes, "people": 40000, "seconds": 9, "digest": "0", "values": values, "command": command, "python": python}


RUN = "0" * 32
OF_MAIN = of_variant(1.0)
RESULT = {
    **result(), **{part: {"main": held} for part, held in OF_MAIN.items()}, "labels": {"main": both("方案", "programme")}, "curves": {}, "beside": {},
    "preliminary": False, "replicates": 20, "people": 40000, "days": 366, "programme": "zibo", "answer": [{"variant": "main", "label": both("方案", "programme"), "told": "more", "sentence": both("预计多 36 人就业。", "36 more at work.")}],
    "capacity": {"main": [{"lever": "lodging", "what": "beds", **both("31 站 310 床，平均用 9 床。", "31 stations with 310 beds, of which 9 are taken on average."), "bound": False}]},
    "money": {"main": {**OF_MAIN["money"], "spending": [3_640_000, 3_500_000, 3_790_000], "lent": [0, 0, 0], "invested": [0, 0, 0], "lost": [0, 0, 0], "budget": None, "by_lever": [{"lever": "lodging", "title": both("免费住宿", "Lodging"), "value": 3_640_000, "low": 3_500_000, "high": 3_790_000}]}},
}  # fmt: skip


def followed(_: Any) -> list[tuple[str, dict[str, Any]]]:
    progress = {"id": RUN, "state": "running", "ahead": 0, "share": 0.5, "seconds_left": 4, "replicates_done": 10}
    return [("progress", progress), ("result", {**RESULT, "preliminary": True}), ("done", {**progress, "state": "done", "share": 1, "result": None})]


LEDGER = {
    "handle": "ledger:abcdef0123456789", "rows": 800, "read": 760, "guessed": 12, "refused_rows": 40, "skipped_rows": 0, "as_of": "2024-12-31", "as_of_from": both("文件中最晚的日期", "the last date"),
    "refused": [{"sheet": 1, "row": row, "what": both("未采用", "refused"), "why": both("“学历”读不懂", "the education cannot be read")} for row in range(3, 43)],
    "guesses": [{"what": both("毕业日期", "graduation date"), "why": both("只有年月，取当月首日", "a month: its first day"), "rows": 12}], "missed": [],
    "columns": [{"sheet": 1, "column": "A", "what": both("学历", "education"), "how": both("按标题", "by its heading")}],
    "counts": [
        {"what": both("学历", "education"), "value": both("本科", "Bachelor's"), "status": both("未就业", "without work"), "persons": 410, "mark": None},
        {"what": both("学历", "education"), "value": both("硕士", "Master's"), "status": both("未就业", "without work"), "persons": None, "mark": both("少于 5 人", "fewer than 5")},
    ],
    "small": both("少于 5 人的不显示。", "Cells of fewer than 5 are not shown."), "private": both("姓名等已丢弃。", "Names were dropped."),
}  # fmt: skip


def usual() -> dict[str, Any]:
    """Return the answers of a server on which nothing was done yet."""
    saved: list[dict[str, Any]] = []

    def save(asked: dict[str, Any]) -> dict[str, Any]:
        saved.append({"id": "1" * 32, "run": asked["run"], "name": asked["name"], "kind": "compare", "created": "2026-11-26T09:00:00+08:00"})
        return saved[-1]

    return {
        "GET /api/about": {"version": "0.1.0", "languages": ["zh", "en"], "limits": {}, "extras": {"report": True, "ledger": True}, "server": "x"},
        "GET /api/programmes": PROGRAMMES,
        **{f"GET /api/programmes/{each['name']}": {**each, **EXPLAINED} for each in PROGRAMMES},
        "GET /api/county": COUNTY,
        "POST /api/county": made,
        "GET /api/levers": LEVERS,
        "POST /api/check": checked,
        "POST /api/runs": {"id": RUN, "digest": "0", "state": "queued"},
        f"GET /api/runs/{RUN}": {"id": RUN, "state": "done", "share": 1, "result": RESULT},
        f"GET /api/runs/{RUN}/events": followed,
        f"GET /api/runs/{RUN}/files/report.docx": b"PK of a report",
        f"GET /api/runs/{RUN}/files/result.xlsx": b"PK of a workbook",
        "POST /api/ledger": LEDGER,
        "GET /api/saved": lambda _: saved,
        "GET /api/room": lambda _: {"saved": len(saved), "most_saved": 200, "megabytes": 1.26, "most_megabytes": 5000.0},
        "POST /api/saved": save,
        f"GET /api/saved/{'1' * 32}": {"id": "1" * 32, "name": "x", "draft": {"programme": "zibo", "seed": 7}, "result": RESULT},
    }
