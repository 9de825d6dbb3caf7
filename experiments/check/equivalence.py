"""Whether what moved matters: tests of equivalence of each outcome, and of distributions, at planned looks at a growing number of replicates.

*Units.* Replicates that live with one vector of behaviour count as one. A unit of now is paired with the baseline's of the same luck, or, with other
luck, of the same vector; where neither is the same the two samples are independent (Welch).

*Equivalent.* Two one-sided t-tests of each chosen outcome against its margin. All of them have to pass, each at the whole level, which holds the
level for all together (intersection-union test).

*Different.* Two-sided t-tests of all outcomes and means of columns, chosen or not, with Holm's correction; and, on distributions over persons, the
energy distance between units, permuted within pairs, likewise corrected. Each of the two families has half the level. What is shown to differ does
not count below what is ignored: a margin that somebody declared, else `ignored_of` it, of a distribution `DISTRIBUTION_MARGIN`. A margin by spread is
as wide as luck makes it: it excuses luck, and not a difference that is shown to be more than luck.

*Sequential.* There are three looks, at a quarter, half and all of the replicates. The level spent until share t is level · t² (power family); each
look is tested at what is newly spent, so that the sum over looks is never more than the level, whatever the dependence. Before the last look it is
equivalent only if all differences are held to what is ignored: a fault that is small may need all replicates to be shown.

Sources:
    Schuirmann (1987), Journal of Pharmacokinetics and Biopharmaceutics 15(6): two one-sided tests.
    Berger and Hsu (1996), Statistical Science 11(4): intersection-union tests.
    Holm (1979), Scandinavian Journal of Statistics 6(2).
    Kim and DeMets (1987), Biometrika 74(1): the power family of spending functions.
    Székely and Rizzo (2013), Journal of Statistical Planning and Inference 143(8): energy distance, and its permutation test.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

import numpy as np

from experiments.check.baseline import Margin, Sample
from experiments.check.exact_text import Values
from experiments.check.margins import SPREAD, ignored_of, usual_margin
from experiments.check.sampling import in_units

LEVEL = 0.05
"""Chance to call something equivalent that is beyond its margin, and chance to call anything different where nothing is."""
LOOKS = (0.25, 0.5, 1.0)
"""Shares of the replicates at which is looked."""
POWER = 0.9
"""Chance with which the replicates that are said to be needed would tell."""
RESAMPLES = 2999
"""Permutations of a test of distributions."""
DISTRIBUTION_MARGIN = 0.05
"""Mean distance between quantiles, in standard deviations of a person, below which a distribution has not moved."""
FEWEST_UNITS = 3
"""Units without which nothing is tested."""
MOSTLY = 0.5
"""Share of the units in which an outcome has to be defined, then and now, to be held to its margin."""
MOST_NEEDED = 1_000_000
"""Replicates above which their number is not told."""
ROUNDING = 1e-9
"""Share of the largest value below which differences are taken for those of numbers that were rounded."""
LUCK = 20_111
"""Seed of the permutations."""


class Verdict(StrEnum):
    """What is said of an outcome, and of a baseline."""

    SAME = "same"
    EQUIVALENT = "equivalent"
    DIFFERENT = "different"
    UNSURE = "cannot_tell"
    UNDEFINED = "undefined"
    """Of an outcome that is not defined in most units, then and now alike: nothing is said of it."""


class Tested(NamedTuple):
    """One outcome, or one distribution, at one look.

    Attributes:
        name: Its name.
        verdict: What is said of it.
        chosen: Whether it has to be equivalent.
        difference: Mean difference, now less baseline; of a distribution the mean distance between quantiles, in standard deviations of a person.
        low: Lower end of the interval at the level of the look, within the margin where it is equivalent; NaN of a distribution.
        high: Its upper end.
        margin: The largest difference that does not matter.
        ignored: The difference below which what is shown to differ does not count.
        p: Corrected p-value of no difference at all.
        units: How many units there were.
        needed: Replicates with which it could be told; None where it is told.
    """

    name: str
    verdict: Verdict
    chosen: bool
    difference: float
    low: float
    high: float
    margin: float
    ignored: float
    p: float
    units: int
    needed: int | None = None


@dataclass(frozen=True)
class Judgement:
    """What is said of a baseline.

    Attributes:
        verdict: Of all together.
        replicates: Replicates that were looked at.
        looks: At how many looks.
        tests: Every outcome and distribution.
        needed: Replicates with which it could be told, where it cannot be; None where nobody can say.
    """

    verdict: Verdict
    replicates: int = 0
    looks: int = 0
    tests: tuple[Tested, ...] = ()
    needed: int | None = None

    @property
    def passes(self) -> bool:
        """Whether nothing has to be done."""
        return self.verdict in (Verdict.SAME, Verdict.EQUIVALENT)

    def plain(self) -> dict[str, Any]:
        """Return the judgement as plain data for JSON."""
        tests = [{name: _plain(value) for name, value in one._asdict().items()} for one in self.tests]
        return {"verdict": str(self.verdict), "replicates": self.replicates, "looks": self.looks, "needed": self.needed, "tests": tests}


def replicates_at(look: int, most: int) -> int:
    """Return how many replicates are looked at: an even number, so that vectors are whole."""
    return min(most, 2 * math.ceil(LOOKS[look] * most / 2))


def level_at(look: int) -> float:
    """Return the part of the level that is spent at a look."""
    return LEVEL * (LOOKS[look] ** 2 - (LOOKS[look - 1] ** 2 if look else 0.0))


def judge(before: Sample, now: Sample, margins: Mapping[str, Margin], look: int, *, same_luck: bool = True) -> Judgement:
    """Compare two samples at a look.

    Args:
        before: The baseline's replicates, cut to those of the look.
        now: As many of now.
        margins: Name of a chosen value → its margin.
        look: Number of the look, from 0.
        same_luck: Whether replicate r has the same luck in both.
    """
    paired = same_luck or len(np.unique(before.vectors)) < before.replicates
    level, is_last = level_at(look), look == len(LOOKS) - 1
    every = (_test(name, before, now, margins.get(name), level, paired=paired) for name in before.at_end)
    raw = [one for one in every if one is not None]
    shapes = [one for name in before.persons if (one := _shape(name, before, now, paired=paired)) is not None]
    tests = [*_settled(raw, level), *_settled(shapes, level)]
    chosen = [one for one in tests if one.chosen]
    open_ones = [one for one in chosen if one.verdict is Verdict.UNSURE]
    if any(one.verdict is Verdict.DIFFERENT for one in tests):
        verdict = Verdict.DIFFERENT
    else:  # before the last look anything at all may still turn out to be different
        untold = open_ones if is_last else [one for one in tests if not _is_settled_early(one)]
        is_judged = any(one.verdict is not Verdict.UNDEFINED for one in chosen)
        verdict = Verdict.EQUIVALENT if is_judged and not untold else Verdict.UNSURE
    each = max(1, round(before.replicates / len(np.unique(before.vectors))))
    needed = [each * _units_needed(one, level) for one in open_ones] if verdict is Verdict.UNSURE and is_last else []
    told = None if not needed or max(needed) > MOST_NEEDED else max(before.replicates + 2, *needed)
    return Judgement(verdict, before.replicates, look + 1, tuple(tests), told)


def first_of(sample: Sample, replicates: int) -> Sample:
    """Return the first replicates of a sample."""
    at_end = {name: values[:replicates] for name, values in sample.at_end.items()}
    return Sample(replicates, at_end, {name: values[:replicates] for name, values in sample.persons.items()}, sample.vectors[:replicates])


def _is_settled_early(one: Tested) -> bool:
    """Tell whether no further look can find a difference that counts."""
    if one.verdict is Verdict.UNDEFINED:
        return True
    return one.difference == 0 if math.isnan(one.low) else max(-one.low, one.high) < one.ignored or one.low == one.high == 0


class _Spread(NamedTuple):
    """A difference with its standard error and degrees of freedom."""

    mean: float
    error: float
    freedom: float


def _test(name: str, before: Sample, now: Sample, margin: Margin | None, level: float, *, paired: bool) -> Tested | None:
    """Test one outcome; None where there is nothing to test: it is not defined then or now."""
    from scipy import special, stats

    chosen = margin is not None
    if name not in now.at_end:
        return Tested(name, Verdict.DIFFERENT, chosen, math.nan, math.nan, math.nan, math.nan, math.nan, 0.0, 0)
    then, today = in_units(before.at_end[name], before.vectors), in_units(now.at_end[name], before.vectors)
    largest = margin.value if margin is not None else usual_margin(before, name)
    is_declared = margin is not None and margin.declared != SPREAD
    ignored = largest if is_declared else ignored_of(before, name)
    defined = ~np.isnan(then), ~np.isnan(today)
    known = defined[0] & defined[1] if paired else np.ones(len(then), dtype=bool)
    untold = Verdict.UNSURE if min(float(np.mean(one)) for one in defined) >= MOSTLY else Verdict.UNDEFINED
    spread = _spread(then[known], today[known], paired=paired)
    if spread is None:  # too few values: whether it is defined is all that can be compared
        apart = int(np.sum(~defined[0] & defined[1])), int(np.sum(defined[0] & ~defined[1]))
        if sum(apart) == 0 and not chosen:
            return None
        p = float(stats.binomtest(apart[0], sum(apart)).pvalue) if sum(apart) else 1.0
        return Tested(name, untold, chosen, math.nan, -math.inf, math.inf, largest, ignored, p, int(np.sum(defined[0] & defined[1])))
    rounded = ROUNDING * float(np.nanmax(np.abs(np.concatenate([then, today]))))
    if spread.error <= rounded:  # all differ by the same: as likely as that many coins fall alike
        p, low, high = 0.5 ** (int(known.sum()) - 1) if abs(spread.mean) > rounded else 1.0, spread.mean, spread.mean
    else:
        p = float(2 * special.stdtr(spread.freedom, -abs(spread.mean) / spread.error))
        half = -float(special.stdtrit(spread.freedom, level)) * spread.error
        low, high = spread.mean - half, spread.mean + half
    verdict = Verdict.EQUIVALENT if (-largest < low and high < largest) or low == high == 0 else untold
    return Tested(name, verdict, chosen, spread.mean, low, high, largest, ignored, p, int(known.sum()))


def _spread(then: Values, today: Values, *, paired: bool) -> _Spread | None:
    """Return the mean difference of units with its standard error; None of too few."""
    if paired:
        if len(then) < FEWEST_UNITS:
            return None
        difference = today - then
        return _Spread(float(difference.mean()), float(np.std(difference, ddof=1)) / math.sqrt(len(difference)), len(difference) - 1.0)
    then, today = then[~np.isnan(then)], today[~np.isnan(today)]
    if min(len(then), len(today)) < FEWEST_UNITS:
        return None
    parts = [float(np.var(values, ddof=1)) / len(values) for values in (then, today)]
    total = sum(parts)
    freedom = total**2 / sum(part**2 / (len(values) - 1) for part, values in zip(parts, (then, today), strict=True)) if total else 1.0
    return _Spread(float(today.mean() - then.mean()), math.sqrt(total), freedom)


def _shape(name: str, before: Sample, now: Sample, *, paired: bool) -> Tested | None:
    """Test one distribution over persons by the energy distance between units; None where there is nobody."""
    from scipy import stats

    if name not in now.persons:
        return None
    then, today = in_units(before.persons[name], before.vectors), in_units(now.persons[name], before.vectors)
    known = ~np.isnan(then).any(axis=1) & ~np.isnan(today).any(axis=1)
    then, today = then[known], today[known]
    spread = float(np.std(then)) if then.size else 0.0
    if len(then) < FEWEST_UNITS or not spread > 0:
        return None
    chosen, margin = False, DISTRIBUTION_MARGIN
    distance = float(np.mean(np.abs(today.mean(axis=0) - then.mean(axis=0)))) / spread
    if distance == 0:
        return Tested(name, Verdict.EQUIVALENT, chosen, 0.0, math.nan, math.nan, margin, margin, 1.0, len(then))
    apart = distances(np.concatenate([then, today]))

    def energy(one: Any, other: Any, axis: int = -1) -> Any:  # noqa: ANN401, ARG001
        return energy_of(apart, one, other)

    places = np.arange(len(then)), np.arange(len(then), 2 * len(then))
    found = stats.permutation_test(
        places, energy, permutation_type="samples" if paired else "independent", vectorized=True, n_resamples=RESAMPLES, batch=1000,
        alternative="greater", rng=np.random.default_rng(LUCK),
    )  # fmt: skip
    return Tested(name, Verdict.UNSURE, chosen, distance, math.nan, math.nan, margin, margin, float(found.pvalue), len(then))


def distances(sketches: Values) -> Values:
    """Return the mean distance between persons of each two units, shape (units, units), from their quantiles, shape (units, quantiles)."""
    found: Values = np.stack([np.abs(one[None, :, None] - sketches[:, None, :]).mean(axis=(1, 2)) for one in sketches])
    return found


def energy_of(apart: Values, one: Any, other: Any) -> Any:  # noqa: ANN401
    """Return the squared energy distance between two pools of units.

    Args:
        apart: Distances between units.
        one: Numbers of the units of the one pool, shape (..., units).
        other: Those of the other.
    """
    weights = np.zeros((*np.shape(one)[:-1], len(apart)))
    np.put_along_axis(weights, one, 1.0 / np.shape(one)[-1], axis=-1)
    np.put_along_axis(weights, other, -1.0 / np.shape(other)[-1], axis=-1)
    return -np.sum((weights @ apart) * weights, axis=-1)


def _settled(tests: list[Tested], level: float) -> list[Tested]:
    """Correct the p-values of a family, which has half the level, and say what is different."""
    found = []
    for one, p in zip(tests, holm([one.p for one in tests]), strict=True):
        differs = p < level / 2 and not abs(one.difference) < one.ignored
        found.append(one._replace(p=p, verdict=Verdict.DIFFERENT if differs else one.verdict))
    return found


def holm(raw: Sequence[float]) -> list[float]:
    """Return p-values as Holm corrects them: the smallest times their number, the next times one less, and none below a smaller one's.

    The function of statsmodels looks through all objects of the process for rubbish each time, which takes longer than all else that is judged.

    Args:
        raw: The p-values, in any order.
    """
    smallest_first = np.argsort(raw)
    steps = np.asarray(raw)[smallest_first] * np.arange(len(raw), 0, -1)
    corrected = np.empty(len(raw))
    corrected[smallest_first] = np.minimum(np.maximum.accumulate(steps), 1.0)
    found: list[float] = corrected.tolist()
    return found


def _plain(value: object) -> object:
    """Return a value for JSON: None for what is no number there."""
    if isinstance(value, Verdict):
        return str(value)
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _units_needed(one: Tested, level: float) -> int:
    """Return with how many units an outcome that cannot be told would be told: equivalent, or, where it is beyond its margin, different."""
    from statsmodels.stats.power import TTestPower

    if one.units < FEWEST_UNITS or not math.isfinite(one.high - one.low) or one.high == one.low:
        return MOST_NEEDED + 1
    from scipy import stats

    error = (one.high - one.low) / 2 / float(stats.t.isf(level, one.units - 1))
    deviation = error * math.sqrt(one.units)
    room = one.margin - abs(one.difference)
    effect = (room if room > 0 else abs(one.difference)) / deviation
    if effect < 1e-3:
        return MOST_NEEDED + 1
    return max(FEWEST_UNITS, math.ceil(float(TTestPower().solve_power(effect_size=min(effect, 5.0), alpha=level, power=POWER, alternative="larger"))))
