"""Keys of ``yizhan sweep``."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import field_validator

from experiments.shared.options import RunOptions
from sim.parameters import parameter

_CHOICE = "choice"


class SweepOptions(RunOptions):
    """Keys of ``yizhan sweep``."""

    outcomes: tuple[str, ...] = parameter(
        (), unit="-", source=_CHOICE, en="outcomes that are drawn and printed; every one is in the table", zh="绘图并打印的结果指标（数据表含全部）",
    )  # fmt: skip
    design: Literal["grid", "latin_hypercube", "sobol"] = parameter("grid", unit="-", source=_CHOICE, en="how the points are chosen", zh="取点方法")
    n: int | None = parameter(
        None, unit="points", low=1, high=1_000_000, source=_CHOICE, en="points of a design that is no grid", zh="非网格设计的点数",
    )  # fmt: skip
    over: tuple[str, ...] = parameter(
        (), unit="-", source=_CHOICE, en="keys and groups of keys that vary over their plausible range", zh="在合理取值范围内变动的键与键组",
    )  # fmt: skip
    points: str | None = parameter(None, unit="-", source=_CHOICE, en="file of points, .csv or .parquet", zh="点的文件（.csv 或 .parquet）")
    reference: Any = parameter(
        None, unit="-", source=_CHOICE, en="point that others are compared with: number, name, or {KEY: VALUE}",
        zh="作为对照的点：编号、名称或 {键: 值}",
    )  # fmt: skip

    @field_validator("over", mode="before")
    @classmethod
    def _one_or_more(cls, value: object) -> object:
        return [value] if isinstance(value, str) else value
