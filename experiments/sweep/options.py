"""Keys of ``yizhan sweep``."""

from __future__ import annotations

from experiments.shared.options import RunOptions
from sim.parameters import parameter


class SweepOptions(RunOptions):
    """Keys of ``yizhan sweep``."""

    outcomes: tuple[str, ...] = parameter(
        (), unit="-", source="choice", en="outcomes that are drawn and printed; every one is in the table", zh="绘图并打印的结果指标（数据表含全部）",
    )  # fmt: skip
