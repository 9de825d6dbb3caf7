"""Levers that other packages bring, through entry points of the group ``yizhan.levers``: see ``docs/levers-of-others.md``."""

from __future__ import annotations

import keyword
from collections.abc import Sequence
from importlib.metadata import EntryPoint, entry_points

import numba
from numba.core.dispatcher import Dispatcher

from sim.agents.employer import EMPLOYERS
from sim.agents.graduate import GRADUATES
from sim.columns import needs_telling, row_dtype
from sim.compiled import GROUP
from sim.errors import LeverError
from sim.lever import MEETINGS, Lever
from sim.parameters import ParameterGroup, declarations
from sim.states import Admission

TAKEN = ("behaviour", "growth_per_post_month", "market", "opening", "population", "region", "replicate", "seed")
"""Names under which rules find something else."""


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
    except (Exception, SystemExit) as error:
        raise LeverError(_said(entry, f"it cannot be loaded: {type(error).__name__}: {error}")) from error
    if not isinstance(lever, type) or not issubclass(lever, Lever):
        raise LeverError(_said(entry, f"{entry.value} is {lever!r}; it has to name a subclass of sim.lever.Lever"))
    return lever


def _problem_of(entry: EntryPoint, lever: type[Lever], others: Sequence[type[Lever]]) -> str:
    """Return what is wrong with a lever; an empty text where nothing is."""
    return _problem_of_name(entry, lever, others) or _problem_of_words(lever) or _problem_of_columns(lever, others) or _problem_of_meetings(lever)


def _problem_of_name(entry: EntryPoint, lever: type[Lever], others: Sequence[type[Lever]]) -> str:
    name = getattr(lever, "name", None)
    if name != entry.name:
        return f"the entry point is called {entry.name!r}, but {lever.__name__}.name is {name!r}; give both one name"
    if not name.isidentifier() or keyword.iskeyword(name) or name in (*dir(ParameterGroup), "levers", *TAKEN):
        return f"{name!r} is no name for a key; choose another word of letters, digits and _"
    if name in (other.name for other in others):
        return f"there is already a lever called {name!r}; choose another name"
    if len(others) >= min(Admission):
        return f"there are {len(others)} levers already, and persons have room to know of {int(min(Admission))}"
    return ""


def _problem_of_words(lever: type[Lever]) -> str:
    for told in ("label", "summary"):
        if set(getattr(lever, told, ())) != {"en", "zh"}:
            return f"{lever.__name__}.{told} has to be said in both languages: both(english, chinese) of sim.units"
    for leaf in declarations(lever):
        if not (leaf.unit and leaf.source and all(leaf.meaning.values())):
            return f"the parameter {leaf.key!r} has no unit, source or meaning in both languages; declare it with sim.parameters.parameter"
        if leaf.key in ("row", "counts"):
            return f"rules find something else under the name of the parameter {leaf.key!r}; choose another name"
    names = lever.counts
    if len(set(names)) < len(names) or not all(name.isidentifier() and not keyword.iskeyword(name) for name in names):
        return f"its counts {names!r} have to be different words of letters, digits and _"
    return ""


def _problem_of_columns(lever: type[Lever], others: Sequence[type[Lever]]) -> str:
    for own, of_others, base in (
        (lever.person, [column for other in others for column in other.person], GRADUATES),
        (lever.firm, [column for other in others for column in other.firm], EMPLOYERS),
    ):
        taken = [column.name for column in (*base, *of_others)]
        for column in own:
            if column.name in taken:
                return f"there is already a column called {column.name!r}; choose another name, such as {lever.name}_{column.name}"
            if own is lever.person and needs_telling(column) and not (column.told or column.told_by or column.left_out):
                return f"the column {column.name!r} does not say how a case file tells it; give it told=, told_by= or left_out="
            taken.append(column.name)
        try:
            row_dtype((*base, *of_others, *own))
        except (TypeError, ValueError) as error:
            return f"its columns have no place in a row: {error}"
    return ""


def _problem_of_meetings(lever: type[Lever]) -> str:
    try:
        met = dict(lever.met())
    except Exception as error:  # noqa: BLE001 (it is somebody else's)
        return f"{lever.__name__}.met() fails: {type(error).__name__}: {error}; it returns a place and a rule for each, as {{'month': rule}}"
    if unknown := sorted(set(met) - set(MEETINGS), key=str):
        return f"people are not met at {unknown[0]!r}; places: {', '.join(MEETINGS)}"
    for place, rule in met.items():
        if not (callable(rule) and (numba.config.DISABLE_JIT or isinstance(rule, Dispatcher))):
            return f"what it names for {place!r} is no rule; decorate a function with sim.compiled.compiled"
    return ""


def _said(entry: EntryPoint, problem: str) -> str:
    package = entry.dist.name if entry.dist else entry.value
    return f"the lever {entry.name!r} of the package {package!r} cannot be used: {problem}. Mend it, or remove it: pip uninstall {package}."
