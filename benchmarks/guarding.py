"""How often ``yizhan check mode=equivalence`` is wrong, and the smallest drift that it finds: ``python -m benchmarks.guarding``.

*False alarms.* Samples of the same programme with other luck are compared two by two: a change of every draw that keeps the model. The pairs are
drawn among `--samples` independent samples, so that 200 of them cost 40 samples.

*Power.* The programme with one parameter changed by some per cent, with the baseline's own luck and with other luck.
"""

from __future__ import annotations

import argparse
import itertools
import random
from collections import Counter

from experiments.check.baseline import Margin, Sample
from experiments.check.equivalence import LOOKS, Judgement, Verdict, first_of, judge, replicates_at
from experiments.check.margins import margins_of
from experiments.check.sampling import sample_of
from experiments.check.subjects import Single
from sim.scenario import Scenario

DRIFTS = (0.005, 0.01, 0.02, 0.05, 0.1)
"""Relative changes of a parameter."""
DRIFTING = ("market.tightness", "behaviour.expected_over_offered", "behaviour.cv_noise")
"""Parameters that are changed, one at a time."""


def sampled(scenario: Scenario, seed: int, replicates: int) -> Sample:
    """Simulate a sample."""
    subject = Single(scenario)
    return sample_of(subject, subject.measure(replicates, seed, None, None, persons=True), replicates)


def judged(before: Sample, now: Sample, margins: dict[str, Margin], *, same_luck: bool) -> Judgement:
    """Look at two samples as a check does."""
    found = Judgement(Verdict.UNSURE)
    for look in range(len(LOOKS)):
        number = replicates_at(look, before.replicates)
        found = judge(first_of(before, number), first_of(now, number), margins, look, same_luck=same_luck)
        if found.verdict is not Verdict.UNSURE:
            break
    return found


def false_alarms(scenario: Scenario, options: argparse.Namespace) -> None:
    """Print what is said of pairs that differ in luck alone."""
    samples = [sampled(scenario, seed, options.replicates) for seed in range(1, options.samples + 1)]
    pairs = list(itertools.permutations(range(options.samples), 2))
    random.Random(1).shuffle(pairs)  # which pairs, not a secret
    said: Counter[str] = Counter()
    why: Counter[str] = Counter()
    for before, now in pairs[: options.pairs]:
        found = judged(samples[before], samples[now], margins_of(samples[before], [], {}), same_luck=False)
        said[f"{found.verdict}, look {found.looks}"] += 1
        why.update(one.name for one in found.tests if found.verdict is Verdict.DIFFERENT and one.verdict is Verdict.DIFFERENT)
    print(f"{scenario.programme}, {min(options.pairs, len(pairs))} unchanged repeats: {dict(said)}; different: {dict(why)}")


def power(scenario: Scenario, options: argparse.Namespace) -> None:
    """Print what is said of drifts."""
    before = sampled(scenario, 1, options.replicates)
    margins = margins_of(before, [], {})
    for key in DRIFTING:
        for drift in options.drifts:
            changed = scenario.with_({key: _value(scenario, key) * (1 + drift)})
            said = [judged(before, sampled(changed, seed, options.replicates), margins, same_luck=seed == 1) for seed in (1, 2)]
            print(f"{scenario.programme}, {key} +{drift:.1%}: own luck {said[0].verdict} (look {said[0].looks}), other luck {said[1].verdict} "
                  f"(look {said[1].looks})")  # fmt: skip


def _value(scenario: Scenario, key: str) -> float:
    found: object = scenario
    for part in key.split("."):
        found = getattr(found, part)
    return float(str(found))


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--programmes", nargs="*", default=["none", "zibo"])
    parser.add_argument("--graduates", type=int, default=1500)
    parser.add_argument("--replicates", type=int, default=60)
    parser.add_argument("--samples", type=int, default=40)
    parser.add_argument("--pairs", type=int, default=200)
    parser.add_argument("--drifts", type=float, nargs="*", default=list(DRIFTS))
    options = parser.parse_args()
    for name in options.programmes:
        scenario = Scenario.load(name, {"population.graduates": options.graduates}, behaviour="calibrated")
        false_alarms(scenario, options)
        power(scenario, options)


if __name__ == "__main__":
    main()
