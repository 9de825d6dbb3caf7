"""Who of a ledger would gain from which variant of a comparison: by group, as counts; by person, only for who holds the ledger and its key.

In each pair of worlds a person works here with the variant and not without it (+1), without it alone (-1), or the same in both (0). The mean over
pairs is what the person gains; its interval says what is not known of behaviour and of the person, and with few pairs that is nearly everything.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray

from experiments.ledger.files import COUNTED
from experiments.ledger.found import Found
from experiments.ledger.hiding import BESIDE, FEW, LEAST_CELL, hidden_groups
from experiments.shared.errors import MistakeError
from experiments.shared.yaml_text import plain_in
from sim.account import Part
from sim.behaviour_set import A_VECTOR
from sim.bilingual import message_of, sentence
from sim.ledger.people_file import WORDS, KnownPeople, known_people
from sim.statistics import Kind, MeanInterval, mean_interval
from sim.uncertainty import Lived, estimate_over

TABLE, CONFIGURATION, PROVENANCE = "account_people.parquet", "config.yaml", "provenance.json"
JOBS = "jobs"
"""The account of jobs in ``account_people.parquet``."""
SIGNS = {Part.HELPED: 1, Part.GAINED_BY_OTHERS: 1, Part.HARMED: -1, Part.LOST_BY_OTHERS: -1}
HUNDRED = 100.0
LEAST_FOUND = 0.99
"""Share of the persons of a population whom a ledger has to hold, with its key, to be the one that it was made of."""


@dataclass(frozen=True, eq=False)
class Gains:
    """What the persons of a population gain from each variant.

    Attributes:
        known: The persons.
        values: Variant → mean over the persons that a row stands for, shape (pairs, rows).
        lived: With which vectors of a set of behaviours the pairs lived; None: there is no set.
    """

    known: KnownPeople
    values: dict[str, NDArray[np.float64]]
    lived: Lived | None

    @property
    def pairs(self) -> int:
        """Number of pairs of worlds."""
        return len(next(iter(self.values.values())))

    def interval(self, values: NDArray[np.float64]) -> MeanInterval:
        """Return mean and interval over pairs, shape (pairs, …) → shape (…)."""
        if self.lived is None:
            return mean_interval(values, kind=Kind.FREE)
        return estimate_over(values, self.lived, Kind.FREE).interval


def read_gains(named: str) -> Gains:
    """Read who gains from a result of ``yizhan compare`` with ``save_people=true`` and ``population.people=FILE``.

    Raises:
        MistakeError: It is none, or its persons have changed since.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    folder = Path(named).expanduser()
    try:
        content = plain_in((folder / CONFIGURATION).read_text(encoding="utf-8"))
        about = plain_in((folder / PROVENANCE).read_text(encoding="utf-8"))
        table = pq.read_table(folder / TABLE)
        population, pairs = content["population"], int(content["replicates"])
        file, digest, chosen = population["people"], population["people_sha256"], content["behaviour_set"]["name"]
        vectors = about["behaviour_sets"].get(chosen, {}).get("vectors", 0)
        columns = {name: table.column(name) for name in ("variant", "replicate", "person", "kind", "row")}
    except (OSError, yaml.YAMLError, pa.ArrowException, KeyError, TypeError, ValueError, AttributeError):
        file = ""
    if not file:
        raise MistakeError(sentence(
            "gains={folder} is no result of yizhan compare with population.people=FILE and save_people=true",
            "gains={folder} 不是 yizhan compare 在 population.people=文件 与 save_people=true 下的结果", folder=named,
        ))  # fmt: skip
    try:
        known = known_people(file)
    except ValueError as error:
        raise MistakeError(message_of(error)) from None
    if known.digest != digest:
        raise MistakeError(sentence(
            "{file} has changed since {folder} was made; run the comparison again", "{file} 在 {folder} 之后已改动；请重新比较",
            file=file, folder=named,
        ))  # fmt: skip
    signs = {part.name.lower(): sign for part, sign in SIGNS.items()}
    kind, part = (np.asarray(columns[name].to_pylist(), object) for name in ("kind", "row"))
    person, replicate = (columns[name].to_numpy() for name in ("person", "replicate"))
    taken = (kind == JOBS) & np.isin(part, list(signs)) & (person < len(known))
    variant = np.asarray(columns["variant"].to_pylist(), object)
    size, number = len(known.ids), np.bincount(known.rows, minlength=len(known.ids))
    values = {}
    for name in dict.fromkeys(variant.tolist()):
        some = taken & (variant == name)
        found = np.zeros((pairs, size))
        np.add.at(found, (replicate[some], known.rows[person[some]]), [signs[one] for one in part[some]])
        values[str(name)] = found / np.maximum(number, 1)
    lived = Lived(np.arange(pairs, dtype=np.int64) // A_VECTOR % vectors, vectors) if vectors else None
    return Gains(known, values, lived)


def groups_of(known: KnownPeople) -> Iterator[tuple[str, str, NDArray[np.bool_]]]:
    """Yield each group of rows: what they are grouped by, its value, who is in it, shape (rows,)."""
    size = len(known.ids)
    first = np.full(size, -1, np.int64)
    first[known.rows[::-1]] = np.arange(len(known))[::-1]
    there = first >= 0
    yield "all", "all", there
    for name in ("status", *COUNTED):
        if name in WORDS:
            values: Sequence[str] = ["", *WORDS[name]]
            numbers = {-1: ""} | {number: word for word, number in WORDS[name].items()}
            of_rows = np.array([numbers[int(known.words[name][one])] if one >= 0 else "" for one in first], object)
        else:
            of_rows = np.array([known.names[name][one] if one >= 0 else "" for one in first], object)
            values = sorted(set(of_rows.tolist()))
        for value in values:
            if (members := there & (of_rows == value)).any():
                yield name, value or "unknown", members


def by_group(gains: Gains) -> list[list[object]]:
    """Return a line a variant and group: variant, what, value, persons, net gain for 100 of them, low, high, whether it is told from zero.

    Groups with few persons have no numbers, and neither have those from which, beside the whole, theirs could be had (`hidden_groups`).
    """
    lines: list[list[object]] = []
    number = np.bincount(gains.known.rows, minlength=len(gains.known.ids))
    groups = list(groups_of(gains.known))
    hidden = _hidden(groups, number)
    for variant, values in gains.values.items():
        for place, (name, value, members) in enumerate(groups):
            persons = int(number[members].sum())
            if place in hidden:
                lines.append([variant, name, value, f"<{LEAST_CELL}" if hidden[place] == FEW else BESIDE, "", "", "", ""])
                continue
            mean = HUNDRED * (values[:, members] * number[members]).sum(axis=1) / persons
            found = gains.interval(mean)
            lines.append([variant, name, value, persons, *_told(found.mean, found.low, found.high)])
    return lines


def _hidden(groups: Sequence[tuple[str, str, NDArray[np.bool_]]], number: NDArray[np.int64]) -> dict[int, str]:
    """Return which groups are hidden: place → why. Few are persons, or rows of the ledger, whichever are fewer."""
    sizes = [min(int(number[members].sum()), int(members.sum())) for _, _, members in groups]
    found: dict[int, str] = {}
    for name in dict.fromkeys(name for name, _, _ in groups):
        places = [place for place, group in enumerate(groups) if group[0] == name]
        of_these = hidden_groups([sizes[place] for place in places]) if len(places) > 1 else {}
        found |= {places[place]: why for place, why in of_these.items()}
    return found | {place: FEW for place, size in enumerate(sizes) if size < LEAST_CELL}


def _told(mean: Any, low: Any, high: Any) -> list[object]:  # noqa: ANN401
    """Return mean, interval, and whether it holds no zero."""
    apart = "" if np.isnan(low) else "yes" if low > 0 or high < 0 else "no"
    return [f"{mean:.2f}", *("" if np.isnan(end) else f"{end:.2f}" for end in (low, high)), apart]


def by_person(gains: Gains, ledger: Found) -> list[list[object]]:
    """Return a line a variant and person of a ledger: sheet, row, identifier, variant, pairs with a gain, with a loss, net gain of 100, interval.

    Raises:
        MistakeError: The ledger, with its key, is not the one that the population was made of.
    """
    known = {entry.identifier: entry for entry in reversed(ledger.entries) if entry.identifier and not entry.why}
    ids = [one for one in gains.known.ids if one]
    if not ids or sum(one in known for one in ids) < LEAST_FOUND * len(ids):
        raise MistakeError(sentence(
            "persons=true is for who holds the ledger: with this ledger and this key its identifiers are not those of the population",
            "persons=true 仅供台账持有者使用：用此台账与此密钥得出的编号与人口文件不符",
        ))  # fmt: skip
    lines: list[list[object]] = []
    for variant, values in gains.values.items():
        found = gains.interval(HUNDRED * values)
        gained, lost = (values > 0).sum(axis=0), (values < 0).sum(axis=0)
        for row, identifier in enumerate(gains.known.ids):
            entry = known.get(identifier)
            if entry is not None:
                told = _told(found.mean[row], found.low[row], found.high[row])
                lines.append([entry.sheet, entry.row, identifier, variant, int(gained[row]), int(lost[row]), gains.pairs, *told])
    return lines
