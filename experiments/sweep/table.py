"""The table of a sweep, which says itself what it holds: a row a (point, replicate), and what each column is.

Whoever finds the Parquet file alone, or a part of it, can read its axes, its units and where it comes from; so a finished sweep is drawn again
without running anything.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from pydantic import BaseModel, ConfigDict

from sim.behaviour_set import A_VECTOR
from sim.bilingual import Sentence
from sim.outcomes import OUTCOMES
from sim.own_file import NO_SET
from sim.uncertainty import Lived

if TYPE_CHECKING:
    import pyarrow as pa

POINT, NAME, REPLICATE = "point", "name", "replicate"
KEY = b"yizhan"
"""Key of the file's metadata under which a sweep says what it is."""


class NamedSet(NamedTuple):
    """A set of behaviours: its name and digest."""

    name: str
    sha256: str


class About(BaseModel):
    """What a sweep is.

    Attributes:
        axes: The varied keys, in order; each is a column.
        labels: Key → language → what it is called, ``unit``, and ``value``: what it is where it is not varied.
        design: ``grid``, ``latin_hypercube``, ``sobol`` or ``points``.
        reference: Number of the point with which the others are compared.
        points: Number of points of the design.
        programme: Name of the programme; of the first, where it is varied.
        place: Name of the place; of the first, where it is varied.
        titles: Language → title of the programme.
        seed: The seed.
        first_replicate: Number of the first replicate.
        replicates: Number of replicates a point.
        days: Length of a run; of the first point, where it is varied.
        version: Version of this program.
        sources_sha256: Digest of its sources.
        configuration_sha256: Digest of the design and of every configuration.
        behaviour: Name of the set of behaviours; of several, of all that are not none.
        behaviour_sha256: Its digest, or theirs.
        vectors_of_set: Vectors of the set, of several after how many all begin anew; 0: there is none.
        without_set: Numbers of the points that have no set though others have one.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    axes: tuple[str, ...]
    labels: dict[str, dict[str, str]]
    design: str
    reference: int
    points: int
    programme: str
    place: str
    titles: dict[str, str]
    seed: int
    first_replicate: int
    replicates: int
    days: int
    version: str
    sources_sha256: str
    configuration_sha256: str
    behaviour: str = NO_SET
    behaviour_sha256: str = ""
    vectors_of_set: int
    without_set: tuple[int, ...] = ()

    @property
    def chosen(self) -> NamedSet:
        """The set of behaviours."""
        return NamedSet(self.behaviour, self.behaviour_sha256)

    def lived(self, replicates: Sequence[int]) -> Lived | None:
        """Return with which vectors of its set some replicates lived; None where there is none.

        Args:
            replicates: Their numbers.
        """
        if not self.vectors_of_set:
            return None
        return Lived(np.asarray(replicates, np.int64) // A_VECTOR % self.vectors_of_set, self.vectors_of_set)


def described(table: pa.Table, about: About) -> pa.Table:
    """Return a table of a sweep, or a part of it, that says what it holds.

    Args:
        table: Columns ``point``, ``name`` where points have names, the varied keys, ``replicate``, the outcomes.
        about: What the sweep is.
    """
    import pyarrow as pa

    fields = [field.with_metadata(_of_column(field.name, about)) for field in table.schema]
    text = json.dumps(about.model_dump(mode="json"), ensure_ascii=False)
    return table.cast(pa.schema(fields, metadata={KEY: text.encode()}))


def about_of(schema: pa.Schema) -> About:
    """Return what a table of a sweep says of itself.

    Raises:
        ValueError: It says nothing: it is none, or of an early version; or it says something else.
    """
    if KEY not in (schema.metadata or {}):
        raise ValueError(Sentence("it does not say what it holds: an early version of Yizhan wrote it, or another program",
                                  "其中没有说明内容：由早期版本的 Yizhan 或其他程序写成"))  # fmt: skip
    return About.model_validate_json(schema.metadata[KEY])


def _of_column(name: str, about: About) -> dict[str, str]:
    """Return what a column is: its role, its title in both languages, its unit."""
    if name in about.axes:
        called: Mapping[str, Any] = about.labels.get(name, {})
        return {"role": "axis", "title_en": called.get("en", name), "title_zh": called.get("zh", name), "unit": called.get("unit", "-")}
    if name in OUTCOMES:
        outcome = OUTCOMES[name]
        titles = {"title_en": outcome.label["en"], "title_zh": outcome.label["zh"]}
        return {"role": "outcome", **titles, "unit": outcome.unit["en"], "unit_zh": outcome.unit["zh"]}
    numbers = {
        POINT: ("number of the point", "点的编号"), NAME: ("name of the point", "点的名称"), REPLICATE: ("number of the replicate", "模拟的编号"),
    }  # fmt: skip
    english, chinese = numbers.get(name, (name, name))
    return {"role": name, "title_en": english, "title_zh": chinese, "unit": "-"}
