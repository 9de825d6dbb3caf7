"""A set of plausible behaviours: vectors of parameters, equally likely, between which the data do not decide.

A result that is computed over a set carries what is not known about behaviour: replicate r lives with vector ⌊r / 2⌋ (once round, the set begins
anew), the same in every paired world. Two replicates a vector tell luck from ignorance (`sim.uncertainty`). A set lies below whatever somebody says:
a key that a programme, a place or the command line sets is fixed in every vector.
"""

from __future__ import annotations

import hashlib
import json
import pickle
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import PrivateAttr

from sim.bilingual import sentence
from sim.changing import dotted
from sim.composing import choose, read_yaml
from sim.errors import ConfigurationError
from sim.own_file import NO_SET, PACKAGES, SETS
from sim.own_files import Own, current_own, shipped
from sim.parameters import ParameterGroup, parameter
from sim.set_file import Vectors, as_declared, keys_of_sets, read_set
from sim.uncertainty import Lived
from sim.wording import shown, unknown

DEFAULT_BEHAVIOUR = "calibrated"
"""The set that holds where nobody chooses one."""
A_VECTOR = 2
"""Replicates that live with one vector, one after the other."""

@dataclass(frozen=True, eq=False)
class BehaviourSet:
    """A set.

    Attributes:
        name: What it is called: the name of its file.
        title: Title in English.
        title_zh: Title in Chinese.
        provenance: Where it comes from.
        parameters: Dotted keys.
        vectors: A line a vector, a column a parameter, in the order of use.
    """

    name: str
    title: str
    title_zh: str
    parameters: tuple[str, ...]
    vectors: Vectors
    provenance: Mapping[str, Any] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """SHA-256 of parameters and vectors: of all that numbers depend on."""
        return _digest(tuple(self.parameters), self.vectors.dtype.str, self.vectors.shape, self.vectors.tobytes())

    @property
    def unknown(self) -> tuple[str, ...]:
        """Parameters that are not known: all but those that follow from the others, and could not be found out by themselves."""
        return tuple(key for key in self.parameters if key not in self.provenance.get("at_rest", ()))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, BehaviourSet) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)

    def __len__(self) -> int:
        return len(self.vectors)

    @classmethod
    def load(cls, name: str | Path, own: Own | None = None) -> BehaviourSet:
        """Read a set.

        Args:
            name: Name of a set, shipped or of an own folder, or path of a file.
            own: The own configuration; None: the one that is meant.

        Raises:
            ConfigurationError: There is no such set, or a mistake in its file.
        """
        own = current_own() if own is None else own
        called = choose(SETS, name, own)
        path = own.files.get(SETS, {}).get(called) or shipped(SETS).get(called)
        if path is None:  # it is none: there is no vector to read
            raise ConfigurationError(unknown(SETS, called, sorted({*shipped(SETS), *own.names(SETS)})))
        return cls.read(path)

    @classmethod
    def read(cls, path: Path) -> BehaviourSet:
        """Read the file of a set.

        Raises:
            ConfigurationError: A mistake in it, with its line.
        """
        content = read_set(path)
        return cls(path.stem, content.title, content.title_zh, content.parameters, content.vectors, content.provenance)

    def write(self, path: Path) -> None:
        """Write the file of the set."""
        head = {"title": self.title, "title_zh": self.title_zh, "provenance": dict(self.provenance), "parameters": list(self.parameters)}
        text = _head_of(pickle.dumps(head))
        rows = "".join(f"- [{', '.join(map(repr, row))}]\n" for row in self.vectors.tolist())
        path.write_text(f"{text}vectors:\n{rows}", encoding="utf-8")

    def number_of(self, replicate: int) -> int:
        """Return which vector a replicate lives with."""
        return (replicate // A_VECTOR) % len(self)

    def values(self, replicate: int) -> dict[str, float]:
        """Return dotted key → value with which a replicate lives; whole numbers are rounded."""
        row = self.vectors[self.number_of(replicate)]
        return {key: as_declared(key, float(value)) for key, value in zip(self.parameters, row, strict=True)}


@lru_cache(maxsize=32)
def _digest(parameters: tuple[str, ...], kind: str, shape: tuple[int, ...], vectors: bytes) -> str:
    """Return the digest of parameters and vectors, which writing out takes most of the time of."""
    return hashlib.sha256(json.dumps([parameters, np.frombuffer(vectors, kind).reshape(shape).tolist()]).encode()).hexdigest()


@lru_cache(maxsize=32)
def _head_of(head: bytes) -> str:
    """Return what stands above the vectors of a file, which every result of a set has: PyYAML takes 20 ms to write it.

    Args:
        head: A table of keys, pickled.
    """
    import yaml

    return str(yaml.safe_dump(pickle.loads(head), allow_unicode=True, sort_keys=False, width=120))  # noqa: S301 (bytes of this process)


class ChosenSet(ParameterGroup):
    """The set that a scenario has been given, and the keys of it that are fixed.

    Attributes:
        name: What it is called; ``evidence``: there is none, the values are those of the tables of evidence.
        sha256: Its digest.
        fixed: Keys that were given elsewhere, so that no vector changes them.
        by_hand: Those of them that were given for this run, not by the files of a programme or a place.
    """

    name: str = parameter(
        NO_SET, unit="-", source="choice", en="set of behaviours, behaviour=NAME; evidence: none, the values of the tables",
        zh="行为参数集，behaviour=名称；evidence 为不用参数集，取表中数值",
    )  # fmt: skip
    sha256: str = parameter(
        "", unit="-", source="choice", en="digest of the set; empty: of none, or not read yet", zh="参数集的摘要，无参数集或尚未读入时为空"
    )
    fixed: tuple[str, ...] = parameter(
        (), unit="-", source="choice", en="keys of the set that were given elsewhere: the same in every vector",
        zh="另行给定的键：各组参数中取值相同",
    )  # fmt: skip
    by_hand: tuple[str, ...] = parameter(
        (), unit="-", source="choice", en="those of them that were given for this run, not by a file",
        zh="其中为本次模拟专门给定（而非文件所设）的键",
    )  # fmt: skip
    _found: BehaviourSet | None = PrivateAttr(default=None)

    def model_post_init(self, _context: Any, /) -> None:  # noqa: ANN401
        """Find the set, as it was kept or as it is now."""
        if self.name == NO_SET:
            object.__setattr__(self, "sha256", "")
            object.__setattr__(self, "fixed", ())
            object.__setattr__(self, "by_hand", ())
            return
        self._found = found = _find(self.name, self.sha256)
        object.__setattr__(self, "name", found.name)
        object.__setattr__(self, "sha256", found.digest)
        for name in ("fixed", "by_hand"):
            object.__setattr__(self, name, tuple(key for key in found.parameters if key in set(getattr(self, name))))

    @property
    def found(self) -> BehaviourSet | None:
        """The set; None where there is none."""
        return self._found

    def fixing(self, given: Iterable[str]) -> ChosenSet:
        """Return the choice with further keys fixed, as far as the set has them.

        Args:
            given: Dotted keys, or groups of them.
        """
        if self._found is None:
            return self
        new = [key for key in _keys_within(given) if key in self._found.parameters and key not in self.by_hand]
        return ChosenSet(name=self.name, sha256=self.sha256, fixed=(*self.fixed, *new), by_hand=(*self.by_hand, *new)) if new else self

    def lived(self, replicates: int, first: int = 0) -> Lived | None:
        """Return with which vectors some replicates live; None where there is no set.

        Args:
            replicates: How many.
            first: Number of the first.
        """
        if self._found is None:
            return None
        return Lived(np.arange(first, first + replicates, dtype=np.int64) // A_VECTOR % len(self._found), len(self._found))

    def changes(self, replicate: int) -> dict[str, float]:
        """Return dotted key → value which a replicate changes in the scenario."""
        values = self._found.values(replicate) if self._found is not None else {}
        return {key: value for key, value in values.items() if key not in self.fixed}


_KNOWN: dict[str, BehaviourSet] = {}
"""Digest → set that this process has read or was given."""


def chosen(behaviour: str | Path | BehaviourSet | None) -> dict[str, Any]:
    """Return a choice of a set as plain data of a configuration; None: the default.

    Raises:
        ConfigurationError: There is no such set.
    """
    if isinstance(behaviour, BehaviourSet):
        _KNOWN[behaviour.digest] = behaviour
        return {"name": behaviour.name, "sha256": behaviour.digest, "fixed": [], "by_hand": []}
    if behaviour is not None and not isinstance(behaviour, (str, Path)):
        raise ConfigurationError(sentence(
            "behaviour is {value}; allowed is the name of a set, a file that ends in .yaml, or {none}",
            "behaviour 为 {value}，应为参数集名称、以 .yaml 结尾的文件，或 {none}", value=shown(behaviour), none=NO_SET,
        ))  # fmt: skip
    return {"name": choose(SETS, DEFAULT_BEHAVIOUR if behaviour is None else behaviour, current_own()), "sha256": "", "fixed": [], "by_hand": []}


def with_fixed(plain: dict[str, Any], given: Iterable[str], files: Mapping[str, str], own: Own) -> dict[str, Any]:
    """Return composed plain data in which the set knows the keys that files and words give.

    A file ``default`` gives nothing: it is what holds where nobody says anything.

    Args:
        plain: The data.
        given: Dotted keys that were given explicitly.
        files: Group → name of the file of which the data are composed.
        own: The own configuration.
    """
    choice = plain.get("behaviour_set")
    if not isinstance(choice, dict) or choice.get("name", NO_SET) == NO_SET:
        return plain
    by_hand = [*choice.get("by_hand", ()), *_keys_within(given)]
    said = {*choice.get("fixed", ()), *by_hand}
    for group, name in files.items():
        if name == "default":
            continue
        content = read_yaml(group, name, own)
        said |= set(dotted({PACKAGES[group]: content} if PACKAGES[group] else content))
    return {**plain, "behaviour_set": {**choice, "fixed": _keys_within(said), "by_hand": by_hand}}


def _keys_within(given: Iterable[str]) -> list[str]:
    """Return the keys that a set may hold which are among some keys, or within one of them."""
    given = set(given)
    return [key for key in keys_of_sets() if key in given or not given.isdisjoint(accumulate(key.split("."), "{}.{}".format))]


def _find(name: str, digest: str) -> BehaviourSet:
    """Return a set by its digest, else by its name.

    Raises:
        ConfigurationError: There is none, or it is another by now.
    """
    if digest in _KNOWN:
        return _KNOWN[digest]
    own = current_own()
    copy = own.result.parent / SETS / f"{name}.yaml" if own.result is not None else None
    found = BehaviourSet.read(copy) if copy is not None and copy.is_file() else BehaviourSet.load(name, own)
    if digest and found.digest != digest:
        raise ConfigurationError(sentence(
            "the behaviour set {name} is not the one that was used (SHA-256 {now}…, not {then}…): it was changed, and no copy is beside the result",
            "行为参数集 {name} 已不是当时所用的（SHA-256 为 {now}…，而非 {then}…）：其内容被改动过，结果目录中也没有副本",
            name=name, now=found.digest[:12], then=digest[:12],
        ))  # fmt: skip
    _KNOWN[found.digest] = found
    return found


def sets_of(chosen_sets: Iterable[ChosenSet]) -> Iterator[BehaviourSet]:
    """Yield each set that some scenarios have, once."""
    yield from dict.fromkeys(one.found for one in chosen_sets if one.found is not None)
