"""``yizhan list`` alone: how many there are of each, and how to go on."""

from __future__ import annotations

from collections.abc import Callable

from experiments.list.keys import list_keys
from experiments.list.parameters import parameters
from experiments.list.targets import list_targets
from experiments.list.variables import list_variables
from experiments.shared.folding import hang
from sim.bilingual import Sentence, in_language, listed
from sim.configuration import available
from sim.day import PHASES
from sim.levers import LEVERS
from sim.outcomes import OUTCOMES

TOPICS: dict[str, tuple[Sentence, Callable[[], list[str]]]] = {
    "programmes": (Sentence("programmes", "项目"), lambda: available("programme")),
    "places": (Sentence("places", "地方"), lambda: available("place")),
    "comparisons": (Sentence("comparisons", "比较"), lambda: available("comparison")),
    "studies": (Sentence("studies", "研究"), lambda: available("study")),
    "targets": (Sentence("targets of calibration and validation", "校准与检验的目标"), lambda: [row.cells[0] for row in list_targets().rows]),
    "levers": (Sentence("levers", "政策工具"), lambda: [lever.name for lever in LEVERS]),
    "parameters": (Sentence("parameters", "参数"), lambda: [leaf.key for _, leaf in parameters()]),
    "keys": (Sentence("keys of the verbs", "各命令的键"), lambda: [row.cells[0] for row in list_keys().rows]),
    "outcomes": (Sentence("outcomes", "结果指标"), lambda: list(OUTCOMES)),
    "variables": (Sentence("state variables", "状态变量"), lambda: [row.cells[0] for row in list_variables().rows]),
    "phases": (Sentence("phases of a day", "一天的阶段"), lambda: list(PHASES)),
}
"""Name of a list → what is in it, and its names."""
MOST_NAMED = 30
FURTHER = Sentence(
    """yizhan list levers LEVER    what a lever changes, and its parameters
yizhan list parameters match=TEXT    the lines with a text, in either language
yizhan list TOPIC language=zh    中文""",
    """yizhan list levers 工具    某项政策工具的作用及其参数
yizhan list parameters match=文字    含某文字（中文或英文）的各行""",
)


def summarise(language: str, width: int) -> str:
    """Return the summary, folded to a width."""
    lines = []
    for topic, (called, names_of) in TOPICS.items():
        names = names_of()
        told = f"{len(names):>4} {in_language(called, language)}"
        shown = in_language(listed(names), language) if len(names) <= MOST_NAMED else ""
        lines += [f"{f'yizhan list {topic}':<26}{told}", *([f"    {shown}"] if shown else [])]
    return hang("\n".join([*lines, "", in_language(FURTHER, language)]), width)
