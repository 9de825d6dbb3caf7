"""Which points a sweep has: a grid, a Latin hypercube, a Sobol sequence, or those of a file."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from experiments.shared.application import Plain
from experiments.shared.errors import MistakeError
from experiments.sweep.axes import Axis, Interval, fixed_words, key_of, needs_design, read_axes
from experiments.sweep.options import SweepOptions
from experiments.sweep.points_file import NAME, as_cells, filled, read_points
from experiments.sweep.ranges import checked, declared_ranges
from experiments.sweep.reference import find_reference
from experiments.sweep.sampling import draw
from experiments.sweep.values import MOST_POINTS, fields_of_sweep, keys_of_sweep, mark_of, too_many, written
from sim.bilingual import Sentence, listed, sentence
from sim.composing import chosen_files
from sim.configuration import GROUPS
from sim.own_file import PACKAGES, SETS
from sim.own_files import own_in_use
from sim.parameters import day_of, inner_type
from sim.readings import annotation_at, kind_of, read_value
from sim.wording import unknown


@dataclass(frozen=True)
class Design:
    """The points of a sweep.

    Attributes:
        kind: ``grid``, ``latin_hypercube``, ``sobol`` or ``points``.
        axes: The keys that vary, in order.
        points: For each point key → value as read: a number, true or false, None, a text or a list; for keys that choose files, the file's name.
        reference: Number of the point that others are compared with.
        recorded: What ``config.yaml`` keeps under ``axes``, beside the programme as it is, from which ``from=`` makes the same points again.
        names: What the points are called; empty where nobody has named them.
    """

    kind: str
    axes: tuple[str, ...]
    points: tuple[dict[str, Any], ...]
    reference: int | None
    recorded: dict[str, Any]
    names: tuple[str, ...] = ()


def read_design(words: Sequence[str], params: Mapping[str, Any], options: SweepOptions, plain: Plain) -> Design:
    """Return the points that the words ask for.

    Args:
        words: The overrides of the command, as Hydra reads them.
        params: Key → values, as Hydra's ``hydra.sweeper.params`` has them; words win.
        options: The keys of the command.
        plain: The configuration composed of the words that do not vary anything: the programme as it is.

    Raises:
        MistakeError: Words that make no design.
    """
    axes = read_axes(words, params)
    present = _Present(words, plain)
    if options.points is not None:
        _refuse_beside_file(options, [axis.key for axis in axes], options.points)
        return _of_file(options, words, present)
    if options.design == "grid":
        return _grid(axes, options, present)
    return _spread(axes, options, present)


def _grid(axes: Sequence[Axis | Interval], options: SweepOptions, present: _Present) -> Design:
    """Return every combination of the values; the last key changes from point to point."""
    for key, value in (("n", options.n), ("over", options.over)):
        if value not in (None, ()):
            message = sentence(
                "{key} belongs to design=latin_hypercube or design=sobol; add one of them, or leave {key} out",
                "{key} 须与 design=latin_hypercube 或 design=sobol 同用；请加上其一，或去掉 {key}", key=key,
            )  # fmt: skip
            raise MistakeError(message)
    lists = [axis for axis in axes if isinstance(axis, Axis)]
    if len(lists) < len(axes):
        raise MistakeError(needs_design(next(axis.key for axis in axes if isinstance(axis, Interval))))
    if not lists:
        raise MistakeError(Sentence(
            "nothing to sweep: give at least one key several values, for example policy.lodging.free_nights=0,3,6,14",
            "没有可扫描的键：请至少给一个键多个值，例如 policy.lodging.free_nights=0,3,6,14",
        ))  # fmt: skip
    if math.prod(len(axis.values) for axis in lists) > MOST_POINTS:
        raise MistakeError(too_many(" × ".join(axis.key for axis in lists)))
    keys = tuple(axis.key for axis in lists)
    points = tuple(dict(zip(keys, values, strict=True)) for values in product(*(typed(axis.key, axis.values) for axis in lists)))
    default = 0
    for axis in lists:
        marks = [mark_of(value) for value in axis.values]
        here = mark_of(present.value(axis.key))
        if here not in marks:
            default = 0
            break
        default = default * len(marks) + marks.index(here)
    reference = find_reference(options.reference, points, (), default)
    return Design("grid", keys, points, reference, {axis.key: list(axis.texts) for axis in lists})


def _spread(axes: Sequence[Axis | Interval], options: SweepOptions, present: _Present) -> Design:
    """Return the programme as it is, and the points of a design spread over ranges and lists."""
    kind = options.design
    if options.n is None:
        en, zh = "design={kind} needs the number of points: n=64", "design={kind} 须给出点数：n=64"
        raise MistakeError(sentence(en, zh, kind=kind))
    chosen = [checked(axis) if isinstance(axis, Interval) else axis for axis in axes]
    if options.over and not any(isinstance(axis, Interval) and axis.is_of_over for axis in axes):
        given = {axis.key for axis in axes}
        chosen += [interval for interval in declared_ranges(options.over, present.plain) if interval.key not in given]
    if not chosen:
        message = sentence(
            "nothing to sweep: design={kind} spreads its points over KEY=interval(LOWEST,HIGHEST), KEY=A,B,C, or over=[KEY, GROUP]",
            "没有可扫描的键：design={kind} 在 KEY=interval(LOWEST,HIGHEST)、KEY=A,B,C 或 over=[KEY,GROUP] 上取点", kind=kind,
        )  # fmt: skip
        raise MistakeError(message)
    drawn = draw(kind, options.n, chosen, options.seed)
    keys = tuple(axis.key for axis in chosen)
    columns = [typed(axis.key, [present.value(axis.key), *values]) for axis, values in zip(chosen, drawn, strict=True)]
    points = tuple(dict(zip(keys, values, strict=True)) for values in zip(*columns, strict=True))
    recorded = {axis.key: [axis.text] if isinstance(axis, Interval) else list(axis.texts) for axis in chosen}
    return Design(kind, keys, points, find_reference(options.reference, points, (), 0), recorded)


def _refuse_beside_file(options: SweepOptions, axes: Sequence[str], file: str) -> None:
    """Refuse what would choose other points beside those of a file.

    Raises:
        MistakeError: There is such a thing.
    """
    others = {"design": options.design != "grid", "n": options.n is not None, "over": bool(options.over), **dict.fromkeys(axes, True)}
    if found := [key for key, is_given in others.items() if is_given]:
        message = sentence(
            "points={file} says every point; leave {keys} out, or write their values into the file",
            "points={file} 已列出所有点；请去掉 {keys}，或把取值写入该文件", file=file, keys=listed(found),
        )  # fmt: skip
        raise MistakeError(message)


def _of_file(options: SweepOptions, words: Sequence[str], present: _Present) -> Design:
    """Return the points of a file; an empty cell is the value as it is."""
    read = read_points(str(options.points))
    given = {key_of(word) for word in words}
    for key in read.keys:
        if key in given:
            en = "{key} is a column of the file and given on the command line, too; leave one out"
            zh = "{key} 既是文件中的一列，又在命令行给出；请去掉一处"
            raise read.table.mistake(1, en, zh, key=key)
    try:
        as_it_is = [present.value(key) for key in read.keys]
    except MistakeError as error:
        raise read.table.mistake(1, "{why}", "{why}", why=error.args[0]) from None
    rows = filled(read, as_it_is)
    columns = [typed(key, values) for key, values in zip(read.keys, zip(*rows, strict=True), strict=True)]
    points = tuple(dict(zip(read.keys, values, strict=True)) for values in zip(*columns, strict=True))
    marks = tuple(map(mark_of, as_it_is))
    default = next((number for number, row in enumerate(rows) if tuple(map(mark_of, row)) == marks), 0)
    reference = find_reference(options.reference, points, read.names, default)
    texts: dict[str, Sequence[str]] = {NAME: read.names} if read.names else {}
    recorded = as_cells(texts | {key: [written(value) for value in values] for key, values in zip(read.keys, columns, strict=True)})
    return Design("points", tuple(read.keys), points, reference, recorded, tuple(read.names))


def typed(key: str, values: Sequence[Any]) -> list[Any]:
    """Return the values of a column as one type: whole numbers stay so unless there are others among them, or the key is none."""
    numbers = [value for value in values if isinstance(value, (int, float)) and not isinstance(value, bool)]
    if not any(isinstance(value, float) for value in numbers):
        return list(values)
    if inner_type(annotation_at(fields_of_sweep(), key)) is int and all(float(value).is_integer() for value in numbers):
        return [int(value) if isinstance(value, float) else value for value in values]
    return [float(value) if isinstance(value, int) and not isinstance(value, bool) else value for value in values]


class _Present:
    """The values of the programme as it is."""

    def __init__(self, words: Sequence[str], plain: Plain) -> None:
        self.words = words
        self.plain = plain
        self.files: dict[str, str] | None = None

    def value(self, key: str) -> Any:  # noqa: ANN401
        """Return the value of a key; for a key that chooses a file, its name.

        Raises:
            MistakeError: There is no such key.
        """
        if key == SETS:
            return self.plain["behaviour_set"]["name"]
        if key in GROUPS:
            if self.files is None:
                self.files = chosen_files("sweep", self._given(), own_in_use())
            return self.files[key]
        value: Any = self.plain
        try:
            for part in key.split("."):
                value = value[int(part)] if isinstance(value, list) else value[part]
        except (KeyError, IndexError, TypeError, ValueError):
            raise MistakeError(unknown("key", key, keys_of_sweep())) from None
        day = day_of(value)
        value = day.isoformat() if hasattr(day, "isoformat") else value
        return read_value(value, kind_of(annotation_at(fields_of_sweep(), key)), key) if isinstance(value, str) else value

    def _given(self) -> dict[str, str]:
        """Return the files that the words choose."""
        from hydra.core.override_parser.overrides_parser import OverridesParser

        given = {key_of(word): word for word in fixed_words(self.words) if key_of(word) in PACKAGES}
        return {group: str(OverridesParser.create().parse_override(word).value()) for group, word in given.items()}
