"""The keys of ``yizhan bench``."""

from __future__ import annotations

from typing import Literal, get_args

from pydantic import Field, field_validator

from experiments.shared.options import NamedLanguage
from sim.bilingual import sentence
from sim.parameters import ParameterGroup, told

Part = Literal["market", "growth", "start", "phases", "levers"]
PARTS: tuple[Part, ...] = get_args(Part)
FEWEST, MOST = 50, 20_000_000
"""People of a size: fewer are no market, more fit no memory."""


class BenchOptions(ParameterGroup):
    """Keys of ``yizhan bench``."""

    parts: tuple[Part, ...] = Field(
        default=(), description="market (beside its references), growth, start, phases, levers; empty: all",
        json_schema_extra=told("market（与对照写法比较）、growth、start、phases、levers，空为全部"),
    )  # fmt: skip
    people: tuple[int, ...] = Field(
        default=(1_000, 10_000, 100_000), min_length=1, description="people of the first morning, one or several sizes",
        json_schema_extra=told("期初人数，一个或多个"),
    )  # fmt: skip
    days: int = Field(
        default=120, ge=1, le=200, description="days of the market beside its references; large sizes run fewer",
        json_schema_extra=told("market 一项的天数；人数多时减少"),
    )  # fmt: skip
    year: int = Field(
        default=365, ge=1, le=3650, description="days of growth, phases and levers",
        json_schema_extra=told("growth、phases、levers 的天数"),
    )  # fmt: skip
    repeat: int = Field(
        default=3, ge=1, le=100, description="measurements of each; the median is shown, with the lowest and highest",
        json_schema_extra=told("每项测量的次数；显示中位数及最低、最高"),
    )  # fmt: skip
    output: str | None = Field(
        default=None, min_length=1, description="folder of the result; null: results/bench/DATE_TIME_bench",
        json_schema_extra=told("结果目录，null 为 results/bench/日期_时间_bench"),
    )  # fmt: skip
    figures: bool = Field(default=True, description="whether to draw figures", json_schema_extra=told("是否绘图"))
    language: NamedLanguage = Field(default="en", description="language of tables and figures", json_schema_extra=told("表格与图的语言"))

    @field_validator("parts", "people", mode="before")
    @classmethod
    def _one(cls, given: object) -> object:
        return [given] if isinstance(given, (str, int)) else given

    @field_validator("people")
    @classmethod
    def _sizes(cls, sizes: tuple[int, ...]) -> tuple[int, ...]:
        for size in sizes:
            if not FEWEST <= size <= MOST:
                raise ValueError(sentence(
                    "a size of {size} cannot be measured; name sizes from {fewest} to {most}",
                    "无法测量 {size} 人的规模；规模须为 {fewest} 至 {most} 人",
                    size=size, fewest=FEWEST, most=MOST,
                ))  # fmt: skip
        return sizes

    @property
    def measured(self) -> tuple[Part, ...]:
        """The parts that are measured, in their order."""
        return tuple(part for part in PARTS if not self.parts or part in self.parts)
