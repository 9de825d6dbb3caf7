"""Keys of ``yizhan list``."""

from __future__ import annotations

from experiments.shared.options import NamedLanguage
from sim.parameters import ParameterGroup, parameter

_CHOICE = "choice"


class ListOptions(ParameterGroup):
    """Keys of ``yizhan list``."""

    language: NamedLanguage = parameter("en", unit="-", source=_CHOICE, en="language of the lists", zh="列表的语言")
    match: str | None = parameter(
        None, unit="-", source=_CHOICE, en="text that the shown lines have, in either language", zh="只显示含此文字（中文或英文）的各行",
    )  # fmt: skip
    write: str | None = parameter(
        None, unit="-", source=_CHOICE, en="folder that all lists are written into, as Markdown", zh="把全部列表以 Markdown 写入的文件夹",
    )  # fmt: skip
