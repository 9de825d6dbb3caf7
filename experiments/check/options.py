"""The keys of ``yizhan check`` and ``yizhan check add``."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from experiments.shared.options import NamedLanguage
from sim.parameters import ParameterGroup

Mode = Literal["exact", "equivalence"]


class CheckOptions(ParameterGroup):
    """Keys of ``yizhan check``, and of ``yizhan check add``."""

    mode: Mode = Field(default="exact", description="exact: the same bits; equivalence: what moved is tested against the margins")
    update: bool = Field(default=False, description="whether to write the baselines anew")
    update_in_ci: bool = Field(default=False, description="whether update=true, or replace=true, is meant where CI is set")
    programmes: tuple[str, ...] = Field(default=(), description="programmes, or names of baselines, to check; empty: all there are")
    directory: str | None = Field(default=None, min_length=1, description="folder of the baselines; null: of the project, else of the package")
    output: str | None = Field(default=None, min_length=1, description="folder for check.json, with everything that moved, and a figure; null: none")
    junit: str | None = Field(default=None, min_length=1, description="file for the JUnit report; null: none")
    markdown: str | None = Field(default=None, min_length=1, description="file for the summary in Markdown; null: none")
    annotations: bool | None = Field(default=None, description="whether annotations of GitHub are printed; null: where GITHUB_ACTIONS is set")
    workers: int | None = Field(default=None, ge=1, le=4096, description="replicates at a time; null: one a core")
    language: NamedLanguage = Field(default="en", description="language of what is printed")
    fresh_seed: int | None = Field(default=None, ge=0, lt=2**32, description="mode=equivalence: seed of luck other than the baseline's; null: its")
    replicates: int = Field(default=2, ge=1, le=1000, description="replicates of a new baseline that are kept exactly")
    sample: int = Field(default=60, ge=0, le=10_000, description="replicates of a new baseline for mode=equivalence; 0: none")
    seed: int = Field(default=1, ge=0, lt=2**32, description="seed of a new baseline")
    graduates: int = Field(default=1500, ge=1, le=20_000_000, description="people of a new baseline; fewer where the programme has fewer")
    name: str | None = Field(default=None, description="check add: name of the baseline; null: after what it is of")
    outcomes: tuple[str, ...] = Field(default=(), description="check add: outcomes that have margins; empty: headlines, and services often there")
    replace: bool = Field(default=False, description="check add: whether a baseline of this name is replaced")
