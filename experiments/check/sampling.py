"""The sample of a baseline: more replicates than are kept exactly, from which a test of equivalence starts."""

from __future__ import annotations

import numpy as np

from experiments.check.baseline import Sample
from experiments.check.exact_text import Values
from experiments.check.persons import quantiles_of, rounded
from experiments.check.subjects import Measured, Subject

DIGITS = 7
"""Digits of a value that are kept, then and now."""


def sample_of(subject: Subject, measured: Measured, replicates: int) -> Sample:
    """Return what is kept of many replicates.

    Args:
        subject: What was simulated.
        measured: What came of it, with distributions over persons.
        replicates: How many replicates.
    """
    at_end = {name: rounded(values, DIGITS) for name, values in measured.at_end.items()}
    persons = {name: quantiles_of(values) for name, values in measured.persons.items()}
    return Sample(replicates, at_end, persons, subject.lived(replicates))


def in_units(values: Values, vectors: Values) -> Values:
    """Return the mean of the replicates of each vector of behaviour, which count as one, over those in which it is defined.

    Args:
        values: Shape (replicates,) or (replicates, anything).
        vectors: Number of the vector of each replicate, shape (replicates,).
    """
    _, place = np.unique(vectors, return_inverse=True)
    columns = values.reshape(len(values), -1)
    known = ~np.isnan(columns)
    counts, sums = (
        np.stack([np.bincount(place, weights=column) for column in table.T], axis=1) for table in (known, np.where(known, columns, 0.0))
    )
    means: Values = np.divide(sums, counts, out=np.full_like(sums, np.nan), where=counts > 0)
    return means.reshape(-1, *values.shape[1:])


def luck_of(values: Values, vectors: Values) -> float:
    """Return the standard deviation of a value between replicates that differ by luck alone; NaN where nothing tells it."""
    known = ~np.isnan(values)
    values, vectors = values[known], vectors[known]
    numbers, place = np.unique(vectors, return_inverse=True)
    if len(values) == 0:
        return float("nan")
    if len(numbers) == len(values):
        return float(np.std(values, ddof=1)) if len(values) > 1 else float("nan")
    within = float(np.sum((values - in_units(values, vectors)[place]) ** 2))
    return float(np.sqrt(within / (len(values) - len(numbers))))
