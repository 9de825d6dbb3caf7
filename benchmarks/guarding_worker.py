"""What ``yizhan check`` says of faults, in the copy of the project that holds them all: ``python -m benchmarks.guarding_worker LUCKS NUMBER …``.

The compiled model is loaded once; each fault is turned on in a process forked from there, so that one that breaks down or never ends takes nothing
along. `benchmarks.guarding_faults` starts this and keeps what it writes, a line of JSON a fault.
"""

from __future__ import annotations

import json
import multiprocessing
import resource
import sys
from collections.abc import Mapping
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from experiments.bench.timing import compile_engine
from experiments.check.baseline import Baseline, Margin, Sample
from experiments.check.baselines import names_in
from experiments.check.equivalence import LOOKS, Judgement, Verdict, first_of, judge, replicates_at
from experiments.check.movements import compare
from experiments.check.planning import Plan, plan_check
from experiments.check.sampling import sample_of
from experiments.check.subjects import Subject

LONGEST = 240
"""Seconds of the processor after which a fault is said not to end."""
EVERY_LEVER = "every_lever"
"""The baseline in which every lever is on."""
LUCKS: dict[str, int | None] = {"own": None, "other": 7}
"""Luck with which what moved is tested → its seed; None: the baseline's own."""


def judged(before: Sample, now: Sample, margins: Mapping[str, Margin], *, same_luck: bool) -> Judgement:
    """Look at two samples as a check does."""
    found = Judgement(Verdict.UNSURE)
    for look in range(len(LOOKS)):
        number = replicates_at(look, before.replicates)
        found = judge(first_of(before, number), first_of(now, number), margins, look, same_luck=same_luck)
        if found.verdict is not Verdict.UNSURE:
            break
    return found


def checked(folder: Path, number: int, lucks: dict[str, int | None]) -> dict[str, Any]:
    """Check every baseline of a folder with one fault on.

    Args:
        folder: The baselines.
        number: Number of the fault.
        lucks: Name of a luck → its seed; None: the baseline's own.

    Returns:
        The baselines that moved; and with each luck what tests of equivalence say of these together.
    """
    from sim.switch import _chosen  # type: ignore[import-not-found]  # which only the copy with the faults has

    _chosen.value = number
    plans = [plan_check(folder, name) for name in names_in(folder)]
    moved = [plan for plan in plans if _moves(plan)]
    return {"moved": [plan.name for plan in moved], **{luck: together(moved, seed) for luck, seed in lucks.items()}}


def together(plans: list[Plan], seed: int | None) -> dict[str, Any]:
    """Look at several baselines, one after the other as a check does, until one is different; that of most levers first, which tells most.

    Args:
        plans: Those that moved.
        seed: Seed of other luck; None: the baseline's own.
    """
    told = {}
    for plan in sorted(plans, key=lambda plan: plan.name != EVERY_LEVER):
        before, sample, subject = held_by(plan)
        used = before.settings.seed if seed is None else seed
        for look in range(len(LOOKS)):
            number = replicates_at(look, sample.replicates)
            now = sample_of(subject, subject.measure(number, used, None, None, persons=True), number)
            found = judge(first_of(sample, number), now, before.margins, look, same_luck=seed is None)
            told[plan.name] = str(found.verdict)
            if found.verdict is Verdict.DIFFERENT:
                worst = [one.name for one in sorted(found.tests, key=lambda one: one.p) if one.verdict is Verdict.DIFFERENT]
                return {"verdict": str(Verdict.DIFFERENT), "by": plan.name, "look": look + 1, "outcome": worst[0], "of": len(worst)}
            if found.verdict is not Verdict.UNSURE:
                break
    verdict = Verdict.UNSURE if str(Verdict.UNSURE) in told.values() else Verdict.EQUIVALENT if plans else Verdict.SAME
    return {"verdict": str(verdict), "told": told}


def held_by(plan: Plan) -> tuple[Baseline, Sample, Subject]:
    """Return a baseline, its sample and what it is of.

    Raises:
        RuntimeError: It cannot be repeated, or has no sample.
    """
    if plan.before is None or plan.before.sample is None or plan.subject is None:
        message = f"{plan.name}: {plan.problem or 'no sample'}"
        raise RuntimeError(message)
    return plan.before, plan.before.sample, plan.subject


def _moves(plan: Plan) -> bool:
    """Tell whether any bit of a baseline moves."""
    before, _, subject = held_by(plan)
    measured = subject.measure(before.settings.replicates, before.settings.seed, None, None)
    return bool(compare(before, subject.baseline(plan.name, before.settings, measured)))


def _child(folder: Path, number: int, lucks: dict[str, int | None], pipe: Connection) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (LONGEST, LONGEST + 5))
    pipe.send(checked(folder, number, lucks))


def main() -> None:
    """Check each fault, a line of JSON each."""
    folder = Path("results") / "baselines"
    compile_engine()
    forking = multiprocessing.get_context("fork")
    lucks = {luck: LUCKS[luck] for luck in sys.argv[1].split(",")}
    for number in map(int, sys.argv[2:]):
        ours, theirs = forking.Pipe(duplex=False)
        child = forking.Process(target=_child, args=(folder, number, lucks, theirs))
        child.start()
        theirs.close()
        try:
            found: dict[str, Any] = ours.recv()
        except EOFError:
            found = {}
        child.join()
        print(json.dumps({"number": number, "broke_down": not found, **found}), flush=True)


if __name__ == "__main__":
    main()
