"""Figures of a sweep show what differs between its points, and only what can be told apart."""

from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from experiments.shared.figures.naming import is_rate, write_level
from experiments.sweep.figures.outcomes import draw_sweep, draw_sweep_difference
from experiments.sweep.figures.points import difference_grid, estimate_grid
from experiments.sweep.words import WORDS
from sim.numbers import write_parts
from sim.statistics import Kind, mean_interval
from tests.every import every
from tests.experiments.figures import LANGUAGES, axes_of, check_same_bytes, check_words_fit, find_by_id, words_of

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from experiments.shared.words import Language

pytestmark = pytest.mark.filterwarnings("error")
NIGHTS, RATE, SEATS, TALKS = "policy.lodging.free_nights", "rate", "seats", "talks"


def make_points(levels: dict[str, Any], replicates: int = 6) -> "dict[str, NDArray[Any]]":
    """Hires = 100 x sum of the places of the levels + luck that all points share + a little."""
    generator = np.random.default_rng(9)
    luck = 50.0 * generator.standard_normal(replicates)
    rows = [
        (
            *point,
            replicate,
            100.0 * sum(levels[key].index(value) for key, value in zip(levels, point, strict=True))
            + luck[replicate]
            + generator.standard_normal(),
        )
        for point in product(*levels.values())
        for replicate in range(replicates)
    ]
    names = (*levels, "replicate", "hires")
    columns = zip(*rows, strict=True)
    return {name: np.array(column) for name, column in zip(names, columns, strict=True)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_draws_without_a_warning_and_its_words_fit(language: "Language") -> None:
    labels = {NIGHTS: {"zh": "免费住宿夜数", "en": "Free nights"}}
    nights, rate = {NIGHTS: [0, 3, 6]}, {RATE: [0.03, 0.06]}
    three = nights | rate | {SEATS: ["少", "多"]}
    points = {len(axes): make_points(axes) for axes in (nights, nights | rate, three)}
    points[4] = make_points(three | {TALKS: [False, True]}, replicates=3)
    for draw in (draw_sweep, draw_sweep_difference):
        check_words_fit(
            (f"{draw.__name__} {axes}", draw(points[axes], [NIGHTS, RATE, SEATS, TALKS][:axes], "hires", language, labels)) for axes in points
        )


def test_the_same_figure_gives_the_same_bytes(tmp_path: Path) -> None:
    points = make_points({NIGHTS: [0, 3], RATE: [0.03, 0.06], SEATS: [1, 2]})
    check_same_bytes({"maps": lambda: draw_sweep_difference(points, [NIGHTS, RATE, SEATS], "hires", "zh")}, tmp_path)


def test_one_axis_is_a_curve_through_the_means_at_true_distances() -> None:
    points = make_points({NIGHTS: [0, 3, 14]})
    panel = axes_of(draw_sweep(points, [NIGHTS], "hires", "en"))[0]
    curve = panel.lines[-1]
    assert list(np.asarray(curve.get_xdata())) == [0.0, 3.0, 14.0]
    means = points["hires"].reshape(3, -1).mean(axis=1)
    np.testing.assert_allclose(np.asarray(curve.get_ydata()), means)
    assert len(np.asarray(panel.lines[0].get_ydata())) == len(points["hires"])
    assert panel.get_xlabel() == NIGHTS


def test_words_are_not_joined_by_a_line() -> None:
    points = make_points({"programme": ["none", "zibo", "chengyang"]})
    panel = axes_of(draw_sweep(points, ["programme"], "hires", "en"))[0]
    assert {line.get_linestyle() for line in panel.lines} <= {"None", "none"}
    ticks = [text.get_text() for text in panel.get_xticklabels()]
    assert ticks == ["none", "zibo", "chengyang"]


def test_two_axes_are_a_heat_map_with_a_number_in_each_cell() -> None:
    points = make_points({NIGHTS: [0, 3, 6, 14], RATE: [0.03, 0.045, 0.06]})
    figure = draw_sweep(points, [NIGHTS, RATE], "hires", "en")
    image = axes_of(figure)[0].images[0]
    assert image.get_array().shape == (3, 4)  # type: ignore[union-attr]
    cells = {text.xy: text.get_text() for text in find_by_id(figure, "cell")}
    assert len(cells) == len(find_by_id(figure, "interval")) == 12
    chosen = (points[NIGHTS] == 6) & (points[RATE] == 0.045)
    assert cells[2, 1] == write_parts(mean_interval(points["hires"][chosen], kind=Kind.COUNT))[0]


def test_a_hole_in_the_grid_stays_empty() -> None:
    points = make_points({NIGHTS: [0, 3, 6], RATE: [0.03, 0.06]})
    kept = ~((points[NIGHTS] == 3) & (points[RATE] == 0.06))
    points = {name: values[kept] for name, values in points.items()}
    assert len(find_by_id(draw_sweep(points, [NIGHTS, RATE], "hires", "en"), "cell")) == 5


def test_three_axes_are_heat_maps_on_one_scale() -> None:
    points = make_points({NIGHTS: [0, 3, 6], RATE: [0.03, 0.06], SEATS: [1, 2, 3, 4]})
    figure = draw_sweep(points, [NIGHTS, RATE, SEATS], "hires", "zh")
    images = [image for panel in axes_of(figure) for image in panel.images]
    assert len(images) == 4
    assert len({image.get_clim() for image in images}) == 1
    assert len(find_by_id(figure, "cell")) == 24


def test_four_axes_are_panels_of_curves() -> None:
    levels = {NIGHTS: [0, 3, 6], RATE: [0.03, 0.06], SEATS: [1, 2, 3], TALKS: [False, True]}
    figure = draw_sweep(make_points(levels), list(levels), "hires", "en")
    assert len(axes_of(figure)) == 6
    assert all(len(panel.lines) == 2 for panel in axes_of(figure))
    heads = [panel.get_title("left") for panel in axes_of(figure)]
    assert heads[1] == "seats = 2\ntalks = no"
    assert heads[3] == "seats = 1\ntalks = yes"


def make_noise(levels: dict[str, Any], replicates: int = 6) -> "dict[str, NDArray[Any]]":
    """Points at which nothing differs but luck."""
    points = make_points(levels, replicates)
    return points | {"hires": 100.0 + np.random.default_rng(4).standard_normal(len(points["hires"]))}


def coloured(figure: "Figure") -> int:
    """How many cells have a colour."""
    images = [image for panel in axes_of(figure) for image in panel.images]
    return sum(int((~np.ma.getmaskarray(image.get_array())).sum()) for image in images)  # type: ignore[arg-type]


@pytest.mark.parametrize("draw", [draw_sweep, draw_sweep_difference])
def test_what_cannot_be_told_apart_has_no_colour(draw: Any) -> None:
    levels = {NIGHTS: [0, 3, 6, 14], RATE: [0.03, 0.045, 0.06]}
    noise = draw(make_noise(levels), list(levels), "hires", "en")
    assert coloured(noise) == 0
    assert len(axes_of(noise)) == 1, "nor a scale of colours"
    assert any(text.startswith("No cell can be told apart.") for text in words_of(noise))
    told = draw(make_points(levels), list(levels), "hires", "en")
    assert coloured(told) >= 8
    one = draw_sweep(make_points(levels, replicates=1), list(levels), "hires", "en")
    assert coloured(one) == 0
    assert WORDS["cell_note_one"].split(";")[0] in " ".join(words_of(one)).replace("\n", " ")


def test_many_cells_are_asked_together() -> None:
    """Of forty cells that differ by luck alone, 95 % each would colour two."""
    levels = {NIGHTS: list(range(8)), RATE: [0.01, 0.02, 0.03, 0.04, 0.05]}
    alone = together = 0
    for number in range(20):
        points = make_points(levels) | {"hires": np.random.default_rng(number).standard_normal(40 * 6)}
        grid, _ = difference_grid(points, list(levels), "hires")
        alone += int(((grid.low > 0) | (grid.high < 0)).sum())
        together += bool(grid.told.any())
    assert alone > 20
    assert together <= 3


def test_levels_that_change_nothing_are_one_question() -> None:
    points = make_points({RATE: [0.03, 0.06]}, replicates=4)
    alone, _ = difference_grid(points, [RATE], "hires")
    many = {name: np.concatenate([values] * 20) for name, values in points.items()} | {NIGHTS: np.repeat(np.arange(20), 8)}
    together, _ = difference_grid(many, [NIGHTS, RATE], "hires")
    assert alone.told.tolist() == [False, True]
    assert together.told[:, 1].all()


def test_differences_of_three_and_four_axes_are_drawn() -> None:
    three = {NIGHTS: [0, 3], RATE: [0.03, 0.06], SEATS: [1, 2, 3]}
    figure = draw_sweep_difference(make_points(three), list(three), "hires", "en")
    assert len([panel for panel in axes_of(figure) if panel.images]) == 3
    assert words_of(figure).count(WORDS["reference"]) == 1
    four = three | {TALKS: [False, True]}
    curves = draw_sweep_difference(make_points(four), list(four), "hires", "en")
    assert len(axes_of(curves)) == 6
    assert len(find_by_id(curves, "hollow")) == 1, "the first point alone is not told from itself"


def test_rates_are_written_as_per_cent() -> None:
    labels = {RATE: {"en": "Rate", "zh": "年利率", "unit": "1/year"}, NIGHTS: {"en": "Intakes", "zh": "批次", "unit": "1/year"}}
    points = make_points({NIGHTS: [1, 4], RATE: [0.03, 0.1 + 0.2]})
    words = words_of(draw_sweep(points, [NIGHTS, RATE], "hires", "en", labels))
    assert {"3 %", "30 %", "1", "4"} <= set(words)
    assert "3%" in words_of(draw_sweep(points, [NIGHTS, RATE], "hires", "zh", labels))
    assert is_rate("x", [0.5], {"x": {"unit": "share"}})
    assert write_level("0.7000000000000001", "en") == "0.7"


def test_paired_differences_are_surer_than_means() -> None:
    points = make_points({NIGHTS: [0, 3, 6]})
    difference, reference = difference_grid(points, [NIGHTS], "hires")
    assert reference == (0,)
    assert difference.mean[0] == difference.low[0] == difference.high[0] == 0.0
    np.testing.assert_allclose(difference.mean, [0.0, 100.0, 200.0], atol=3.0)
    alone = estimate_grid(points, [NIGHTS], "hires")
    every(difference.high - difference.low < (alone.high - alone.low) / 5)


def test_differences_pair_by_replicate_and_not_by_the_order_of_rows() -> None:
    points = make_points({NIGHTS: [6, 0, 3]})
    order = np.concatenate(([0], 1 + np.random.default_rng(2).permutation(17)))
    mixed = {name: values[order] for name, values in points.items()}
    straight, reference = difference_grid(points, [NIGHTS], "hires")
    shuffled, _ = difference_grid(mixed, [NIGHTS], "hires")
    assert reference == (2,)  # the first point has the most nights
    np.testing.assert_allclose(shuffled.mean, straight.mean)
    np.testing.assert_allclose(shuffled.low, straight.low, atol=1e-9)


def test_the_difference_map_names_its_reference_and_is_white_at_zero() -> None:
    points = make_points({NIGHTS: [0, 3], RATE: [0.03, 0.06]})
    figure = draw_sweep_difference(points, [NIGHTS, RATE], "hires", "en")
    low, high = axes_of(figure)[0].images[0].get_clim()
    assert low == -high
    assert WORDS["reference"] in words_of(figure)
    assert len(find_by_id(figure, "interval")) == 3


def test_what_cannot_be_drawn_is_refused_with_a_reason() -> None:
    points = make_points({NIGHTS: [0, 3], RATE: [0.03, 0.06]})
    with pytest.raises(KeyError, match="no column 'nights'"):
        draw_sweep(points, ["nights"], "hires", "en")
    with pytest.raises(ValueError, match="at least one varied parameter"):
        draw_sweep(points, [], "hires", "en")
    with pytest.raises(ValueError, match="another parameter varies"):
        draw_sweep_difference(points, [NIGHTS], "hires", "en")
    with pytest.raises(ValueError, match="column 'replicate'"):
        difference_grid({NIGHTS: points[NIGHTS], "hires": points["hires"]}, [NIGHTS], "hires")


def test_few_replicates_are_said_in_every_figure_of_a_sweep() -> None:
    for levels in ({NIGHTS: [0, 3]}, {NIGHTS: [0, 3], RATE: [0.03, 0.06]}):
        for draw, replicates in product((draw_sweep, draw_sweep_difference), (4, 5)):
            words = " ".join(" ".join(words_of(draw(make_points(levels, replicates), list(levels), "hires", "en"))).split())
            assert ("4 replicates are too few" in words) == (replicates == 4)


def test_differences_that_are_nothing_lie_in_the_middle_of_whole_ticks() -> None:
    nothing = {name: np.zeros_like(column) if name == "hires" else column for name, column in make_points({NIGHTS: [0, 3]}, 3).items()}
    panel = axes_of(draw_sweep_difference(nothing, [NIGHTS], "hires", "en"))[0]
    assert list(panel.get_yticks()) == [-1.0, 0.0, 1.0]
    assert sum(panel.get_ylim()) == pytest.approx(0.0)
