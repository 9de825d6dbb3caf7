"""Levers that other packages bring, through entry points of the group ``yizhan.levers``: see ``docs/levers-of-others.md``."""

from __future__ import annotations

import keyword
from collections.abc import Sequence
from importlib.metadata import EntryPoint, entry_points

from sim.compiled import GROUP
from sim.errors import LeverError
from sim.lever import MEETINGS, Lever
from sim.parameters import ParameterGroup
from sim.states import Admission


def installed(own: Sequence[type[Lever]]) -> tuple[type[Lever], ...]:
    """Load the levers of installed packages, in the order of their names.

    Args:
        own: The levers of this package.

    Raises:
        LeverError: A package whose lever cannot be used: which, why, and what to do.
    """
    found: list[type[Lever]] = []
    for entry in sorted(entry_points(group=GROUP), key=lambda entry: (entry.name, entry.value)):
        lever = _load(entry)
        if problem := _problem_of(entry, lever, [*own, *found]):
            raise LeverError(_said(entry, problem))
        found.append(lever)
    return tuple(found)


def _load(entry: EntryPoint) -> type[Lever]:
    try:
        lever = entry.load()
    except Exception as error:
        raise LeverError(_said(entry, f"it cannot be loaded: {type(error).__name__}: {error}")) from error
    if not isinstance(lever, type) or not issubclass(lever, Lever):
        raise LeverError(_said(entry, f"{entry.value} is {lever!r}; it has to name a subclass of sim.lever.Lever"))
    return lever


def _problem_of(entry: EntryPoint, lever: type[Lever], others: Sequence[type[Lever]]) -> str:
    """Return what is wrong with a lever; an empty text where nothing is."""
    name = getattr(lever, "name", None)
    if name != entry.name:
        return f"the entry point is called {entry.name!r}, but {lever.__name__}.name is {name!r}; give both one name"
    if not name.isidentifier() or keyword.iskeyword(name) or name in (*dir(ParameterGroup), "levers"):
        return f"{name!r} is no name for a key; choose a word of letters, digits and _"
    if name in (other.name for other in others):
        return f"there is already a lever called {name!r}; choose another name"
    if len(others) >= min(Admission):
        return f"there are {len(others)} levers already, and persons have room to know of {int(min(Admission))}"
    for told in ("label", "summary"):
        if set(getattr(lever, told, ())) != {"en", "zh"}:
            return f"{lever.__name__}.{told} has to be said in both languages: both(english, chinese) of sim.units"
    if unknown := sorted(set(lever.met()) - set(MEETINGS)):
        return f"people are not met at {unknown[0]!r}; places: {', '.join(MEETINGS)}"
    taken = {column.name for other in others for column in (*other.person, *other.firm)}
    if twice := sorted(taken & {column.name for column in (*lever.person, *lever.firm)}):
        return f"another lever has a column called {twice[0]!r}; choose another name, such as {name}_{twice[0]}"
    return ""


def _said(entry: EntryPoint, problem: str) -> str:
    package = entry.dist.name if entry.dist else entry.value
    return f"the lever {entry.name!r} of the package {package!r} cannot be used: {problem}. Mend it, or remove it: pip uninstall {package}."
