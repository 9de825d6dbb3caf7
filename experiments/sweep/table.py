"""The table of a sweep, which says itself what it holds: a row a (point, replicate), and what each column is.

Whoever finds the Parquet file alone, or a part of it, can read its axes, its units and where it comes from; so a finished sweep is drawn again
without running anything.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict

from sim.outcomes import OUTCOMES
from sim.own_file import NO_SET

if TYPE_CHECKING:
    import pyarrow as pa

POINT, NAME, REPLICATE = "point", "name", "replicate"
KEY = b"yizhan"
"""Key of the file's metadata under which a sweep says what it is."""


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
        KeyError: It says nothing: it is none.
        ValueError: It says something else.
    """
    return About.model_validate_json((schema.metadata or {})[KEY])


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
