"""Words for Hydra's own parts of a sweep: axes among its parameters, and launchers of others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version

from experiments.shared.errors import MistakeError
from experiments.shared.extras import how_to_install
from sim.bilingual import sentence

LAUNCHERS = {
    "joblib": "hydra-joblib-launcher", "submitit_local": "hydra-submitit-launcher", "submitit_slurm": "hydra-submitit-launcher",
    "ray": "hydra-ray-launcher", "ray_aws": "hydra-ray-launcher", "rq": "hydra-rq-launcher",
}  # fmt: skip
"""Launcher of others → the package that brings it."""
PARAMS = re.compile(r"\+{0,2}(hydra\.sweeper\.params)(?:\.([^=]+))?=(.*)", re.DOTALL)
"""Axes as Hydra's own sweeper takes them: ``hydra.sweeper.params.KEY=VALUES``, or a table of them."""


def with_params(word: str) -> str:
    """Return a word that puts axes among Hydra's parameters as Hydra reads it, which takes a dot in their keys for a table inside another."""
    found = PARAMS.fullmatch(word)
    if found is None:
        return word
    name, key, value = found.groups()
    text = value if value[:1] in ("'", '"') else f"'{value}'"
    return f"++{name}={{{key}:{text}}}" if key else f"++{name}={value}"


def refuse_missing_launcher(words: Sequence[str]) -> None:
    """Refuse a launcher of others whose package is not installed.

    Raises:
        MistakeError: With the package.
    """
    for word in words:
        key, _, name = word.lstrip("+").partition("=")
        package = LAUNCHERS.get(name, "") if key == "hydra/launcher" else ""
        if package:
            try:
                version(package)
            except PackageNotFoundError:
                raise MistakeError(sentence(
                    "{word} needs a package that is not installed: {how}. Without the key a sweep runs on all cores of this machine.",
                    "{word} 所需的程序包未安装：{how}。去掉此键则使用本机全部核心。", word=word,
                    how=how_to_install(package),
                )) from None  # fmt: skip
