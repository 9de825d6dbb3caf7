"""The keys of ``yizhan check`` and ``yizhan check add``."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from experiments.shared.options import NamedLanguage
from sim.parameters import ParameterGroup, told

Mode = Literal["exact", "equivalence"]


class CheckOptions(ParameterGroup):
    """Keys of ``yizhan check``, and of ``yizhan check add``."""

    mode: Mode = Field(
        default="exact", description="exact: the same bits; equivalence: what moved is tested against the margins",
        json_schema_extra=told("exact 逐位相同；equivalence 检验变动是否在界限之内"),
    )  # fmt: skip
    update: bool = Field(default=False, description="whether to write the baselines anew", json_schema_extra=told("是否重写基准"))
    update_in_ci: bool = Field(
        default=False, description="whether update=true, or replace=true, is meant where CI is set",
        json_schema_extra=told("设有 CI 变量时 update=true 或 replace=true 是否有意"),
    )  # fmt: skip
    programmes: tuple[str, ...] = Field(
        default=(), description="programmes, or names of baselines, to check; empty: all there are",
        json_schema_extra=told("要检查的项目或基准名称，空为全部"),
    )  # fmt: skip
    directory: str | None = Field(
        default=None, min_length=1, description="folder of the baselines; null: of the project, else of the package",
        json_schema_extra=told("基准所在目录，null 为本项目的，否则为程序包自带的"),
    )  # fmt: skip
    output: str | None = Field(
        default=None, min_length=1, description="folder for check.json, with everything that moved, and a figure; null: none",
        json_schema_extra=told("写出 check.json（全部变动）与图的目录，null 为不写"),
    )  # fmt: skip
    junit: str | None = Field(
        default=None, min_length=1, description="file for the JUnit report; null: none",
        json_schema_extra=told("JUnit 报告文件，null 为无"),
    )  # fmt: skip
    markdown: str | None = Field(
        default=None, min_length=1, description="file for the summary in Markdown; null: none",
        json_schema_extra=told("Markdown 摘要文件，null 为无"),
    )  # fmt: skip
    annotations: bool | None = Field(
        default=None, description="whether annotations of GitHub are printed; null: where GITHUB_ACTIONS is set",
        json_schema_extra=told("是否输出 GitHub 注解，null 为设有 GITHUB_ACTIONS 时"),
    )  # fmt: skip
    workers: int | None = Field(
        default=None, ge=1, le=4096, description="replicates at a time; null: one a core",
        json_schema_extra=told("同时模拟次数，null 为每核一次"),
    )  # fmt: skip
    language: NamedLanguage = Field(default="en", description="language of what is printed", json_schema_extra=told("输出的语言"))
    fresh_seed: int | None = Field(
        default=None, ge=0, lt=2**32, description="mode=equivalence: seed of luck other than the baseline's; null: its",
        json_schema_extra=told("mode=equivalence 时另用的随机种子，null 为基准的种子"),
    )  # fmt: skip
    replicates: int = Field(
        default=2, ge=1, le=1000, description="replicates of a new baseline that are kept exactly",
        json_schema_extra=told("新基准逐位保存的模拟次数"),
    )  # fmt: skip
    sample: int = Field(
        default=60, ge=0, le=10_000, description="replicates of a new baseline for mode=equivalence; 0: none",
        json_schema_extra=told("新基准供 mode=equivalence 使用的模拟次数，0 为无"),
    )  # fmt: skip
    seed: int = Field(default=1, ge=0, lt=2**32, description="seed of a new baseline", json_schema_extra=told("新基准的随机种子"))
    graduates: int = Field(
        default=1500, ge=1, le=20_000_000, description="people of a new baseline; fewer where the programme has fewer",
        json_schema_extra=told("新基准的人数；项目人数更少时依项目"),
    )  # fmt: skip
    name: str | None = Field(
        default=None, description="check add: name of the baseline; null: after what it is of",
        json_schema_extra=told("check add：基准名称，null 为依其内容命名"),
    )  # fmt: skip
    outcomes: tuple[str, ...] = Field(
        default=(), description="check add: outcomes that have margins; empty: headlines, and services often there",
        json_schema_extra=told("check add：设有界限的结果指标，空为主要指标与常有的服务"),
    )  # fmt: skip
    replace: bool = Field(
        default=False, description="check add: whether a baseline of this name is replaced",
        json_schema_extra=told("check add：是否替换同名基准"),
    )  # fmt: skip
