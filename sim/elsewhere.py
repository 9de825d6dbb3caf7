"""A programme elsewhere, or at another time.

A programme's file names its home: the place in which it was carried out, and when. Another place or another start leaves the levers as they
are, but what the file says about its home has to give way:

- its dates move with the start, by as many days;
- campuses that it names are those of its home: where the region has not all of them, the lever goes to every campus outside (its default);
- figures that its operator reported are of its home and its time, and do not stand beside a simulation of another.

Whatever was given explicitly, on the command line or in a study, stands as it was given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sim.bilingual import Sentence, sentence
from sim.parameters import day_of
from sim.readings import read_value

Plain = dict[str, Any]
Path = tuple[str | int, ...]

NOTES = "notes"
"""Key of composed plain data under which what has to be said about it stands, as sentences."""
CHOSEN = ("start", "place", "region")
"""Keys that take a programme away from its home."""


def settle(plain: Plain, given: Iterable[str], home: Callable[[], Plain]) -> Plain:
    """Let what a programme's file says about its home give way to the place and the start that were chosen.

    Args:
        plain: Composed plain data of a scenario, as given.
        given: Dotted keys that were given explicitly.
        home: Composes the programme as its file has it.

    Returns:
        The plain data, with what there is to say about it under `NOTES`; nothing is changed in place.
    """
    given = tuple(given)
    settled = {**plain, "population": _count_people(plain, given, home)}
    if not _has(given, *CHOSEN) and not ("study" in plain and any(_dates(plain["policy"], ()))):
        return settled
    before = home()
    notes = [*_move_dates(settled, before, given), *_leave_campuses(settled, before, given), *_say_market(settled, before, given)]
    if any(settled.get(key) != before.get(key) for key in ("place_name", "start")):
        settled["reported"] = []
    return {**settled, NOTES: [*plain.get(NOTES, ()), *notes]}


def keys_given(overrides: Mapping[str, Any]) -> list[str]:
    """Return every dotted key that overrides set, also those within tables: ``{"policy.loans": {"budget": 5}}`` gives ``policy.loans.budget``."""
    found: list[str] = []
    for key, value in overrides.items():
        if isinstance(value, Mapping):
            found += [f"{key}.{inner}" for inner in keys_given({str(name): inside for name, inside in value.items()})]
        else:
            found.append(str(key))
    return found


def moved(policy: Plain, days: int, kept: Callable[[Path], bool] = lambda _path: False) -> Plain:
    """Return the levers, as plain data, with every date moved.

    Args:
        policy: Name of a lever → its parameters.
        days: By how many days.
        kept: Tells which dates stay, by their place: names of tables and numbers within lists.
    """

    def move(value: Any, path: Path) -> Any:  # noqa: ANN401
        if isinstance(value, dict):
            return {name: move(inside, (*path, name)) for name, inside in value.items()}
        if isinstance(value, list):
            return [move(inside, (*path, number)) for number, inside in enumerate(value)]
        when = date_in(value)
        return value if when is None or kept(path) else (when + timedelta(days)).isoformat()

    found: Plain = move(policy, ())
    return found


def with_start(policy: Plain, days: int, given: Plain) -> Plain:
    """Return the levers' dates that move with the start, as a tree of changes laid under those that were given.

    Args:
        policy: Name of a lever → its parameters, as plain data.
        days: By how many days.
        given: Name of a lever → parameters that were given.
    """
    found: Plain = {name: dict(lever) if isinstance(lever, dict) else lever for name, lever in given.items()}
    for name, lever in moved(policy, days).items():
        changed = {key: value for key, value in lever.items() if value != policy[name][key]}
        if changed and isinstance(found.setdefault(name, {}), dict):
            found[name] = {**changed, **found[name]}
    return found


def _move_dates(settled: Plain, before: Plain, given: tuple[str, ...]) -> Iterator[Sentence]:
    """Move the dates of the programme with the start; dates that were given, or that are not the programme's, stand."""
    start, at_home = date_in(settled["start"]), date_in(before["start"])
    if start is None or at_home is None or start == at_home:  # no date: refused elsewhere
        return
    of_home = dict(_dates(before["policy"], ()))

    def kept(path: Path) -> bool:
        return of_home.get(path) != date_in(_at(settled["policy"], path)) or _is_given(path, given)

    try:
        settled["policy"] = moved(settled["policy"], (start - at_home).days, kept)
    except OverflowError:  # a start that is refused elsewhere
        return
    stays = [".".join(map(str, ("policy", *path))) for path in of_home if _is_given(path, given)]
    if stays:
        yield sentence(
            "start={start} moves the programme's dates by {days:+,} days; what was given explicitly stays: {stays}.",
            "start={start}：项目内的日期平移 {days:+,} 天；明确给定的保持不变：{stays}。",
            start=start, days=(start - at_home).days, stays=", ".join(stays),
        )  # fmt: skip


def _leave_campuses(settled: Plain, before: Plain, given: tuple[str, ...]) -> Iterator[Sentence]:
    """Let levers that name campuses of the programme's home go to every campus outside, where the region has not all of them."""
    if settled["region"] == before["region"]:
        return
    known = {campus.get("name") for campus in settled["region"].get("campuses") or () if isinstance(campus, dict)}
    left = []
    for name, lever in settled["policy"].items():
        named = lever.get("campuses") if isinstance(lever, dict) else None
        if named and not set(named) <= known and not _is_given((name, "campuses"), given) and named == before["policy"][name].get("campuses"):
            left.append(name)
    if left:
        settled["policy"] = {name: {**lever, "campuses": []} if name in left else lever for name, lever in settled["policy"].items()}
        yield sentence(
            "{levers}: the programme names campuses of its home, which this region does not have; the lever goes to every campus outside instead, "
            "and classes take students of any. "
            "policy.LEVER.campuses=[…] names others.",
            "{levers}：项目所列高校属于其原地区，本地区没有；改为走访本地区全部市外高校，订单班不限院校。可用 policy.LEVER.campuses=[…] 另行指定。",
            levers=", ".join(f"policy.{name}" for name in left),
        )  # fmt: skip


def _say_market(settled: Plain, before: Plain, given: tuple[str, ...]) -> Iterator[Sentence]:
    """Say that a region which was chosen alone stands in the market of another place."""
    if _has(given, "region") and not _has(given, "place") and settled["region"] != before["region"]:
        left = [name for name in ("population", "market") if not _has(given, name)]
        yield sentence(
            "region was chosen without place: {left} is still that of the place {place}. place=NAME brings a region with all that is its own.",
            "只选了 region 而未选 place：{left} 仍取自地方 {place}。用 place=名称 可连同该地区自身的人口、市场与行为一并选用。",
            left=", ".join([*left, "behaviour"]), place=settled["place_name"],
        )  # fmt: skip


def _count_people(plain: Plain, given: tuple[str, ...], home: Callable[[], Plain]) -> Any:  # noqa: ANN401
    """Return the population, where graduates and inhabitants come from different hands with the nearer one alone.

    Nearer to the command line wins: a word of the command over a file, a study over a place. Both at once have to agree (`Population`).
    """
    population = plain.get("population")
    if isinstance(population, dict) and population.get("people") and _has(given, "population.people"):  # they are everybody, unless more is given
        population = {**population, **{key: None for key in ("graduates", "inhabitants") if not _has(given, f"population.{key}")}}
    if not isinstance(population, dict) or population.get("inhabitants") is None or population.get("graduates") is None:
        return population
    by_inhabitants, by_graduates = (_has(given, f"population.{key}") for key in ("inhabitants", "graduates"))
    if not by_inhabitants and not by_graduates and "study" in plain:
        by_graduates = population["graduates"] != home()["population"]["graduates"]
    if by_inhabitants == by_graduates:
        return population
    return {**population, "graduates" if by_inhabitants else "inhabitants": None}


def _has(given: Iterable[str], *keys: str) -> bool:
    return not set(keys).isdisjoint(given)


def _is_given(path: Path, given: Iterable[str]) -> bool:
    """Tell whether a lever's parameter, or a table or list around it, was given."""
    names = [str(part) for part in ("policy", *path)]
    return not {".".join(names[:length]) for length in range(1, len(names) + 1)}.isdisjoint(given)


def _dates(value: Any, path: Path) -> Iterator[tuple[Path, date]]:  # noqa: ANN401
    """Yield every date with its place."""
    if isinstance(value, (dict, list)):
        for name, inside in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _dates(inside, (*path, name))
    elif (when := date_in(value)) is not None:
        yield path, when


def _at(value: Any, path: Path) -> Any:  # noqa: ANN401
    """Return what stands at a place; None where there is no such place."""
    for part in path:
        try:
            value = value[part]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def date_in(value: Any) -> date | None:  # noqa: ANN401
    """Read a date, however it was written; None where it is none."""
    if isinstance(value, datetime):
        value = day_of(value)
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(read_value(value, "date")) if isinstance(value, str) else None
    except ValueError:
        return None
