"""Figures of a comparison show paired differences, the account, costs, groups and what each lever contributes."""

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from experiments.compare.figures.account import waterfall
from experiments.compare.figures.attribution import draw_attribution
from experiments.compare.figures.dots import draw_dot
from experiments.compare.figures.shown import Shown, colours_of
from experiments.compare.words import NONE, names_of
from experiments.shared.figures.saving import save_figure
from experiments.shared.figures.style import new_figure
from experiments.shared.figures.text import WORDS
from sim.results import GROUPS
from sim.statistics import RatioInterval, mean_interval
from sim.uncertainty import Lived
from tests.experiments.compare.compared import LABELS, STOCKS, draw_comparison, drawings, make_attribution, make_comparison, shown_of
from tests.experiments.figures import LANGUAGES, axes_of, check_same_bytes, check_words_fit, find_by_id, words_of

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from experiments.shared.words import Language

pytestmark = pytest.mark.filterwarnings("error")


@pytest.fixture(scope="module")
def alone() -> "dict[str, Figure]":
    """The figures of one variant."""
    return draw_comparison(make_comparison(), STOCKS, "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_draws_without_a_warning_and_its_words_fit(language: "Language") -> None:
    check_words_fit(draw_comparison(make_comparison(), STOCKS, language, LABELS).items())
    several = drawings(make_comparison(5), STOCKS[:1], language, LABELS)
    check_words_fit((name, several[name]()) for name in ("differences", "groups", "variants", "with_and_without", "account_variant_4"))
    attributions = (make_attribution(15), make_attribution(3, (1.0, 0.0, 1.0)))
    check_words_fit(("attribution", draw_attribution(one, shown_of(make_comparison(), language))) for one in attributions)


def test_the_same_figure_gives_the_same_bytes(tmp_path: Path) -> None:
    beside = drawings(make_comparison(2), STOCKS[:1], "zh")
    attribution = {"attribution": lambda: draw_attribution(make_attribution(5), shown_of(make_comparison(), "zh"))}
    check_same_bytes({"differences": beside["differences"]} | attribution, tmp_path)


def test_a_comparison_has_its_figures(alone: "dict[str, Figure]") -> None:
    assert set(alone) == {"differences", "with_and_without", "groups", "account", "spending"}
    several = draw_comparison(make_comparison(2), STOCKS[:1], "en")
    each = {f"{kind}_variant_{place}" for kind in ("account", "spending") for place in (0, 1)}
    assert set(several) == {"differences", "with_and_without", "groups", "variants"} | each


def test_differences_are_paired_and_cross_no_gap() -> None:
    comparison = make_comparison()
    panel = axes_of(drawings(comparison, STOCKS, "en")["differences"]())[0]
    given = comparison.variants["variant_0"].results.series["employed_in_region"]
    estimate = mean_interval(given - comparison.baseline.series["employed_in_region"])
    np.testing.assert_allclose(np.asarray(panel.lines[0].get_ydata()), estimate.mean)
    band = np.asarray(panel.collections[0].get_paths()[0].vertices)[:, 1]
    assert np.isclose(band, estimate.low[-1]).any()
    assert np.isclose(band, estimate.high[-1]).any()
    assert [line for line in panel.lines if set(np.asarray(line.get_ydata()).tolist()) == {0.0}]


def test_outcomes_asked_for_are_drawn() -> None:
    comparison = make_comparison()
    two = draw_comparison(comparison, ["startup_jobs", "wage_mean", "startups_alive"], "en")
    assert len(axes_of(two["differences"])) == 2
    assert "differences" not in draw_comparison(comparison, ["wage_mean"], "en")


def test_the_waterfall_starts_at_gross_and_ends_at_net_additional() -> None:
    above, below = waterfall(make_comparison().variants["variant_0"].accounts["jobs"])
    assert [(bar.start, bar.end) for bar in above] == [(0, 2100), (2100, 40), (0, 40)]
    assert [(bar.start, bar.end) for bar in below] == [(0, 40), (40, 15), (15, 25), (0, 25)]
    for bar, after in (*pairwise(above), *pairwise(below)):
        assert bar.end in (after.start, after.end), "each bar goes on where the one before ended"


def test_the_interval_of_a_row_is_drawn_around_its_own_value() -> None:
    comparison = make_comparison()
    beside = axes_of(drawings(comparison, STOCKS, "en")["account"]())[2]
    dots = [float(np.asarray(line.get_xdata())[0]) for line in beside.lines if line.get_marker() == "o"]
    assert dots == pytest.approx([40, 25, 10, 25])
    (lost,) = (np.asarray(line.get_xdata()) for line in beside.lines[2:3])
    assert lost[0] < 25 < lost[1], "not from where the bar ends, at 15"


def test_titles_name_programme_variant_and_baseline() -> None:
    comparison = make_comparison(2)
    several = drawings(comparison, STOCKS, "zh", LABELS, baseline="variant_7")["account_variant_1"]()
    assert several.get_suptitle().replace("\n", "") == "淄博“六大行动”，1 晚：从总数到净增就业（对照：7 晚）"
    alone = drawings(make_comparison())["account"]()
    assert alone.get_suptitle() == "Zibo: from gross to net additional jobs, against no programme"


def test_a_variant_keeps_its_colour_whatever_the_baseline() -> None:
    labels = {name: LABELS[name] for name in ("variant_0", "variant_1", "variant_2")}
    comparison = make_comparison(3)
    against_none = Shown(comparison, names_of(labels, NONE, against_none=True), "en", list(labels)).colours
    rest = replace(comparison, variants={name: comparison.variants[name] for name in ("variant_1", "variant_2")})
    against_first = Shown(rest, names_of(labels, "variant_0", against_none=False), "en", list(labels)).colours
    assert against_none["variant_2"] == against_first["variant_2"]
    assert len(set(colours_of(list("abcdefghi")).values())) == 9


def test_a_cost_without_end_does_not_flatten_the_others() -> None:
    comparison = make_comparison(3)
    found = [(2e4, 1e4, 3e4), (5e5, 1e5, 1e7), (1.0, np.nan, np.nan)]
    ratios = {name: RatioInterval(*ratio, defined=ratio[1] > 0) for name, ratio in zip(comparison.variants, found, strict=True)}
    object.__setattr__(comparison, "cost_per", lambda name, _kind="jobs": ratios[name])
    figure = drawings(comparison, STOCKS, "en")["variants"]()
    costs = axes_of(figure)[2]
    assert costs.get_xlim() == (0.0, pytest.approx(1.06 * 180))
    assert len(find_by_id(figure, "beyond")) == 1
    assert any(text.startswith("500 [100 … 10,000]") for text in words_of(figure))
    assert {WORDS["variants_untold"], WORDS["variants_cut"]} <= set(words_of(figure))


def test_the_account_says_what_it_leaves_out() -> None:
    figure = drawings(make_comparison(), STOCKS, "en")["account"]()
    words = words_of(figure)
    assert any("130 others lost work and as many others found it" in text for text in words)
    assert any(text == "2,100.0 [2,099.2 … 2,100.8]" for text in words)


def test_a_dot_is_hollow_where_nothing_can_be_told() -> None:
    panel = axes_of(drawings(make_comparison(), STOCKS, "en")["groups"]())[0]
    faces = [line.get_markerfacecolor() for line in panel.lines if line.get_marker() == "o"]
    assert len(faces) == sum(map(len, GROUPS.values()))
    assert "white" in faces
    assert len(set(faces)) == 2


def test_a_comparison_of_nothing_and_of_one_pair_can_be_drawn() -> None:
    assert set(draw_comparison(make_comparison(size=0.0), STOCKS, "zh")) == {"differences", "with_and_without"}
    one = draw_comparison(make_comparison(2, replicates=1), STOCKS, "en")
    for figure in one.values():
        assert not any("95 %" in text for text in words_of(figure))
    assert any("cannot be told" in text for text in words_of(one["variants"]))
    panels = axes_of(drawings(make_comparison(8), STOCKS[:2])["differences"]())
    assert len(panels) == 8 * 2, "a panel a variant"
    assert len({panel.lines[-2].get_color() for panel in panels}) == 8


def test_dots_of_counts_are_full() -> None:
    from matplotlib.colors import to_rgb

    panel = new_figure(2.0, "").subplots()
    for row, filled in enumerate((True, False)):
        draw_dot(panel, mean_interval(np.array([0.0, 1.0, -1.0])), row, "red", filled=filled)
    faces = [to_rgb(line.get_markerfacecolor()) for line in panel.lines if line.get_marker() == "o"]  # type: ignore[arg-type]
    assert faces == [to_rgb("red"), to_rgb("white")]


def test_every_figure_says_where_it_comes_from(alone: "dict[str, Figure]") -> None:
    for name, figure in alone.items():
        (foot,) = find_by_id(figure, "foot")
        which = "intervals: luck of the simulation alone"
        assert re.fullmatch(rf"zibo · seed 7 · 6 (pairs of worlds|replicates) · {which} · Yizhan \d+\.\d+\.\d+", foot.get_text()), name


def test_figures_say_what_they_show_to_those_who_cannot_see_them(tmp_path: Path) -> None:
    from PIL import Image

    raster, vector = save_figure(drawings(make_comparison(), STOCKS, "zh")["account"](), tmp_path, "account")
    says = "受服务者期末在岗 2,100.0 [2,099.2 … 2,100.8] 人"
    drawn = vector.read_text(encoding="utf-8")
    assert "<title>淄博“六大行动”：从总数到净增就业（对照：没有方案）</title>" in drawn
    assert f"<desc>{says}" in drawn
    with Image.open(raster) as image:
        assert image.text["Description"].startswith(says)  # type: ignore[attr-defined]


def test_differences_that_are_nothing_lie_in_the_middle_of_whole_ticks() -> None:
    panel = axes_of(drawings(make_comparison(size=0.0), STOCKS[:1])["differences"]())[0]
    assert list(panel.get_yticks()) == [-1.0, 0.0, 1.0]
    assert sum(panel.get_ylim()) == pytest.approx(0.0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_over_a_set_of_behaviours_every_figure_says_what_its_intervals_bound(language: "Language") -> None:
    made = make_comparison(2)
    lived = Lived(np.arange(6) // 2, 120)
    arms = {name: replace(variant, results=replace(variant.results, lived=lived)) for name, variant in made.variants.items()}
    over_a_set = replace(made, baseline=replace(made.baseline, lived=lived), variants=arms)
    for name in ("differences", "account_variant_0", "spending_variant_0"):
        words = " ".join(words_of(drawings(over_a_set, STOCKS[:1], language)[name]()))
        assert ("依据 120 组参数中的 3 组" if language == "zh" else "what is not known, from 3 of 120 vectors") in words, name
    whole, alone = (waterfall(made.variants["variant_0"].accounts["jobs"], of)[1][-1].estimate for of in (lived, None))
    assert whole.mean == alone.mean
    assert whole.high - whole.low > alone.high - alone.low
