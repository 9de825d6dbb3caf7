"""Simulating as much as it takes to tell whether what moved matters: look by look, as planned, and no further."""

from __future__ import annotations

from experiments.check.baseline import Baseline
from experiments.check.equivalence import LOOKS, Judgement, Verdict, first_of, judge, replicates_at
from experiments.check.movements import Finding
from experiments.check.options import CheckOptions
from experiments.check.sampling import sample_of
from experiments.check.subjects import Subject
from experiments.shared.progress import showing_progress

USUAL_SAMPLE = int(CheckOptions.model_fields["sample"].default)
"""Replicates that a baseline without a sample is said to need."""


def judgement_of(found: Finding, subject: Subject | None, options: CheckOptions) -> Judgement | None:
    """Say of a baseline whether what moved matters; None where nothing was compared.

    Args:
        found: What moved.
        subject: What the baseline is of.
        options: The keys of the command.
    """
    before = found.before
    if before is None or found.now is None or subject is None or found.problem is not None:
        return None
    if not found.movements:
        return Judgement(Verdict.SAME)
    if before.sample is None or not before.margins:
        return Judgement(Verdict.UNSURE, needed=USUAL_SAMPLE)
    return _look_by_look(before, subject, options)


def _look_by_look(before: Baseline, subject: Subject, options: CheckOptions) -> Judgement:
    """Simulate up to each look in turn, until something is told."""
    sample = before.sample
    assert sample is not None  # noqa: S101 (asked before)
    seed = before.settings.seed if options.fresh_seed is None else options.fresh_seed
    judgement = Judgement(Verdict.UNSURE)
    for look in range(len(LOOKS)):
        number = replicates_at(look, sample.replicates)
        if number <= judgement.replicates:
            continue
        with showing_progress(max(1, subject.days(number, seed)), options.language) as progress:
            measured = subject.measure(number, seed, options.workers, progress, persons=bool(sample.persons))
        now = sample_of(subject, measured, number)
        judgement = judge(first_of(sample, number), now, before.margins, look, same_luck=seed == before.settings.seed)
        if judgement.verdict is not Verdict.UNSURE:
            return judgement
    return judgement
