"""Which figures a table of a sweep has, and that those of designs, of pairs of keys and of costs say no more than the table holds."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from experiments.shared.fonts import font_path
from experiments.sweep.figures import smoothing
from experiments.sweep.figures.every import drawings_of
from experiments.sweep.figures.interaction import interaction_of
from experiments.sweep.figures.panels import MOST_PANELS, draw_panels
from experiments.sweep.figures.plane import region_of
from experiments.sweep.figures.smoothing import average, smooth
from experiments.sweep.swept import Swept
from experiments.sweep.words import WORDS
from tests.every import every, some
from tests.experiments.figures import LANGUAGES, axes_of, check_same_bytes, check_words_fit, find_by_id, words_of
from tests.experiments.sweep.tables import BUDGET, FAIRS, NIGHTS, RATE, grid_of, make_table

if TYPE_CHECKING:
    import pyarrow as pa
    from matplotlib.figure import Figure

    from experiments.shared.words import Language

pytestmark = pytest.mark.filterwarnings("error")
EMPLOYED = "employed_in_region"
LEVELS: dict[str, list[Any]] = {NIGHTS: [3, 0, 14], RATE: [0.03, 0.06], BUDGET: [None, 1_250_000], "programme": ["zibo", "青岛"]}


@pytest.fixture(autouse=True)
def few_draws(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Let the bootstrap draw less often, except where its band is looked at."""
    if "smooth" not in request.node.name:
        monkeypatch.setattr(smoothing, "DRAWS", 20)




def grid(count: int, **more: Any) -> "pa.Table":
    """Return a grid of the first keys, in which the nights do something."""
    axes = list(LEVELS)[:count]
    points = grid_of({axis: LEVELS[axis] for axis in axes})
    effect = [10.0 * point[0] for point in points]
    return make_table(axes, points, {EMPLOYED: effect, "spending": effect}, **more)


def design(points: int = 30, keys: int = 3, **more: Any) -> "pa.Table":
    """Return a design in which only the first key does something, and another has two levels."""
    generator = np.random.default_rng(1)
    drawn = generator.random((points, keys))
    axes = [NIGHTS, RATE, FAIRS, *(f"policy.talks.key_{number}" for number in range(3, keys))][:keys]
    rows = [(round(20 * row[0], 1), round(0.06 * row[1], 4), 12 if row[2] > 0.5 else 4, *row[3:].round(2).tolist()) for row in drawn]
    effect = [8.0 * row[0] for row in rows]
    return make_table(axes, rows, {EMPLOYED: effect, "spending": effect}, design="latin_hypercube", **more)


def draw(table: "pa.Table", name: str, language: "Language" = "en") -> "Figure":
    figure = drawings_of(table, [EMPLOYED], language)[name]()
    assert figure is not None
    return figure


def text_of(figure: "Figure") -> str:
    return " ".join(" ".join(words_of(figure)).split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_of_a_sweep_fits_and_says_where_it_comes_from(language: "Language") -> None:
    tables = [
        (grid(1), ["_difference"]), (grid(2, missing=[3]), ["_interaction", "_plane"]), (grid(3, replicates=3, missing=[3]), ["_difference"]),
        (design(), ["_difference"]), (grid(4, replicates=2), ["_difference"]),
    ]  # fmt: skip
    figures = [(f"{number}{kind}", draw(table, EMPLOYED + kind, language)) for number, (table, kinds) in enumerate(tables) for kind in kinds]
    check_words_fit(figures)
    for name, figure in figures:
        (foot,) = find_by_id(figure, "foot")
        assert ("seed 7" if language == "en" else "随机种子 7") in foot.get_text(), name
        assert len(str(figure.get_label()).splitlines()) == 2, f"{name} has no words for those who cannot see it"


def test_every_character_is_in_the_font() -> None:
    from fontTools.ttLib import TTFont

    known = set(TTFont(font_path()).getBestCmap())
    written = "".join(text for words in WORDS.values() for text in (words, words.zh))
    assert {character for character in written if ord(character) not in known | {10}} == set()


def test_each_kind_of_sweep_has_its_figures() -> None:
    levels, difference, plane = EMPLOYED, f"{EMPLOYED}_difference", f"{EMPLOYED}_plane"
    assert set(drawings_of(grid(1), [EMPLOYED], "en")) == {levels, difference, plane}
    assert set(drawings_of(grid(2), [EMPLOYED], "en")) == {levels, difference, plane, f"{EMPLOYED}_interaction"}
    assert set(drawings_of(grid(3), [EMPLOYED], "en")) == {levels, difference, plane}
    assert set(drawings_of(design(), [EMPLOYED], "en")) == {levels, difference, plane}
    assert set(drawings_of(grid(2, replicates=1), [EMPLOYED], "en")) == {levels}, "one replicate tells no difference"
    assert set(drawings_of(grid(2, missing=[0]), [EMPLOYED], "en")) == {levels}, "nothing to compare with"
    cheap = make_table([NIGHTS], [[0], [3]], {EMPLOYED: [0, 9], "spending": [0, 0]}, noise=0.0)
    assert set(drawings_of(cheap, [EMPLOYED], "en")) == {levels, difference}, "spending is the same everywhere"
    undefined = make_table([NIGHTS], [[0], [3]], {"days_to_first_job": [np.nan, np.nan]})
    assert drawings_of(undefined, ["days_to_first_job"], "en") == {}


def test_what_is_compared_with_and_what_is_missing_is_said() -> None:
    text = text_of(draw(grid(2, reference=2, missing=[5]), f"{EMPLOYED}_difference"))
    assert "Compared with: nights free of charge 0; yearly rate of interest 3 %." in text
    assert "1 of the 6 points are missing" in text
    assert "Point 0, with which the others are to be compared, is missing" in text_of(draw(grid(1, missing=[0]), EMPLOYED))
    assert "现行方案" in text_of(draw(grid(2), f"{EMPLOYED}_difference", "zh"))


def test_a_missing_point_is_hatched() -> None:
    figure = draw(grid(2, missing=[5]), f"{EMPLOYED}_difference")
    assert len(find_by_id(figure, "missing")) == 1
    assert "Hatched: no value." in text_of(figure)
    assert find_by_id(draw(grid(2), f"{EMPLOYED}_difference"), "missing") == []


def test_a_curve_of_differences_has_the_band_of_all_points_around_that_of_each() -> None:
    figure = draw(grid(1), f"{EMPLOYED}_difference")
    (outer,) = find_by_id(figure, "together")
    heights = np.asarray(outer.get_paths()[0].vertices)[:, 1]
    compared = Swept.of(grid(1)).compared(EMPLOYED)
    assert compared is not None
    assert heights.min() < float(compared.estimate.low.min())
    assert heights.max() > float(compared.estimate.high.max())
    assert "95 % for all points together (Bonferroni)" in words_of(figure)
    two = make_table([NIGHTS], [[0], [3]], {EMPLOYED: [0, 9]})
    assert find_by_id(draw(two, f"{EMPLOYED}_difference"), "together") == [], "of one difference both are the same"


def interaction(effect: Any, seed: int, replicates: int = 8) -> np.ndarray[Any, Any]:
    """Return where two keys act together."""
    points = grid_of({"a": [0, 1, 2], "b": [0, 1, 2]})
    table = make_table(["a", "b"], points, {"wage_mean": [effect(a, b) for a, b in points]}, replicates=replicates, luck_number=seed)
    columns = {name: np.asarray(table[name].to_numpy()) for name in table.column_names}
    return interaction_of(columns, ["a", "b"], "wage_mean", 0).told


def test_an_interaction_is_found_where_there_is_one_and_hardly_elsewhere() -> None:
    false = sum(bool(interaction(lambda a, b: 30 * a + 50 * b, seed).any()) for seed in range(100))
    assert false <= 0.05 * 100 + 3 * np.sqrt(0.05 * 0.95 * 100)
    told = interaction(lambda a, b: 30 * a + 50 * b + 40 * (a == 2) * (b == 1), 1)
    assert told.tolist() == [[False] * 3, [False] * 3, [False, True, False]]


def test_lines_of_an_interaction_are_filled_where_they_differ() -> None:
    points = grid_of({NIGHTS: [0, 3, 14], RATE: [0.03, 0.06]})
    together = draw(make_table([NIGHTS, RATE], points, {EMPLOYED: [0, 0, 9, 9, 20, 90], "spending": [0] * 6}), f"{EMPLOYED}_interaction")
    alone = draw(make_table([NIGHTS, RATE], points, {EMPLOYED: [0, 5, 9, 14, 20, 25], "spending": [0] * 6}), f"{EMPLOYED}_interaction")
    hollow = [sum(len(line.get_xdata()) for line in find_by_id(figure, "hollow")) for figure in (together, alone)]
    assert hollow == [2, 4], "a dot in either panel: of two places, then of one"
    assert "2 places" in str(together.get_label())
    assert "all 2 together, Holm" in text_of(together)


def test_of_many_lines_some_are_drawn_and_it_is_said() -> None:
    points = grid_of({NIGHTS: list(range(12)), RATE: [0.03, 0.06]})
    table = make_table([NIGHTS, RATE], points, {EMPLOYED: [0] * 24, "spending": [0] * 24}, reference=4)
    figure = draw(table, f"{EMPLOYED}_interaction")
    legend = axes_of(figure)[1].get_legend()
    assert legend is not None
    labels = [text.get_text() for text in legend.get_texts()]
    assert len(labels) == 6
    assert "2" in labels, "with that of the reference"
    assert "nights free of charge: 6 of 12 values are drawn." in text_of(figure)


def test_a_smooth_curve_is_near_the_truth_and_its_band_holds_it() -> None:
    inside = []
    for number in range(12):
        generator = np.random.default_rng(number)
        levels = generator.random(60)
        truth = 10.0 * levels
        values = truth[:, None] + generator.normal(0, 3, (60, 1)) + generator.normal(0, 2, (1, 8)) + generator.normal(0, 1, (60, 8))
        found = smooth(levels, values)
        inside.append(((found.low <= 10.0 * found.places) & (10.0 * found.places <= found.high)).mean())
        every(found.low <= found.high)
    assert np.mean(inside) > 0.85, "that of each place by itself, over its luck and that of the points"
    assert smooth(levels, values).mean.tolist() == found.mean.tolist()
    assert smooth(levels, values).low.tolist() == found.low.tolist(), "the same table, the same band"


def test_an_average_at_a_level_is_the_average() -> None:
    levels, values = np.array([0, 0, 1, 1, 1]), np.array([[1.0], [3.0], [4.0], [6.0], [np.nan]])
    found = average(levels, values)
    assert found.mean.tolist() == [2.0, 5.0]
    every(found.low <= found.mean)


def test_points_of_a_design_have_a_colour_only_where_they_are_told() -> None:
    table = design()
    compared = Swept.of(table).compared(EMPLOYED)
    assert compared is not None
    assert 0 < compared.told.sum() < 29
    panels = axes_of(draw(table, f"{EMPLOYED}_difference"))
    assert len(panels) == 3
    for panel in some(panels):
        counts = {line.get_gid(): len(line.get_xdata()) for line in panel.lines if line.get_gid() in ("told", "untold", "reference")}
        assert counts == {"told": int(compared.told.sum()), "untold": 29 - int(compared.told.sum()), "reference": 1}
    assert [bool([line for line in panel.lines if line.get_gid() == "curve"]) for panel in panels] == [True, True, False], "two levels have no curve"
    noise = make_table([NIGHTS], [[night / 2] for night in range(30)], {EMPLOYED: [0] * 30, "spending": [0] * 30}, design="points")
    assert find_by_id(draw(noise, f"{EMPLOYED}_difference"), "told")[0].get_xdata().tolist() == []


def test_few_points_have_no_curve() -> None:
    figure = draw(design(12), f"{EMPLOYED}_difference")
    assert find_by_id(figure, "curve") == []
    assert "A curve needs 20 points at least." in text_of(figure)
    assert "Local average (LOWESS) and its 95 % interval" not in words_of(figure)


def test_of_many_keys_those_that_do_most_have_a_panel_and_the_others_are_named() -> None:
    figure = draw(design(keys=15), f"{EMPLOYED}_difference")
    panels = [panel.get_xlabel().replace("\n", " ") for panel in axes_of(figure)]
    assert len(panels) == MOST_PANELS
    assert "nights free of charge" in panels
    left_out = text_of(figure).split("Not drawn, since their curves move least: ")[1].split(".")[0].split(", ")
    assert len(left_out) == 3
    assert set(left_out).isdisjoint(panels)


def test_a_grid_with_too_many_panels_is_drawn_key_by_key() -> None:
    levels: dict[str, list[Any]] = {NIGHTS: [0, 3], RATE: [0.03, 0.06], FAIRS: list(range(5)), "policy.talks.size": list(range(6))}
    points = grid_of(levels)
    table = make_table(list(levels), points, {EMPLOYED: [point[0] for point in points], "spending": [0] * len(points)}, replicates=2)
    figure = draw(table, f"{EMPLOYED}_difference")
    assert len(axes_of(figure)) == 4
    assert "In each panel all other keys vary, too" in text_of(figure)


def test_the_region_of_two_means_holds_them_nineteen_times_in_twenty() -> None:
    generator = np.random.default_rng(2)
    held = 0
    for _ in range(400):
        pair = generator.multivariate_normal((5.0, -2.0), [[4.0, 1.5], [1.5, 1.0]], 6).T
        found = region_of(pair)
        assert found is not None
        width, height, angle = found
        turn = np.radians(angle)
        away = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]]) @ (np.array([5.0, -2.0]) - pair.mean(axis=1))
        held += (away[0] / width) ** 2 + (away[1] / height) ** 2 <= 0.25
    assert abs(held / 400 - 0.95) < 3 * np.sqrt(0.95 * 0.05 / 400)
    assert region_of(np.ones((2, 6))) is None
    assert region_of(generator.normal(size=(2, 2))) is None


def test_the_plane_names_its_corners_and_says_what_it_is_not() -> None:
    figure = draw(grid(1), f"{EMPLOYED}_plane")
    corners = [text.get_text() for text in find_by_id(figure, "quadrant")]
    assert corners == ["costs more, higher", "costs more, lower", "saves, higher", "saves, lower"]
    assert "They are no account of net additional jobs" in text_of(figure)
    assert "yizhan compare" in text_of(figure)
    assert len(find_by_id(figure, "region")) == 2
    assert [len(dots.get_xdata()) for dots in find_by_id(figure, "replicate")] == [6, 6]
    swept = Swept.of(grid(1))
    compared = swept.compared(EMPLOYED)
    assert compared is not None
    drawn = sorted(float(dot.get_ydata()[0]) for dot in [*find_by_id(figure, "told"), *find_by_id(figure, "untold")])
    np.testing.assert_allclose(drawn, sorted(compared.estimate.mean[1:]))
    noise = make_table([NIGHTS], [[0], [3]], {EMPLOYED: [0, 0], "spending": [0, 500]})
    assert len(find_by_id(draw(noise, f"{EMPLOYED}_plane"), "untold")) == 1
    chosen = make_table([NIGHTS], [[0], [3]], {EMPLOYED: [0, 0], "spending": [0, 5], "hires": [0, 5], "startups_alive": [1, 2]})
    names = set(drawings_of(chosen, ["spending", "hires", "startups_alive"], "en"))
    assert {name for name in names if name.endswith("_plane")} == {f"{EMPLOYED}_plane", "hires_plane"}


def test_the_same_table_gives_the_same_figures(tmp_path: Path) -> None:
    names = {"design": (design(20), f"{EMPLOYED}_difference"), "lines": (grid(2), f"{EMPLOYED}_interaction")}
    check_same_bytes({kind: lambda table=table, name=name: draw(table, name, "zh") for kind, (table, name) in names.items()}, tmp_path)


def test_differences_without_a_reference_are_refused() -> None:
    from experiments.sweep.figures.outcomes import UNKNOWN

    with pytest.raises(ValueError, match="is missing"):
        draw_panels(Swept.of(design(missing=[0])), EMPLOYED, "en", UNKNOWN, difference=True)
