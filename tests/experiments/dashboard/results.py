"""A result of the shape that the API has, small, with numbers that a test knows."""

from typing import Any

from tests.experiments.dashboard.fake import both

ROWS = {
    "gross_placements": (7709, 7320, 8101),
    "deadweight": (7667, 7281, 8060),
    "net_on_participants": (42, 25, 60),
    "displacement": (8, 2, 17),
    "jobs_made": (2, 0, 6),
    "net_additional_jobs": (36, 22, 51),
}
TOLD = "预计多增加 36 人就业（大致在 22 到 51 之间），每多一人约 7.2 万元"
UNTOLD = "看不出就业有变化（可能少 5 人，也可能多 4 人），多花约 8 千元"
BESIDE = {
    "sentence": both(f"方案A（对照：这套方案）：{UNTOLD}。", "Variant A, against the programme: no difference in jobs that can be told."),
    "told": "untold",
    "jobs": {"value": -0.8, "low": -5.1, "high": 3.6},
    "stays": {"value": 0.0, "low": 0.0, "high": 0.0},
    "firms": {"value": 0.2, "low": -1.4, "high": 1.8},
    "spending": {"value": 8040.0, "low": 2512.0, "high": 13568.0},
}
"""A variant beside the first."""
DAYS = [f"2021-{month:02}-{day:02}" for month in range(1, 7) for day in (1, 11, 21)]


def three(value: float, half: float) -> list[float]:
    return [value, value - half, value + half]


def row(name: str, value: float, low: float, high: float) -> dict[str, Any]:
    return {"row": name, "title": both(name, name), "value": value, "low": low, "high": high, "says": None}


def band(first: float, step: float, half: float) -> dict[str, list[float]]:
    mean = [first + step * place for place in range(len(DAYS))]
    return {"mean": mean, "low": [value - half for value in mean], "high": [value + half for value in mean]}


def account(times: float) -> list[dict[str, Any]]:
    return [row(name, *(round(part * times) for part in parts)) for name, parts in ROWS.items()]


def group(name: str, zh: str, en: str, parts: tuple[float, float, float] | None) -> dict[str, Any]:
    difference, low, high = parts or (None, None, None)
    told = "untold" if parts is None or parts[1] <= 0 <= parts[2] else "more"
    return {
        "group": "origin",
        "member": name,
        "title": both(zh, en),
        "difference": difference,
        "low": low,
        "high": high,
        "told": told,
        "hidden": parts is None,
    }


def lever(name: str, zh: str, en: str, value: float) -> dict[str, Any]:
    return {"lever": name, "title": both(zh, en), "value": value, "low": value * 0.9, "high": value * 1.1, "more": three(value, value * 0.1)}


def stage(zh: str, en: str, value: float) -> dict[str, Any]:
    return {"outcome": en, "title": both(zh, en), "unit": both("人", "persons"), "value": value, "low": value * 0.8, "high": value * 1.2}


def assumption(zh: str, en: str, share: float, low: float) -> dict[str, Any]:
    source = both("假定（无本地依据）", "assumption, no local evidence")
    return {"key": en, "title": both(zh, en), "share": share, "low": low, "high": share + 0.2, "told": low > 0, "source": source, "assumption": True}


def figure(zh: str, en: str, reported: float, simulated: tuple[float, float, float], **more: bool) -> dict[str, Any]:
    why = both("不在范围内", "outside the range")
    told = {"unit": both("人", "persons"), "miss": True, "distance": 4.0, "chosen": False, "plan": False, "why": why, "note": both("", "")}
    return {"outcome": en, "title": both(zh, en), "reported": reported, "simulated": list(simulated), **told, **more}


def of_variant(times: float) -> dict[str, Any]:
    """Return what a result has of each variant."""
    spending = 2_600_000.0 * times
    return {
        "how_sure": {
            "ignorance": [22.0 * times, 51.0 * times],
            "prediction": [-24.0, 96.0],
            "simulation_error": 3.0,
            "sentences": [],
            "what": both("本地在岗", "Work here"),
            "of": both("区间：依据 10 组参数。", "Intervals: from 10 vectors."),
        },
        "account": account(times),
        "stays": account(times / 4),
        "firms": account(times / 9),
        "cost": {"value": 72_000.0, "low": 50_000.0, "high": 110_000.0, "defined": times > 0.5, "loses": False, "sentence": both("", "")},
        "money": {
            "spending": three(spending, 1e5),
            "more": three(spending, 1e5),
            "lent": three(36_400_000.0, 4e6),
            "invested": three(51_500_000.0, 0.0),
            "lost": three(900_000.0, 2e5),
            "by_lever": [lever("lodging", "青年驿站", "Lodging", 1_600_000.0), lever("loans", "创业贷款", "Loans", 1_000_000.0)],
            "budget": None,
            "over": None,
            "against_budget": None,
        },
        "funnels": [
            {
                "lever": "visitors",
                "title": both("驿站来访者", "Visitors"),
                "stages": [
                    stage("知晓", "Aware", 9000),
                    stage("来访", "Came", 800),
                    stage("入住", "Stayed", 760),
                    stage("上岗", "Placed", 90),
                ],
            }
        ],
        "for_whom": [
            group("local", "来源：本地", "Origin: local", (6.0, -4.0, 15.0)),
            group("elsewhere", "来源：外地", "Origin: elsewhere", (30.0, 14.0, 44.0)),
            group("doctor", "学历：博士", "Education: doctor", None),
        ],
        "capacity": [
            {
                "lever": "lodging",
                "what": "beds",
                **both("31 站 310 床，平均用 9 床。", "31 stations, 310 beds, 9 taken."),
                "value": 0.03,
                "bound": False,
            }
        ],
        "carries": {
            "sentence": both("最该先查清：求职强度 41%。", "To be found out first: search effort 41 %."),
            "rows": [
                assumption("求职强度", "search effort", 0.41, 0.12),
                assumption("搬家意愿", "readiness to move", 0.2, 0.0),
                assumption("创业能力", "business skill", 0.1, 0.0),
            ],
        },
        "outcomes": [],
    }


def curve(zh: str, en: str, unit: dict[str, str], names: list[str]) -> dict[str, Any]:
    worlds = {"none": band(11_000, 10, 300), **{name: band(11_000, 12, 300) for name in names}}
    return {"title": both(zh, en), "unit": unit, "days": DAYS, "worlds": worlds, "difference": {name: band(0, 2, 14) for name in names}}


def result(*, preliminary: bool = False, labels: tuple[str, ...] = ("这套方案",), replicates: int = 20) -> dict[str, Any]:
    """Return the result of a comparison: the first variant can be told from no programme, every other cannot."""
    names = ["programme", *(f"variant_{number}" for number in range(2, len(labels) + 1))]
    parts = {name: of_variant(1.0 if place == 0 else 0.1) for place, name in enumerate(names)}
    keys = next(iter(parts.values()))
    english = ["expected to add 36 people", *["no difference that can be told"] * (len(labels) - 1)]
    chinese = [TOLD, *[UNTOLD] * (len(labels) - 1)]
    sentences = [both(f"{label}：{zh}。", f"{label}: {en}.") for label, zh, en in zip(labels, chinese, english, strict=True)]
    return {
        "preliminary": preliminary,
        "replicates": replicates,
        "wanted": 20,
        "people": 40_000,
        "days": 180,
        "programme": "zibo",
        "title": both("淄博", "Zibo"),
        "against": both("没有方案", "no programme"),
        "labels": {name: both(label, label) for name, label in zip(names, labels, strict=True)},
        "answer": [
            {"variant": name, "label": both(label, label), "told": "untold" if place else "more", "sentence": said}
            for place, (name, label, said) in enumerate(zip(names, labels, sentences, strict=True))
        ],
        "compared": both(f"淄博，对照：没有方案。{replicates} 对世界。", f"Zibo against no programme. {replicates} pairs of worlds."),
        "notes": [],
        **{key: {name: part[key] for name, part in parts.items()} for key in keys},
        "curves": {
            "employed_in_region": curve("本地在岗人数", "Employed here", both("人", "persons"), names),
            "unemployment_rate": {**curve("失业率", "Unemployment", both("占比", "share"), names)},
        },
        "beside": dict.fromkeys(names[1:], BESIDE),
        "reported": [
            figure("驿站住客", "Guests", 12_000, (9_000, 7_000, 10_500)),
            figure("导师辅导", "Mentees", 100, (12, 6, 27), plan=True),
        ],
    }


def progress(share: float, state: str = "running", **more: Any) -> dict[str, Any]:
    done = round(20 * share)
    return {
        "id": "r1",
        "state": state,
        "ahead": 0,
        "share": share,
        "seconds_left": round(9 * (1 - share), 1),
        "replicates_done": done,
        "replicates": 20,
        "error": None,
        **more,
    }


def computed(whole: dict[str, Any]) -> dict[str, Any]:
    """Return the answers of a server that computes this: a preliminary picture, then the whole."""
    first = {**whole, "preliminary": True, "replicates": 2}
    events = [("progress", progress(0.1)), ("result", first), ("progress", progress(0.5)), ("result", whole), ("done", progress(1.0, "done"))]
    return {
        "POST /api/runs": (202, progress(0.0, "queued")),
        "GET /api/runs/r1/events": events,
        "GET /api/runs/r1": {**progress(1.0, "done"), "result": whole},
        "DELETE /api/runs/r1": progress(0.4, "cancelled"),
        "GET /api/runs/r1/persons": {
            "variant": "programme", "row": "displacement", "kind": "jobs", "replicate": 0, "count": 8,
            "persons": [{"person": 7, "one_line": both("7 号：女，本科，外地", "No. 7: female, bachelor, from elsewhere"), "became": both("未参加", "took no part")}],
        },
        "GET /api/runs/r1/persons/7": {
            "person": 7, "replicate": 0, "portrait": [both("女，本科。", "A woman, bachelor.")], "ending": [both("在岗。", "At work.")],
            "sentences": [
                {"when": both("3月", "March"), "what": both("听说驿站。", "hears of the station.")},
                {"when": both("7月", "July"), "what": both("七月上岗。", "starts work.")},
            ],
        },
    }


WHAT_IF = {
    "preliminary": False,
    "replicates": 20,
    "wanted": 20,
    "key": "policy.lodging.free_nights",
    "title": both("青年驿站：免费住宿晚数", "Lodging: free nights"),
    "unit": both("晚", "nights"),
    "now": "6",
    "flat": {"from": "6", "place": 2, **both("超过 6 晚后，看不出还有变化。", "Beyond 6 nights nothing more can be told.")},
    "points": [
        {
            "value": value,
            "name": str(value),
            "mean": mean,
            "low": mean - 6,
            "high": mean + 7,
            "stays": three(mean / 3, 4),
            "spending": three(1e6 + 1000 * value, 9e4),
        }
        for value, mean in ((0, 1.0), (3, 12.0), (6, 17.0), (14, 17.4))
    ],
}
def part(name: str, zh: str, en: str, jobs: tuple[float, float, float], spending: float) -> dict[str, Any]:
    value, low, high = jobs
    told = "more" if low > 0 else "untold"
    number = {"value": value, "low": low, "high": high, "told": told}
    none = {"value": 0.0, "low": 0.0, "high": 0.0, "told": "same"}
    return {
        "lever": name, "title": both(zh, en), "jobs": number, "stays": none, "firms": none,
        "spending": {"value": spending, "low": spending * 0.9, "high": spending * 1.1, "told": "more"},
        "cost": {"value": spending / value, "low": spending / high, "high": spending * 9, "defined": low > 0, "loses": False},
    }  # fmt: skip


LEVERS = [part("lodging", "青年驿站", "Lodging", (30.0, 18.0, 42.0), 1.6e6), part("loans", "创业贷款", "Loans", (6.0, -3.0, 14.0), 1e6)]
PARTS = {
    "preliminary": False, "replicates": 20, "wanted": 20, "variant": "programme", "worlds": 80, "is_exact": True,
    "what": both("各项贡献相加等于整体。", "The parts sum to the whole."), "notes": [both("沙普利值：精确。", "Shapley value: exact.")], "levers": LEVERS,
    "whole": {key: one for key, one in part("", "", "", (36.0, 22.0, 51.0), 2.6e6).items() if key in ("jobs", "stays", "firms", "spending")},
    "command": "yizhan compare programme=zibo attribution=true",
}  # fmt: skip
MIX = {
    "budget": 3_000_000,
    "people": 1500,
    "notes": [both("试了 32 种花法。", "32 mixes were tried.")],
    "proposals": [
        {
            "kind": kind,
            "title": both(zh, en),
            "name": kind,
            "sentence": both(f"{zh}：台账帮扶 30 人。", f"{en}: 30 caseworkers."),
            "changes": {"policy.casework.enabled": True, "policy.casework.caseworkers": 30 + place},
            "jobs": three(36 - place, 14),
            "stays": three(4, 6),
            "firms": three(1, 2),
            "spending": three(2_900_000, 50_000),
            "regret": {"mean": 2.0, "largest": 9.0, **both("最多少 9 人。", "9 fewer at most.")},
            "levers": [
                {
                    "lever": "casework",
                    "title": both("台账帮扶", "Casework"),
                    "size": both("30 名专员", "30 caseworkers"),
                    "spending": three(2_900_000, 50_000),
                }
            ],
            "notes": [],
        }
        for place, (kind, zh, en) in enumerate(
            (("jobs", "就业最多", "Most jobs"), ("stays", "留下的人最多", "Most stays"), ("robust", "最稳妥", "Most robust"))
        )
    ],
}


def answering(comparison: dict[str, Any]) -> dict[str, Any]:
    """Return the answers of a server that computes comparisons, curves of one lever, and mixes."""
    whole = {"compare": comparison, "what_if": WHAT_IF, "mix": MIX, "parts": PARTS}

    def begun(body: dict[str, Any]) -> tuple[int, Any]:
        return 202, progress(0.0, "queued", id=body["kind"], kind=body["kind"])

    found = {**computed(comparison), "POST /api/runs": begun}
    for kind, held in whole.items():
        ended = progress(1.0, "done", id=kind, kind=kind)
        found[f"GET /api/runs/{kind}/events"] = [("progress", progress(0.5, id=kind, kind=kind)), ("result", held), ("done", ended)]
        found[f"GET /api/runs/{kind}"] = {**ended, "result": held}
    return found
