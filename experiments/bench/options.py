"""The keys of ``yizhan bench``."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import Field, field_validator

from experiments.shared.options import NamedLanguage
from sim.parameters import ParameterGroup

Part = Literal["market", "growth", "start", "phases", "levers"]
PARTS: tuple[Part, ...] = get_args(Part)
Size = Annotated[int, Field(ge=50, le=20_000_000)]


class BenchOptions(ParameterGroup):
    """Keys of ``yizhan bench``."""

    parts: tuple[Part, ...] = Field(default=(), description="market (beside its references), growth, start, phases, levers; empty: all")
    people: tuple[Size, ...] = Field(default=(1_000, 10_000, 100_000), min_length=1, description="people of the first morning, one or several sizes")
    days: int = Field(default=120, ge=1, le=200, description="days of the market beside its references; large sizes run fewer")
    year: int = Field(default=365, ge=1, le=3650, description="days of growth, phases and levers")
    repeat: int = Field(default=3, ge=1, le=100, description="measurements of each; the median is shown, with the lowest and highest")
    output: str | None = Field(default=None, min_length=1, description="folder of the result; null: results/bench/DATE_TIME_bench")
    figures: bool = Field(default=True, description="whether to draw figures")
    language: NamedLanguage = Field(default="en", description="language of tables and figures")

    @field_validator("parts", "people", mode="before")
    @classmethod
    def _one(cls, given: object) -> object:
        return [given] if isinstance(given, (str, int)) else given

    @property
    def measured(self) -> tuple[Part, ...]:
        """The parts that are measured, in their order."""
        return tuple(part for part in PARTS if not self.parts or part in self.parts)
