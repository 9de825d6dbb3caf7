"""Figures that the operator of a programme reported: gross counts, not effects; which outcome each stands beside, and what nearness can show."""

from __future__ import annotations

from collections.abc import Sequence

from sim.bilingual import Sentence, sentence
from sim.parameters import ParameterGroup, parameter

SOURCE = "the programme's document"
PLAN, CHOSEN = "plan", "chosen"
"""Why a figure stands apart: it was planned and not done; or an input is the figure itself, or was chosen with it in view."""
MARKS = {PLAN: Sentence("plan {value}", "计划 {value}"), CHOSEN: Sentence("({value})", "（{value}）")}
"""How such a figure is written."""
LEGENDS = {
    PLAN: Sentence("“plan”: planned, not done.", "“计划”为计划数，并非实绩。"),
    CHOSEN: Sentence(
        "In brackets: an input is this figure, or was chosen with it in view, so being near it shows nothing.",
        "括号内：输入即取自该数，或设定时参照了它，接近并不说明什么。",
    ),
}
"""What the marks mean."""


class ReportedFigure(ParameterGroup):
    """A figure that the operator of a programme reported: a gross count, not an effect."""

    outcome: str = parameter(..., unit="-", source=SOURCE, en="name of the outcome it stands beside", zh="对应的结果指标")
    value: float = parameter(..., unit="the outcome's", source=SOURCE, en="the figure", zh="上报数")
    source: str = parameter(..., unit="-", source=SOURCE, en="document and place", zh="出处")
    note: str = parameter("", unit="-", source=SOURCE, en="what to know when reading it", zh="说明")
    plan: bool = parameter(default=False, unit="-", source=SOURCE, en="planned, not done", zh="计划数，并非实绩")
    chosen: bool = parameter(
        default=False, unit="-", source=SOURCE, en="an input is this figure, or was chosen with it in view: being near it shows nothing",
        zh="输入即取自该数，或设定时参照了它：接近并不说明什么",
    )  # fmt: skip
    knobs: tuple[str, ...] = parameter(
        (), unit="-", source=SOURCE, en="keys of these inputs, where it is chosen", zh="若为 chosen，这些输入的键",
    )  # fmt: skip
    planned: float | None = parameter(
        None, unit="the outcome's", low=0, source=SOURCE, en="what was planned or offered for it, where the document says so",
        zh="文件所载计划数或可供数",
    )  # fmt: skip

    @property
    def apart(self) -> tuple[str, ...]:
        """Why the figure stands apart from those that the model can come near to by itself."""
        return (PLAN,) * self.plan + (CHOSEN,) * self.chosen

    def written(self, value: str) -> Sentence:
        """Write the figure, as it was formatted, with what it is."""
        text = Sentence(value, value)
        for why in self.apart:
            text = sentence(MARKS[why], MARKS[why].zh, value=text)
        return text


def legend_of(figures: Sequence[ReportedFigure]) -> list[Sentence]:
    """Return what the marks of some figures mean."""
    return [words for why, words in LEGENDS.items() if any(why in figure.apart for figure in figures)]


def refuse_twice(figures: Sequence[ReportedFigure]) -> None:
    """Refuse two figures beside one outcome, of which one would be lost.

    Raises:
        ValueError: There are two.
    """
    names = [figure.outcome for figure in figures]
    for name in names:
        if names.count(name) > 1:
            raise ValueError(sentence(
                "reported names {outcome!r} twice: one figure stands beside an outcome; name another outcome, or leave one out",
                "reported 中“{outcome}”出现两次：每个指标只能对应一个上报数，请改用其他指标或删去其一", outcome=name,
            ))  # fmt: skip
