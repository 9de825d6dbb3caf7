"""What the API answers, by the names under which `experiments.dashboard.content` has it; loaded when it is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from experiments.dashboard.server.answers import not_found
from sim.bilingual import Sentence

ROOM = "experiments.dashboard.content"


def call(module: str, name: str, *words: Any, **more: Any) -> Any:  # noqa: ANN401
    """Call a function of the content.

    Raises:
        ApiError: It is not there yet.
    """
    try:
        found = getattr(import_module(f"{ROOM}.{module}"), name)
    except (ModuleNotFoundError, AttributeError):
        raise not_found(Sentence("content yet", "此内容")) from None
    return found(*words, **more)
