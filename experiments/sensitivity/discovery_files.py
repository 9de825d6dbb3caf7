"""What scenario discovery leaves in files: ``discovery.json`` and ``discovery.parquet``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from experiments.sensitivity.discovery_found import Discovered, Looked
from experiments.sensitivity.options import SensitivityOptions
from experiments.shared.batches.parts import write_whole
from experiments.shared.batches.store import Store
from experiments.shared.json_numbers import number
from sim.bilingual import Sentence
from sim.discovery.boxes import Fit
from sim.discovery.checking import Restriction
from sim.scenario import Scenario

if TYPE_CHECKING:
    import pyarrow as pa

    from experiments.shared.results_folder import ResultFolder

JSON, TABLE = "discovery.json", "discovery.parquet"


def write_discovery(
    found: Discovered, folder: ResultFolder, arms: Sequence[Scenario], options: SensitivityOptions, called: Mapping[str, Sentence],
) -> None:  # fmt: skip
    """Write configuration and provenance, what was found, and every point.

    Args:
        found: What was found.
        folder: The folder.
        arms: The baseline and the variants.
        options: The keys of the command.
        called: Name of what is looked at → what it is called.
    """
    folder.write_provenance(arms[-1], options, options.seed, arms)
    write_whole(points_of(found), folder.path / TABLE)
    folder.write_json(JSON, discovery_json(found, arms[-1], called))
    if isinstance(folder, Store):
        folder.finish()


def discovery_json(found: Discovered, scenario: Scenario, called: Mapping[str, Sentence]) -> dict[str, Any]:
    """Return the content of ``discovery.json``."""
    return {
        "method": "discovery", "programme": scenario.programme, "place": scenario.place, "graduates": scenario.population.graduates,
        "value_per_job": found.value_per_job, "replicates": found.replicates,
        "looked_at": [_looked(one, called.get(one.name, Sentence(one.name, one.name))) for one in found.looked],
    }  # fmt: skip


def _looked(one: Looked, called: Sentence) -> dict[str, Any]:
    found = one.found
    about = {"name": one.name, "called": {"en": str(called), "zh": called.zh}, "pays": one.pays, "threshold": one.threshold, "least": one.least,
             "keys": list(one.keys), "points": len(one.values), "cases": int(one.cases.sum()),
             "misplaced_by_luck": number(one.misplaced)}  # fmt: skip
    if found is None:
        return {**about, "box": None}
    return {
        **about, "base": found.base, "told": found.is_told, "chance": found.chance,
        "box": {**_fit(found.fit), "density_elsewhere": found.elsewhere, "restrictions": [_restriction(each, one) for each in found.restrictions]},
        "way": [{**_fit(fit), "restricted": restricted} for fit, restricted in found.way],
    }  # fmt: skip


def _fit(fit: Fit) -> dict[str, float]:
    return {"mass": fit.mass, "coverage": fit.coverage, "density": fit.density}


def _restriction(each: Restriction, one: Looked) -> dict[str, Any]:
    return {"key": one.keys[each.place], "low": number(each.low), "high": number(each.high), "quasi_p": each.chance, "comes_back": each.again}


def points_of(found: Discovered) -> pa.Table:
    """Return every point: what is looked at, its value, whether it does not pay, whether it lies in the box, and what varies."""
    import pyarrow as pa

    tables = []
    for one in found.looked:
        inside = one.found.box.holds(one.points) if one.found is not None else [True] * len(one.values)
        columns = {"name": [one.name] * len(one.values), "value": one.values, "case": one.cases, "in_box": inside}
        tables.append(pa.table(columns | {key: one.points[:, place] for place, key in enumerate(one.keys)}))
    return pa.concat_tables(tables)
