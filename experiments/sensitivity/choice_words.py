"""What the methods that look at a choice say, in both languages."""

from __future__ import annotations

from sim.bilingual import Sentence

DEFAULT_VALUE = 60_000.0
"""Value of an additional job, in CNY, where nobody says another: about a year of a young graduate's pay, an assumption."""
NO_SET_AND_NO_RANGE = Sentence(
    "behaviour=evidence is one behaviour, so that nothing is left open: use behaviour=calibrated, or vary ranges: over=[behaviour]",
    "behaviour=evidence 只有一种行为，没有未知之处：请用 behaviour=calibrated，或给出变动范围：over=[behaviour]",
)
FROM_RESULT = Sentence("Nothing is run: the comparison in {folder} is read.", "不再模拟：读取 {folder} 中的比较结果。")
COST = Sentence(
    "This will take about {time} on this machine ({vectors:,} behaviours, {replicates} replicates each, {worlds:,} worlds; an order of magnitude).",
    "在本机预计耗时约 {time}（{vectors:,} 种行为，各 {replicates} 次，共 {worlds:,} 个世界；仅为数量级）。",
)
FEW_PEOPLE = Sentence(
    "{people:,} young people, fewer than the place has, while levers keep their size: what money does for each is not that of the place. "
    "graduates=null takes the place as it is.",
    "青年 {people:,} 人，少于该地实有人数，而政策工具规模不变：人均效果与该地实际不同。graduates=null 则按该地实有人数。",
)
WITHOUT_CHOICE = Sentence(
    "{key} names variants to choose between, which method={method} does not look at; use method=information or method=discovery, or leave it out",
    "{key} 指定备选的方案，而 method={method} 不涉及选择；请用 method=information 或 method=discovery，或去掉该项",
)
