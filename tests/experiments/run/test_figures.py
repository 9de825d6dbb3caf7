"""Figures of a run: its days, its stations and its funnels."""

import re
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from experiments.run.figures.daily import draw_employment_and_arrivals, draw_station_occupancy
from experiments.run.figures.funnel import draw_funnels
from experiments.shared.figures.spending import draw_spending
from experiments.shared.figures.style import GREY
from experiments.shared.figures.text import WORDS
from sim.numbers import write_estimate
from sim.reported import ReportedFigure
from sim.statistics import Kind, mean_interval
from sim.uncertainty import Lived, interval_over
from tests.experiments.figures import LANGUAGES, axes_of, check_same_bytes, check_words_fit, find_by_id, make_run, words_of

if TYPE_CHECKING:
    from experiments.shared.words import Language

pytestmark = pytest.mark.filterwarnings("error")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_draws_without_a_warning_and_its_words_fit(language: "Language") -> None:
    run = make_run()
    every = (draw_employment_and_arrivals, draw_station_occupancy, draw_spending, draw_funnels)
    check_words_fit((draw.__name__, draw(run, language)) for draw in every)


def test_the_same_figure_gives_the_same_bytes(tmp_path: Path) -> None:
    check_same_bytes({"funnels": lambda: draw_funnels(make_run(), "zh")}, tmp_path)


def test_english_figures_hold_no_chinese_and_chinese_ones_do() -> None:
    chinese = re.compile(r"[\u4e00-\u9fff]")
    run = make_run()
    english = draw_employment_and_arrivals(run, "en")
    assert [text for text in words_of(english) if chinese.search(text)] == []
    written = "".join(words_of(draw_employment_and_arrivals(run, "zh")))
    assert "淄博“六大行动”" in written


def test_bands_are_the_interval_and_of_many_replicates_the_spread() -> None:
    few, many = make_run(), make_run(12)
    assert [len(axes_of(draw_employment_and_arrivals(run, "en"))[1].collections) for run in (few, many)] == [1, 2]
    panel = axes_of(draw_employment_and_arrivals(many, "en"))[1]
    estimate = mean_interval(many.series["employed_in_region"], kind=Kind.COUNT)
    np.testing.assert_allclose(np.asarray(panel.lines[0].get_ydata()), estimate.mean)
    wide, narrow = (np.asarray(band.get_paths()[0].vertices)[:, 1] for band in panel.collections)
    for edge in (estimate.low, estimate.high):
        assert np.isclose(narrow, edge[-1]).any()
    low, high = np.quantile(many.series["employed_in_region"], (0.05, 0.95), axis=0)
    assert np.isclose(wide, low[-1]).any()
    assert np.isclose(wide, high[-1]).any()


@pytest.mark.parametrize(("language", "said"), [("en", "given what is not known"), ("zh", "已计入了解不足")])
def test_over_a_set_of_behaviours_bands_are_what_is_not_known(language: "Language", said: str) -> None:
    alone = make_run(12)
    lived = Lived(np.arange(12) // 2, 100)
    figure = draw_employment_and_arrivals(replace(alone, lived=lived), language)
    assert any(said in text for text in words_of(figure))
    estimate = interval_over(alone.series["employed_in_region"], lived, Kind.COUNT)
    narrow = np.asarray(axes_of(figure)[1].collections[1].get_paths()[0].vertices)[:, 1]
    assert np.isclose(narrow, estimate.high[-1]).any()
    (foot,) = find_by_id(figure, "foot")
    assert ("6 of 100 vectors" if language == "en" else "100 组参数中的 6 组") in foot.get_text()


def test_one_replicate_has_a_line_and_no_band() -> None:
    figure = draw_employment_and_arrivals(make_run(replicates=1), "en")
    assert all(not panel.collections for panel in axes_of(figure))
    assert not any("95 %" in text for text in words_of(figure))
    assert any("no interval" in text for text in words_of(figure))


def test_a_run_of_one_day_can_be_drawn() -> None:
    run = make_run()
    short = replace(run, series={name: values[:, :1] for name, values in run.series.items()}, dates=run.dates[:1])
    for draw in (draw_employment_and_arrivals, draw_station_occupancy, draw_spending):
        assert draw(short, "en") is not None


def test_an_axis_begins_at_zero_or_says_that_it_does_not() -> None:
    rate, employed, arrivals = axes_of(draw_employment_and_arrivals(make_run(), "en"))
    assert arrivals.get_ylim()[0] == 0
    assert find_by_id(arrivals, "cut") == []  # type: ignore[arg-type]
    for panel in (rate, employed):
        assert panel.get_ylim()[0] > 0
        assert find_by_id(panel, "cut")  # type: ignore[arg-type]
        assert panel.get_title("right") == WORDS["axis_cut"]


def test_graduations_are_marked_and_explained() -> None:
    figure = draw_employment_and_arrivals(make_run(), "en")
    assert len(find_by_id(figure, "graduation")) == 3
    assert any("graduation" in text for text in words_of(figure))
    never = replace(make_run(), scenario=SimpleNamespace(place="zibo", population=SimpleNamespace(graduation_month=6, graduation_day=22)))
    assert find_by_id(draw_employment_and_arrivals(never, "en"), "graduation") == []


def test_a_missing_series_is_named() -> None:
    run = make_run()
    del run.series["arrivals"]
    with pytest.raises(KeyError, match="no daily series 'arrivals'"):
        draw_employment_and_arrivals(run, "en")


def test_stations_show_only_districts_with_beds_and_their_use() -> None:
    figure = draw_station_occupancy(make_run(), "en")
    assert figure is not None
    assert len(axes_of(figure)) == 1
    assert "Zhangdian" in words_of(figure)
    assert "25 % in use on average" in words_of(figure)


def test_stations_of_several_districts_have_a_panel_for_all() -> None:
    run = make_run()
    run.series["station_beds_open.linzi"][:, 30:] = 20.0
    figure = draw_station_occupancy(run, "zh")
    assert figure is not None
    assert len(axes_of(figure)) == 3
    everything = axes_of(figure)[0]
    assert everything.get_title("left") == WORDS["all_districts"].zh
    opened = everything.lines[1].get_ydata()
    assert (opened[0], opened[-1]) == (20.0, 40.0)  # type: ignore[index]


def test_no_bed_no_figure_and_no_money_no_figure() -> None:
    run = make_run()
    names = ("employment_rate", "station_beds_open.linzi", "spending.equity")
    empty = replace(run, series={name: run.series[name] for name in names})
    assert draw_station_occupancy(empty, "en") is None
    assert draw_spending(empty, "en") is None
    assert draw_funnels(replace(run, outcomes={"posts_opened": np.zeros(8)}), "en") is None


def test_funnels_leave_out_what_nobody_entered_and_mark_what_was_reported() -> None:
    figure = draw_funnels(make_run(), "en")
    assert figure is not None
    assert [text for text in words_of(figure) if text in (WORDS["market"], WORDS["market"].zh)] == []
    markers = find_by_id(figure, "reported")
    assert len(markers) == 1
    values = np.asarray(markers[0].get_xdata())
    assert values[np.isfinite(values)].tolist() == [1624.0]
    assert "1,624" in words_of(figure)


def test_a_reported_figure_that_shows_nothing_is_grey_and_named_so() -> None:
    chosen = ReportedFigure(outcome="campus_cvs", value=1624.0, source="x", chosen=True)
    figure = draw_funnels(replace(make_run(), reported_figures={"campus_cvs": chosen}), "en")
    assert figure is not None
    assert find_by_id(figure, "reported") == []
    assert [marker.get_markeredgecolor() for marker in find_by_id(figure, "reported_apart")] == [GREY]
    assert WORDS["reported_apart"] in words_of(figure)


def test_funnels_without_reported_figures_have_no_marker() -> None:
    figure = draw_funnels(replace(make_run(), reported={}), "en")
    assert figure is not None
    assert find_by_id(figure, "reported") == []
    assert WORDS["reported"] not in words_of(figure)


def test_conversion_is_the_ratio_of_the_means() -> None:
    run = make_run()
    outcomes = {"campus_posts": np.full(4, 200.0), "campus_cvs": np.array([40.0, 60, 40, 60])}
    outcomes |= {"campus_intents": np.full(4, 2.0), "campus_hires": np.zeros(4)}
    figure = draw_funnels(replace(run, outcomes=outcomes), "en")
    assert figure is not None
    written = words_of(figure)
    assert {"25 %", "4 %", "0 %", write_estimate(mean_interval(outcomes["campus_cvs"], kind=Kind.COUNT))} <= set(written)
