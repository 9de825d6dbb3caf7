"""What a sweep says in its tables and figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from experiments.shared.figures import text
from experiments.shared.words import Speaker
from sim.bilingual import Sentence

if TYPE_CHECKING:
    from experiments.shared.words import Language, Words

OF_GROUPS = {
    "programme": Sentence("programme", "项目"), "region": Sentence("region", "地区"), "population": Sentence("population", "人口"),
    "place": Sentence("place", "地方"), "market": Sentence("market", "市场"), "behaviour": Sentence("behaviour", "行为参数"),
}  # fmt: skip
"""What keys are called that choose a file."""
WORDS: Words = {
    # tables and figures
    "between": Sentence("; ", "；"),
    "of_lever": Sentence("{lever}: {what}", "{lever}：{what}"),
    "as_it_is": Sentence("{point} (the programme as it is)", "{point}（现行方案）"),
    "compared": Sentence("Compared with: {point}.", "对照点：{point}。"),
    "no_reference": Sentence(
        "Point {number}, with which the others are to be compared, is missing: there are levels only, no differences.",
        "缺少对照点（第 {number} 点）：只有各点水平，没有差异。",
    ),
    "missing": Sentence(
        "{missing} of the {points} points are missing: they failed, or have not run.", "{points} 个点中缺 {missing} 个：出错或尚未运行。",
    ),
    # tables
    "in_unit": Sentence("{what}, {unit}", "{what}（{unit}）"),
    "mean_head": Sentence("Mean and\n95 % interval", "均值与\n95%区间"),
    "difference_head": Sentence("Difference and\n95 % interval, paired", "差异与\n95%区间（配对）"),
    "reference_cell": Sentence("reference", "对照点"),
    "point_head": Sentence("Point", "点"),
    "mean_short": Sentence("mean", "均值"),
    "difference_short": Sentence("difference", "差异"),
    "marks": Sentence(
        "*: can be told from the reference, also when the {count} other points are looked at together (Holm's method: wrong in any of them one time "
        "in twenty at most). ≈ 0: the interval holds zero. Neither: the interval of this point by itself leaves out zero, but among so many points "
        "that happens by luck.",
        "*：与对照点有差别，把其余 {count} 个点一并判断仍是如此（Holm 法：全部点中只要有一处判错，机会不超过二十分之一）。"
        "≈ 0：区间包含零。无标记：单看该点，区间不含零，但点数这么多，碰巧也会如此。",
    ),
    "mark_one": Sentence(
        "*: can be told from the reference at 95 %. ≈ 0: the interval holds zero.", "*：与对照点有差别（95% 把握）。≈ 0：区间包含零。",
    ),
    "most_different": Sentence(
        "Of {all} points, the {some} that differ most from the reference in each outcome, in the order of the sweep: those that luck has pushed far "
        "are among them. All are in sweep.parquet.",
        "共 {all} 点，各指标只列出与对照点相差最大的 {some} 点（按扫描顺序）：其中不免有碰巧偏大的。全部数据见 sweep.parquet。",
    ),
    "first_points": Sentence("The first {some} of {all} points; all are in sweep.parquet.", "前 {some} 点，共 {all} 点；全部数据见 sweep.parquet。"),
    # columns of files
    "column_name": Sentence("Column", "列"),
    "column_role": Sentence("Role", "作用"),
    "column_title_en": Sentence("Title", "英文名称"),
    "column_title_zh": Sentence("Chinese title", "名称"),
    "column_unit_en": Sentence("Unit", "英文单位"),
    "column_unit_zh": Sentence("Chinese unit", "单位"),
}
"""Key → what is said."""


def say(key: str, language: Language, **values: object) -> str:
    """Return the words of a key in a language, here or among those of all figures.

    Args:
        key: A key.
        language: "zh" or "en".
        **values: What to put into the places of the words.
    """
    if key not in WORDS:
        return text.say(key, language, **values)
    words = Speaker(language, WORDS).text(key, **values)
    return words.translate(text.NARROW_QUOTES) if language == "en" else words
