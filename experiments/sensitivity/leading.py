"""Leading factors of a screening that is there."""

from __future__ import annotations

import json
from pathlib import Path

from experiments.sensitivity.files import JSON
from experiments.shared.errors import MistakeError
from sim.bilingual import sentence
from sim.scenario import Scenario
from sim.sensitivity.factors import Factor, factors_of


def leading_of(folder: str, count: int, scenario: Scenario, outcome: str) -> tuple[Factor, ...]:
    """Return the leading factors of a screening, with the ranges that it had.

    Args:
        folder: Its folder.
        count: How many factors.
        scenario: The scenario, which has to be of the same programme.
        outcome: The outcome on which they lead; where the screening did not look at it, its first one.

    Raises:
        MistakeError: The folder holds no screening, or one of another programme.
    """
    path = Path(folder) / JSON
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        is_screening = content["method"] == "morris"
        outcomes, ranges = content["outcomes"], {row["key"]: row for row in content["factors"]}
        rows = (outcomes.get(outcome) or next(iter(outcomes.values())))["factors"]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, StopIteration):
        is_screening, rows, ranges, content = False, [], {}, {}
    if not is_screening:
        raise MistakeError(sentence(
            "leading={folder}: there is no finished result of method=morris ({file} is missing, cannot be read, or of another method); make one: "
            "yizhan sensitivity programme={programme}",
            "leading={folder}：其中没有已完成的 method=morris 结果（缺少 {file}、无法读取或属于其他方法）；"
            "请先运行 yizhan sensitivity programme={programme}",
            folder=folder, file=JSON, programme=scenario.programme,
        ))  # fmt: skip
    if content["programme"] != scenario.programme:
        raise MistakeError(sentence(
            "leading={folder} is of programme={other}, this is programme={programme}; name a screening of the same programme",
            "leading={folder} 属于 programme={other}，而本次为 programme={programme}；请指定同一项目的筛选结果",
            folder=folder, other=content["programme"], programme=scenario.programme,
        ))  # fmt: skip
    chosen = [row["key"] for row in rows[:count]]
    return factors_of(scenario, [f"{key}:{ranges[key]['low']!r}:{ranges[key]['high']!r}" for key in chosen])
