"""The keys of ``yizhan validate``."""

from __future__ import annotations

from pydantic import Field

from experiments.shared.options import RunOptions
from sim.parameters import parameter
from sim.targets.loading import USUAL

_CHOICE = "choice"


class ValidateOptions(RunOptions):
    """Keys of ``yizhan validate``."""

    target: str = parameter(USUAL, unit="-", source=_CHOICE, en="the file of targets (yizhan list targets)", zh="目标文件（yizhan list targets）")
    programmes: tuple[str, ...] | None = parameter(
        None, unit="-", source=_CHOICE, en="programmes whose reported figures are looked at; null: all that have some; []: none",
        zh="查看哪些项目的上报数，null 为全部，[] 为不看",
    )  # fmt: skip
    programme_replicates: int = parameter(
        8, unit="-", low=1, high=10_000, source=_CHOICE, en="simulations of each programme, which are large",
        zh="每个项目的模拟次数（人数多，故较少）",
    )  # fmt: skip
    programme_people: int | None = parameter(
        None, unit="persons", low=1, high=20_000_000, source=_CHOICE,
        en="people of a programme at most, to try something out; null: as many as there are", zh="项目人数上限，仅供试算，null 为真实规模",
    )  # fmt: skip
    left_out: bool = parameter(
        default=True, unit="-", source=_CHOICE, en="whether each target is left out in turn, where the set keeps its runs",
        zh="是否逐一留出目标再预测（行为参数组保存了模拟记录时）",
    )  # fmt: skip
    kept: str | None = Field(
        default=None, min_length=1, description="file of the kept scorecard; null: the one that came with the project",
        json_schema_extra={"unit": "-", "source": _CHOICE, "zh": "存档成绩单的文件，null 为项目自带的"},
    )  # fmt: skip
    update: bool = parameter(default=False, unit="-", source=_CHOICE, en="whether to keep this scorecard from now on", zh="是否以本次成绩单存档")
    write: str | None = Field(
        default=None, min_length=1, description="Markdown file to write as well, such as docs/validation.md; null: none",
        json_schema_extra={"unit": "-", "source": _CHOICE, "zh": "另写出的 Markdown 文件，如 docs/validation.md，null 为无"},
    )  # fmt: skip
