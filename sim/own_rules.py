"""Rules of one's own in plain Python: methods of a model or of an agent, marked with where in the day they act.

A day has seventeen phases (`sim.day.PHASES`). A method marked ``@before("travel")`` or ``@after("travel")`` is called every day between two of them,
by a model of one's own; see ``docs/own-rules.md``.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from sim.bilingual import sentence
from sim.day import PHASES

Method = TypeVar("Method", bound=Callable[..., Any])
_MARK = "_yizhan_place"


def before(phase: str) -> Callable[[Method], Method]:
    """Mark a method as a rule that acts every day right before a phase.

    Args:
        phase: One of `sim.day.PHASES`. Before the first one it is morning: whatever a rule plans for today happens today.

    Raises:
        ValueError: No such phase.
    """
    return _marking(phase, 0)


def after(phase: str) -> Callable[[Method], Method]:
    """Mark a method as a rule that acts every day right after a phase.

    Args:
        phase: One of `sim.day.PHASES`. After the last one the day is written down already.

    Raises:
        ValueError: No such phase.
    """
    return _marking(phase, 1)


def _marking(phase: str, behind: int) -> Callable[[Method], Method]:
    if phase not in PHASES:
        close = difflib.get_close_matches(str(phase), PHASES, n=1)
        message = sentence(
            "a day has no phase {phase!r}.{hint} Phases: {known}.", "一天中没有“{phase}”这个环节。{hint}环节有：{known}。",
            phase=phase, known=", ".join(PHASES),
            hint=sentence(" Did you mean {close!r}?", "是否指“{close}”？", close=close[0]) if close else "",
        )  # fmt: skip
        raise ValueError(message)

    def mark(method: Method) -> Method:
        setattr(method, _MARK, PHASES.index(phase) + behind)
        return method

    return mark


def rules_of(owner: type) -> Iterator[tuple[int, str]]:
    """Yield the place in the day and the name of each rule of a class, those of its base classes first, in the order in which they are written.

    A method that overrides a rule keeps the place of that rule unless it is marked itself.
    """
    places: dict[str, int] = {}
    for kind in reversed(owner.__mro__):
        for name, member in vars(kind).items():
            if (place := getattr(member, _MARK, None)) is not None:
                places[name] = place
    for name, place in places.items():
        yield place, name
