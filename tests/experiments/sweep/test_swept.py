"""A sweep over a set of behaviours: three intervals to every number, in tables, files and figures, and marks that ask what the interval asks."""

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pytest

from experiments.sweep.estimating import Estimating
from experiments.sweep.figures.every import drawings_of
from experiments.sweep.figures.points import ALONE, difference_grid, estimate_grid
from experiments.sweep.figures.smoothing import average
from experiments.sweep.report import print_sweep
from experiments.sweep.summary import summary_of
from experiments.sweep.swept import Swept
from experiments.sweep.table import about_of
from experiments.sweep.told import told_apart
from sim.statistics import Kind, mean_interval
from sim.uncertainty import Lived, estimate_over
from tests.experiments.figures import words_of
from tests.experiments.sweep.tables import make_table

if TYPE_CHECKING:
    from experiments.shared.words import Language

AXIS, JOBS, ALL = "policy.lodging.free_nights", "employed_in_region", {"ignorance", "prediction", "simulation_error"}
LIVED = Lived(np.arange(20) // 2 % 128, 128)
SAID = {
    "en": ("How sure, ", "persons, 95 times in 100:", "(from 10 of 128 vectors)", " (differences), ± ", "given what is not known about behaviour"),
    "zh": ("有多确定（", "依据 128 组参数中的 10 组", "（差异），± ", "了解不足"),
}  # fmt: skip


def swept(replicates: int = 20, behaviour: str = "calibrated", effects: tuple[float, ...] = (0.0, 5.0, 60.0), **more: Any) -> pa.Table:
    return make_table([AXIS], [(3 * place,) for place in range(len(effects))], {JOBS: effects}, replicates=replicates, behaviour=behaviour, **more)


def test_levels_and_differences_have_the_intervals_of_what_is_not_known() -> None:
    found = Swept.of(swept())
    values = found.values(JOBS)
    assert (found.draws, found.numbers, found.levels(AXIS), values.shape) == (10, [0, 1, 2], [0, 3, 6], (3, 20))
    compared = found.compared(JOBS)
    assert compared is not None
    for one, other in zip(found.means(JOBS), estimate_over(values, LIVED, Kind.COUNT, -1), strict=True):
        np.testing.assert_array_equal(one, other)
    for one, other in zip(compared.estimate, estimate_over(values - values[0], LIVED, axis=-1), strict=True):
        np.testing.assert_array_equal(one, other)


def test_a_second_replicate_of_a_vector_that_says_the_same_makes_nothing_surer() -> None:
    once = np.random.default_rng(1).normal(9.0, 20.0, (4, 10))
    twice = np.repeat(once, 2, axis=-1)
    over = Estimating(LIVED)
    assert over.mean(twice).draws.tolist() == [10] * 4
    wide, narrow = over.estimate(twice), mean_interval(twice, -1)
    assert ((wide.high - wide.low) > 4.0 * (narrow.high - narrow.low)).all(), "the mean over replicates says little of what is not known"
    assert told_apart(twice, estimating=over).sum() <= told_apart(once).sum() < told_apart(np.repeat(once, 9, axis=-1)).sum()


def test_marks_are_right_about_what_is_not_known_all_points_together() -> None:
    """Vectors differ between points, luck is small: what the true vector does at each point is drawn as the others are."""
    generator, wrong = np.random.default_rng(5), 0
    for _ in range(400):
        true, effects = generator.normal(0.0, 10.0, (6, 1)), generator.normal(0.0, 10.0, (6, 10))
        values = np.repeat(effects, 2, axis=-1) + generator.normal(0.0, 3.0, (6, 20)) - true
        wrong += bool(told_apart(values, estimating=Estimating(LIVED)).any())
    assert wrong / 400 <= 0.05 + 3.0 * np.sqrt(0.05 * 0.95 / 400)
    assert told_apart(values + 200.0, estimating=Estimating(LIVED)).all()


def test_what_is_marked_leaves_out_zero() -> None:
    for number in range(6):
        compared = Swept.of(swept(luck_number=number, effects=tuple(np.linspace(-6, 6, 9)), noise=5.0)).compared(JOBS)
        assert compared is not None
        leaves_out = (compared.estimate.low > 0) | (compared.estimate.high < 0)
        assert not (compared.told & ~leaves_out).any()


def test_points_without_a_set_have_intervals_of_luck_alone() -> None:
    table = swept(without_set=(0, 1))
    found, values = Swept.of(table), Swept.of(table).values(JOBS)
    means, compared = found.means(JOBS), found.compared(JOBS)
    assert compared is not None
    luck = mean_interval(values, -1, kind=Kind.COUNT)
    assert (means.low[:2] == luck.low[:2]).all()
    assert means.low[2] == estimate_over(values, LIVED, Kind.COUNT, -1).low[2] < luck.low[2]
    assert np.isnan(means.error[:2]).all()
    assert compared.estimate.low[1] == mean_interval(values[1] - values[0]).low
    over = Swept.of(swept(without_set=(0, 1), reference=2)).compared(JOBS)
    assert over is not None
    assert over.estimate.low[1] == estimate_over(values[1] - values[2], LIVED).low, "the reference has one"
    points = {name: np.asarray(table[name].to_numpy()) for name in (AXIS, "replicate", JOBS)} | {ALONE: np.isin(table["point"], (0, 1))}
    assert (estimate_grid(points, [AXIS], JOBS, lived=found.lived).low == means.low).all()
    assert (difference_grid(points, [AXIS], JOBS, lived=found.lived)[0].told == compared.told).all()


def test_a_missing_value_is_no_loss_and_an_older_table_is_refused() -> None:
    table = swept(7)
    values = table[JOBS].to_numpy().copy()
    values[0] = np.nan  # of the first point the first replicate
    held = Swept.of(table.set_column(table.column_names.index(JOBS), table.schema.field(JOBS), pa.array(values)))
    assert (held.draws, held.estimating.mean(held.values(JOBS)).draws.tolist()) == (4, [4, 4, 4]), "the last vector has one replicate"
    assert held.means(JOBS).mean[0] == np.nanmean(held.values(JOBS)[0])
    text = table.schema.metadata[b"yizhan"].replace(b'"vectors_of_set": 128', b'"version_of": 1')
    with pytest.raises(ValueError, match="vectors_of_set"):
        about_of(table.schema.with_metadata({b"yizhan": text}))


def test_the_summary_has_all_three_intervals_of_each_point() -> None:
    table = swept()
    about, found = about_of(table.schema), Swept.of(table)
    summary = summary_of(table, about, [JOBS])
    assert summary["interval"] == {"of": "ignorance", "behaviour": "calibrated", "sha256": "", "vectors": 10, "vectors_of_set": 128}
    points, compared = summary["outcomes"][JOBS]["points"], found.compared(JOBS)
    assert compared is not None
    assert [point["point"] for point in points] == [0, 1, 2]
    assert "difference" not in points[0]
    for place in (1, 2):
        one = points[place]["difference"]
        assert set(one["intervals"]) == set(points[place]["intervals"]) == ALL
        assert one["intervals"]["ignorance"] == [one["low"], one["high"]] == [compared.estimate.low[place], compared.estimate.high[place]]
        assert one["intervals"]["prediction"] == [compared.estimate.least[place], compared.estimate.most[place]]
        assert (one["intervals"]["simulation_error"], one["told"]) == (compared.estimate.error[place], compared.told[place])
    plain = summary_of(swept(behaviour="evidence"), about_of(swept(behaviour="evidence").schema), [JOBS])
    assert plain["interval"] == {"of": "mean", "behaviour": "evidence"}
    assert "intervals" not in str(plain)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_table_and_the_figures_say_which_interval_they_show(capsys: pytest.CaptureFixture[str], language: "Language") -> None:
    print_sweep(swept(), [JOBS], language)
    text = " ".join(capsys.readouterr().out.split())
    assert [words for words in SAID[language] if words not in text] == []
    head = {"en": "what is not known", "zh": "（了解不足）"}[language]
    assert text.count(head) >= 2
    drawn = {name: draw() for name, draw in drawings_of(swept(), [JOBS], language).items()}
    for name, figure in drawn.items():
        assert figure is not None, name
        said = "".join("".join(words_of(figure)).split())
        assert {"en": "whatisnotknown,from10of128vectors", "zh": "了解不足，依据128组参数中的10组"}[language] in said, name
        assert {"en": "givenwhatisnotknownaboutbehaviour", "zh": "均已计入对行为的了解不足"}[language] in said, name


@pytest.mark.parametrize(("replicates", "words"), [(2, "One vector of the set"), (4, "2 vectors of the set"), (20, "from 10 of the 128 vectors")])
def test_how_many_vectors_is_said(capsys: pytest.CaptureFixture[str], replicates: int, words: str) -> None:
    print_sweep(swept(replicates), [JOBS], "en")
    text = " ".join(capsys.readouterr().out.split())
    assert words in text
    assert ("How sure" in text) == (replicates > 2)
    for name, draw in drawings_of(swept(replicates), [JOBS], "en").items():
        assert draw() is not None, name


def test_a_bootstrap_over_vectors_is_as_wide_as_what_is_not_known() -> None:
    over, values = Estimating(LIVED), np.repeat(np.random.default_rng(2).normal(0.0, 10.0, (1, 10)), 2, axis=-1)
    found = average(np.zeros(1, np.int64), over.vectors(values), over.mean(values).error)
    expected = over.mean(values).error[0] * 2.0 * 1.96
    assert found.high[0] - found.low[0] == pytest.approx(expected, rel=0.15)
