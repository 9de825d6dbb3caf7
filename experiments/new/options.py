"""Keys of ``yizhan new``."""

from __future__ import annotations

from experiments.shared.options import NamedLanguage
from sim.parameters import ParameterGroup, parameter


class NewOptions(ParameterGroup):
    """Keys of ``yizhan new``."""

    language: NamedLanguage = parameter("en", unit="-", source="choice", en="language of what the command says", zh="命令所用的语言")
