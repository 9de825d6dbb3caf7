"""A target: a figure that the model is held against, how near is near, and whether calibration may look at it."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import model_validator

from sim.bilingual import Sentence, sentence
from sim.parameters import ParameterGroup, parameter

SOURCE = "the file of targets"
CALIBRATION, HELD_OUT = "calibration", "held_out"
NINE_IN_TEN = 1.645
"""Standard deviations to either side that hold nine values in ten: as many as a tolerance is read to hold."""


def text(en: str, zh: str, default: object = ...) -> str:
    """Declare a text."""
    declared: str = parameter(default, unit="-", source=SOURCE, en=en, zh=zh)
    return declared


class Target(ParameterGroup):
    """One target, as its file says it."""

    name: str = text("name: the key that it stands under", "名称（即所在的键）", "")
    label: str = text("short label, such as C1 or E12", "编号，如 C1、E12")
    title: str = text("title in English; empty: what its measure is called", "英文标题，留空则用测量项的名称", "")
    title_zh: str = text("title in Chinese", "中文标题", "")
    value: float = parameter(..., unit="the measure's", source=SOURCE, en="the figure", zh="数值")
    unit: str = text("unit of its measure", "测量项的单位")
    tolerance: float = parameter(
        ..., unit="the measure's", low=1e-9, source=SOURCE, en="how far from it is still near", zh="容许偏差",
    )  # fmt: skip
    reason: str = text("why so far", "容许偏差的理由（英文）")
    reason_zh: str = text("the same in Chinese", "容许偏差的理由（中文）")
    source: str = text("row of the evidence, or document", "出处：证据表中的行或文件")
    period: str = text("of when the figure is", "数值所指时期")
    measure: str = text("name of a measure", "测量项名称")
    use: Literal["calibration", "held_out"] = parameter(
        ..., unit="-", source=SOURCE, en="calibration: parameters may be chosen by it; held_out: they may not",
        zh="calibration 可用于校准，held_out 留作检验",
    )  # fmt: skip
    use_reason: str = text("why it is held out", "留作检验的理由（英文）", "")
    use_reason_zh: str = text("the same in Chinese", "留作检验的理由（中文）", "")
    contradicts: tuple[str, ...] = parameter(
        (), unit="-", source=SOURCE, en="labels of targets that cannot be met together with it", zh="与之无法同时满足的目标编号",
    )  # fmt: skip

    @property
    def words(self) -> Sentence:
        """What it is called."""
        return Sentence(self.title, self.title_zh)

    @property
    def is_held_out(self) -> bool:
        """Whether calibration does not look at it."""
        return self.use == HELD_OUT

    @property
    def error(self) -> float:
        """Standard error with which calibration takes it to be known."""
        return self.tolerance / NINE_IN_TEN

    @property
    def range(self) -> tuple[float, float]:
        """Lowest and highest value that is near."""
        return self.value - self.tolerance, self.value + self.tolerance

    def distance(self, value: float) -> float:
        """Return how far a value is from the target, in tolerances."""
        return (value - self.value) / self.tolerance

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.use == HELD_OUT and not (self.use_reason and self.use_reason_zh):
            message = Sentence(
                "use_reason and use_reason_zh are missing: say why it is held out", "缺少 use_reason 与 use_reason_zh：请说明为何留作检验",
            )  # fmt: skip
            raise ValueError(message)
        if self.contradicts and self.use != HELD_OUT:
            raise ValueError(sentence(
                "contradicts {labels}, so it cannot be calibrated to beside them; write use: held_out",
                "与 {labels} 相矛盾，不能一并用于校准；请写 use: held_out", labels=", ".join(self.contradicts),
            ))  # fmt: skip
        return self


class TargetFile(ParameterGroup):
    """One file of ``configs/targets``."""

    title: str = text("title in English", "英文标题")
    title_zh: str = text("title in Chinese", "中文标题")
    note: str = text("what to know of the targets together", "总说明（英文）", "")
    note_zh: str = text("the same in Chinese", "总说明（中文）", "")
    targets: dict[str, Target] = parameter(..., unit="-", source=SOURCE, en="name → target", zh="名称 → 目标")

    @model_validator(mode="after")
    def _check(self) -> Self:
        if not self.targets:
            message = Sentence("needs at least one entry under targets", "targets 之下至少须有一项")
            raise ValueError(message)
        return self
