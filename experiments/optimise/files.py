"""What is left in files: ``optimum.json``, ``evaluations.parquet`` and ``programme.yaml``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.optimise.found import EQUAL, TODAY, Candidate, Optimised
from experiments.optimise.programme import programme_text
from experiments.shared.batches.parts import write_whole
from experiments.shared.json_numbers import estimate, number, ratio_of
from experiments.shared.whole_files import write_all
from sim.capital import CAPITAL
from sim.comparison import KINDS
from sim.how_sure import about_intervals
from sim.optimising.measuring import SPENDING
from sim.statistics import Kind

if TYPE_CHECKING:
    import pyarrow as pa

    from experiments.optimise.options import OptimiseOptions
    from experiments.shared.results_folder import ResultFolder

OPTIMUM, EVALUATIONS, PROGRAMME = "optimum.json", "evaluations.parquet", "programme.yaml"


def write_optimised(found: Optimised, folder: ResultFolder, options: OptimiseOptions) -> None:
    """Write everything that was found."""
    write_whole(evaluations_of(found), folder.path / EVALUATIONS)
    write_all({folder.path / PROGRAMME: programme_text(found)})
    folder.write_json(OPTIMUM, optimum_json(found, options))


def optimum_json(found: Optimised, options: OptimiseOptions) -> dict[str, Any]:
    """Return the content of ``optimum.json``."""
    scenario, equal, today = found.mixes.scenario, *found.references
    chosen = found.candidates[found.chosen]
    return {
        "programme": scenario.programme, "place": scenario.place, "budget": found.mixes.budget, "allowed": found.allowed,
        "seed": found.seeds[0], "fresh_seed": found.seeds[1], "replicates": int(found.searched.found.shape[1]), "fresh": int(found.fresh.shape[1]),
        "days": scenario.days, "people": scenario.population.graduates, "goal": found.goal, "objectives": list(found.objectives),
        "not_reachable": list(found.dropped), "rule": found.rule,
        **about_intervals(scenario.behaviour_set, found.lived),
        "levers": _levers(found),
        "chosen": chosen.name,
        "not_spent": estimate(found.mixes.budget - found.net(found.chosen, SPENDING), Kind.FREE, found.lived),
        "front": [_candidate(found, place) for place in found.front],
        "candidates": [_candidate(found, place) for place in range(len(found.candidates))],
        "regret": {EQUAL: _regret(found, equal), TODAY: _regret(found, today)},
        "over_set": {
            "vectors": found.over.vectors,
            "mixes": {found.candidates[place].name: {"mean": number(found.over.mean[row]), "mean_regret": number(found.over.regret[row]),
                                                     "largest_regret": number(found.over.largest[row]), "share_best": number(found.over.share[row])}
                      for row, place in enumerate(found.fitting)},
        },
        "winners_curse": None if found.curse is None else {"finalists": number(found.curse[0]), EQUAL: number(found.curse[1])},
        "evaluations": len(found.searched.money), "batch": options.batch,
    }  # fmt: skip


def _levers(found: Optimised) -> dict[str, Any]:
    """Return what money buys of each lever, and what it spends at which size."""
    mixes = found.mixes
    return {
        offer.lever: {
            "bought": {part.key: part.amount for part in offer.parts}, "is_new": offer.is_new,
            "kind": "free" if offer.lever in mixes.free else "too_dear" if offer.lever in mixes.too_dear else "bought",
            "most": number(mixes.answers[offer.lever].most), "why": mixes.answers[offer.lever].why,
            "sizes": list(mixes.answers[offer.lever].sizes), "spent": list(mixes.answers[offer.lever].spent),
            "units": list(mixes.answers[offer.lever].units),
        }
        for offer in mixes.offers
    } | {lever: {"kind": "left_out"} for lever in mixes.left_out}


def _candidate(found: Optimised, place: int) -> dict[str, Any]:
    """Return what is known of a mix that was run again."""
    candidate = found.candidates[place]
    return {
        "name": candidate.name, "fits": found.fits[place], "chosen": place == found.chosen,
        "sizes": dict(candidate.sizes), "changes": dict(candidate.changes),
        "meant": None if candidate.money is None else dict(zip(candidate.sizes, map(float, candidate.money), strict=True)),
        "spending": estimate(found.net(place, SPENDING), Kind.AMOUNT, found.lived),
        "spending_by_lever": {offer.lever: estimate(found.net(place, f"{SPENDING}.{offer.lever}"), Kind.AMOUNT, found.lived)
                              for offer in found.mixes.offers},
        "net": {name: estimate(found.net(place, name), Kind.FREE, found.lived) for name in dict.fromkeys((*KINDS, *found.objectives))},
        "capital": {part: estimate(found.net(place, part), Kind.AMOUNT, found.lived) for part in CAPITAL},
        "cost_per_additional": ratio_of(found.cost_per(place)),
        "in_search": _in_search(found, candidate),
    }  # fmt: skip


def _in_search(found: Optimised, candidate: Candidate) -> dict[str, Any] | None:
    """Return what the search saw of a mix: before it was chosen."""
    if candidate.place is None:
        return None
    return {"mix": candidate.place + 1} | {name: number(found.tried(name)[candidate.place]) for name in (*found.objectives, SPENDING)}


def _regret(found: Optimised, other: int) -> dict[str, Any]:
    """Return what another mix misses of the chosen one, in pairs, and whether it can be told from nothing."""
    values = found.more_than(other)
    interval = found.interval(values)
    told = bool(np.isfinite(interval.low)) and not interval.low <= 0 <= interval.high
    return {**estimate(values, Kind.FREE, found.lived), "can_be_told": told,
            "spends_more": estimate(found.more_than(other, SPENDING), Kind.FREE, found.lived)}  # fmt: skip


def evaluations_of(found: Optimised) -> pa.Table:
    """Return every mix that was tried: its number, money meant for and size of each lever, and the means of all that was measured, net."""
    import pyarrow as pa

    mixes, money = found.mixes, found.searched.money
    sizes = np.array([mixes.sizes(row) for row in money])
    columns: dict[str, Any] = {"mix": pa.array(np.arange(1, len(money) + 1), pa.int64())}
    columns |= {f"meant.{offer.lever}": money[:, place] for place, offer in enumerate(mixes.bought)}
    columns |= {f"size.{offer.lever}": sizes[:, place] for place, offer in enumerate(mixes.bought)}
    columns |= {name: found.tried(name) for name in found.names}
    columns["fits"] = pa.array(found.tried(SPENDING) <= found.allowed)
    return pa.table(columns)
