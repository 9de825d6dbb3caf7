"""How often ``yizhan check`` is wrong: ``python -m benchmarks.guarding repeats|faults|refactorings|drifts`` (all four unless told).

*Repeats* (false alarms of ``mode=equivalence``). Worlds that differ in luck alone: a change of every draw that keeps the model. A pool of `--seeds`
samples is simulated once for each shipped baseline, as the baseline says; a repeat draws, for each replicate, one world of the pool for before and
another one for now. Repeats share worlds, so that their rate is right on average, and less sure than that of as many independent ones.
Each sample of the pool is also compared with the shipped baseline itself.

*Faults* and *refactorings*: `benchmarks.guarding_faults`.

*Drifts*: the smallest relative change of a parameter that is found at the shipped size.

Parts are kept in `--parts` and found again, by what they depend on.
"""

from __future__ import annotations

import argparse
import itertools
import random
from collections import Counter
from pathlib import Path

import numpy as np

from benchmarks.guarding_faults import BASELINES, DRAWN, OTHER, OWN, show_faults, show_refactorings
from benchmarks.guarding_worker import held_by, judged
from experiments.bench.timing import machine
from experiments.check.baseline import Sample
from experiments.check.baselines import names_in
from experiments.check.equivalence import LEVEL, Judgement, Verdict
from experiments.check.margins import margins_of
from experiments.check.planning import Plan, plan_check
from experiments.check.sampling import sample_of
from experiments.check.subjects import Single, Subject
from sim.sources import sources_digest
from tests.mutants.mutant import ROOT
from tests.mutants.run import digest_of

DRIFTS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2)
"""Relative changes of a parameter."""
DRIFTING = ("behaviour.cv_noise", "behaviour.explore_per_month", "behaviour.second_round_share", "behaviour.leave_per_month")
"""Parameters that are changed, one at a time: none that vary between the vectors of the set, for one value for all of them is more than a drift."""
FIRST = 1001
"""Seed of the first sample of a pool."""


def pool_of(plan: Plan, seeds: int, parts: Path) -> list[Sample]:
    """Return samples that differ in luck alone, simulated unless they are kept."""
    _, held, subject = held_by(plan)
    found = []
    state = digest_of([ROOT / BASELINES / f"{plan.name}.json"])[:8]
    for seed in range(FIRST, FIRST + seeds):
        path = parts / f"{plan.name}-{sources_digest()[:8]}-{state}-{seed}.npz"
        if not path.exists():
            write(path, sampled(subject, seed, held.replicates))
        found.append(read(path))
    return found


def sampled(subject: Subject, seed: int, replicates: int) -> Sample:
    """Simulate a sample."""
    return sample_of(subject, subject.measure(replicates, seed, None, None, persons=True), replicates)


def write(path: Path, sample: Sample) -> None:
    """Keep a sample: whole, or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    tables = {"end": sample.at_end, "persons": sample.persons, "lived": {"vectors": sample.vectors}}
    unfinished = path.with_suffix(".unfinished.npz")
    np.savez_compressed(unfinished, **{f"{kind}|{name}": values for kind, table in tables.items() for name, values in table.items()})
    unfinished.rename(path)


def read(path: Path) -> Sample:
    """Read a sample that was kept."""
    tables: dict[str, dict[str, np.ndarray]] = {"end": {}, "persons": {}, "lived": {}}
    with np.load(path) as kept:
        for key in kept.files:
            kind, _, name = key.partition("|")
            tables[kind][name] = kept[key]
    vectors = tables["lived"]["vectors"]
    return Sample(len(vectors), tables["end"], tables["persons"], vectors)


def drawn(pool: list[Sample], luck: random.Random) -> tuple[Sample, Sample]:
    """Draw two samples without a world in common: for each replicate two of the pool."""
    pairs = [luck.sample(range(len(pool)), 2) for _ in range(pool[0].replicates)]
    return _taken(pool, [pair[0] for pair in pairs]), _taken(pool, [pair[1] for pair in pairs])


def _taken(pool: list[Sample], whose: list[int]) -> Sample:
    at_end = {name: np.array([pool[one].at_end[name][row] for row, one in enumerate(whose)]) for name in pool[0].at_end}
    persons = {name: np.stack([pool[one].persons[name][row] for row, one in enumerate(whose)]) for name in pool[0].persons}
    return Sample(len(whose), at_end, persons, pool[0].vectors)


def show_repeats(plans: list[Plan], options: argparse.Namespace) -> None:
    """Print what is said of repeats that differ in luck alone."""
    print(f"unchanged repeats, other luck, {options.seeds} samples a baseline; declared: at most {LEVEL:.0%} of a baseline's are called different")
    everything: Counter[Verdict] = Counter()
    for plan in plans:
        pool = pool_of(plan, options.seeds, options.parts)
        luck = random.Random(f"{plan.name} 1")
        found = []
        for _ in range(-(-options.repeats // len(plans))):
            before, now = drawn(pool, luck)
            found.append(judged(before, now, margins_of(before, [], {}), same_luck=False))
        baseline, held, _ = held_by(plan)
        shipped = [judged(held, now, baseline.margins, same_luck=False) for now in pool]
        everything.update(one.verdict for one in found)
        print(f"  {plan.name}: of {len(found)} repeats {_counted(found)}; of {len(shipped)} samples against the shipped baseline {_counted(shipped)}",
              flush=True)  # fmt: skip
    total = everything.total()
    print(f"  all: {total} repeats, different {everything[Verdict.DIFFERENT]}, cannot be told {everything[Verdict.UNSURE]}")


def _counted(found: list[Judgement]) -> str:
    said = Counter(one.verdict for one in found)
    looks = Counter(one.looks for one in found if one.verdict is Verdict.EQUIVALENT)
    tests = [(one.verdict, test) for one in found if not one.passes for test in one.tests]
    why = Counter(test.name for said_so, test in tests if test.verdict is said_so and (test.chosen or said_so is Verdict.DIFFERENT))
    return ", ".join([
        *(f"{verdict} {said[verdict]}" for verdict in (Verdict.EQUIVALENT, Verdict.DIFFERENT, Verdict.UNSURE)),
        f"equivalent by look {dict(sorted(looks.items()))}", *([f"because of {dict(why.most_common(4))}"] if why else []),
    ])  # fmt: skip


def show_drifts(plans: list[Plan]) -> None:
    """Print the smallest drift of each parameter that is found."""
    for (name, other), plan in itertools.product((("own", None), ("other", FIRST)), plans):
        baseline, held, subject = held_by(plan)
        seed = baseline.settings.seed if other is None else other
        for key in DRIFTING:
            told = []
            for drift in DRIFTS:
                changed = Single(subject.scenario.with_({key: _value(subject.scenario, key) * (1 + drift)}))
                found = judged(held, sampled(changed, seed, held.replicates), baseline.margins, same_luck=name == "own")
                told.append(f"{drift:.1%} {found.verdict}")
                if found.verdict is Verdict.DIFFERENT:
                    break
            print(f"  {plan.name}, {key}, {name} luck: {', '.join(told)}", flush=True)


def _value(scenario: object, key: str) -> float:
    for part in key.split("."):
        scenario = getattr(scenario, part)
    return float(str(scenario))


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="*", default=["refactorings", "faults", "repeats", "drifts"], help="refactorings, faults, repeats, drifts")
    parser.add_argument("--programmes", nargs="*", help="baselines; all that are shipped unless told")
    parser.add_argument("--repeats", type=int, default=200, help="repeats, divided over the baselines")
    parser.add_argument("--seeds", type=int, default=10, help="samples in the pool of a baseline")
    parser.add_argument("--faults", type=int, default=20, help="faults, by lot")
    parser.add_argument("--lot", type=int, default=DRAWN, help="seed of the lot")
    parser.add_argument("--other", action="store_true", help="faults with other luck, too, which costs as much again")
    parser.add_argument("--parts", type=Path, default=ROOT / "benchmarks" / ".parts", help="folder of what is kept")
    options = parser.parse_args()
    print(machine())
    plans = [plan_check(ROOT / BASELINES, name) for name in options.programmes or names_in(ROOT / BASELINES)]
    if "refactorings" in options.what:
        show_refactorings()
    if "faults" in options.what:
        show_faults(options.faults, options.lot, OTHER if options.other else OWN)
    if "repeats" in options.what:
        show_repeats(plans, options)
    if "drifts" in options.what:
        show_drifts(plans)


if __name__ == "__main__":
    main()
