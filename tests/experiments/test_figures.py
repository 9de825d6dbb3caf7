"""Figures show what the numbers say, in both languages, with every glyph and the same bytes."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations, pairwise, product
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from experiments.compare.figures.account import waterfall
from experiments.compare.figures.attribution import draw_attribution
from experiments.compare.figures.every import drawings_of
from experiments.compare.figures.shown import Shown, colours_of
from experiments.compare.words import NONE, names_of
from experiments.run.figures.daily import draw_employment_and_arrivals, draw_station_occupancy
from experiments.run.figures.funnel import draw_funnels
from experiments.shared.figures.naming import is_rate, origin_of, outcome_form, outcome_label, write_level
from experiments.shared.figures.saving import save_figure
from experiments.shared.figures.spending import draw_spending
from experiments.shared.figures.style import folded, new_figure, put_below, styled
from experiments.shared.figures.text import WORDS
from experiments.shared.fonts import FONT_FAMILY, font_path
from experiments.sweep.figures.outcomes import draw_sweep, draw_sweep_difference
from experiments.sweep.figures.points import difference_grid, estimate_grid
from sim.attribution import MEASURES, Attribution
from sim.levers import LEVER_LABELS
from sim.numbers import money_form, write, write_estimate, write_parts
from sim.outcomes import OUTCOMES
from sim.results import GROUP_LABELS, GROUPS
from sim.statistics import Kind, RatioInterval, mean_interval, ratio_interval
from tests.every import every, some

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.text import Text
    from numpy.typing import NDArray

    from experiments.shared.words import Labels, Language

pytestmark = pytest.mark.filterwarnings("error")
LANGUAGES: "tuple[Language, ...]" = ("zh", "en")
NIGHTS, RATE, SEATS, TALKS = "policy.lodging.free_nights", "rate", "seats", "talks"
DAYS = 60


@dataclass(frozen=True)
class Run:
    """The part of `Results` that figures read, with numbers made here."""

    series: "dict[str, NDArray[np.float64]]"
    outcomes: "dict[str, NDArray[np.float64]]"
    dates: "NDArray[np.datetime64]" = field(
        default_factory=lambda: np.datetime64("2021-01-01") + np.arange(DAYS)
    )
    reported: dict[str, float] = field(default_factory=dict)
    name: str = "zibo"
    seed: int = 7
    scenario: Any = field(default_factory=lambda: SimpleNamespace(place="zibo", population=SimpleNamespace(graduation_month=2, graduation_day=1)))
    title: dict[str, str] = field(default_factory=lambda: {"zh": "淄博“六大行动”", "en": "Zibo"})
    replicates: int = 8
    days: int = DAYS
    district_labels: dict[str, dict[str, str]] = field(
        default_factory=lambda: {"zhangdian": {"zh": "张店", "en": "Zhangdian"}}
    )
    lever_labels: dict[str, dict[str, str]] = field(
        default_factory=lambda: {"lodging": {"zh": "免费住宿", "en": "Free lodging"}}
    )


def make_run(replicates: int = 8) -> Run:
    generator = np.random.default_rng(5)
    days = np.arange(DAYS)

    def cumulate(amount: float) -> "NDArray[np.float64]":
        steps = generator.gamma(2.0, amount / 2.0 / DAYS, (replicates, DAYS))
        return np.cumsum(steps, axis=1, dtype=np.float64)

    noise = 0.01 * generator.standard_normal((replicates, 1))
    series = {
        "employment_rate": 0.6 + 0.002 * days + noise,
        "employed_in_region": 5000.0 + 10.0 * days + 3000.0 * noise,
        "arrivals": cumulate(400.0),
        "station_beds_open.zhangdian": np.full((replicates, DAYS), 20.0),
        "station_beds_used.zhangdian": np.full((replicates, DAYS), 5.0),
        "station_beds_open.linzi": np.zeros((replicates, DAYS)),
        "station_beds_used.linzi": np.zeros((replicates, DAYS)),
        "spending.lodging": cumulate(600_000.0),
        "spending.loans": cumulate(200_000.0),
        "spending.equity": np.zeros((replicates, DAYS)),
    }
    levels = {"campus_posts": 5000, "campus_cvs": 1500, "campus_intents": 900, "campus_hires": 270}
    outcomes = {
        name: generator.poisson(mean, replicates).astype(np.float64)
        for name, mean in levels.items()
    }
    outcomes |= {"posts_opened": np.zeros(replicates), "hires": np.zeros(replicates)}
    return Run(series, outcomes, reported={"campus_cvs": 1624.0}, replicates=replicates)


@dataclass(frozen=True)
class Kept:
    """The groups of one replicate."""

    groups: dict[str, dict[str, dict[str, float]]]


@dataclass(frozen=True)
class Arm(Run):
    """A run whose people are counted by group."""

    runs: tuple[Kept, ...] = ()


@dataclass(frozen=True)
class Beside:
    """A variant."""

    results: Arm
    accounts: "dict[str, dict[str, NDArray[np.float64]]]"


@dataclass(frozen=True)
class Compared:
    """The part of `Comparison` that figures read, with numbers made here."""

    baseline: Arm
    variants: dict[str, Beside]

    def cost_per(self, name: str, kind: str = "jobs") -> RatioInterval:
        made = self.variants[name]
        jobs = made.accounts[kind]["net_additional_jobs"]
        return ratio_interval(made.results.outcomes["spending"], jobs)


STOCKS = ("employed_in_region", "residents_from_elsewhere", "startups_alive", "startup_jobs")


def make_comparison(variants: int = 1, replicates: int = 6, size: float = 1.0) -> Compared:
    """A baseline and variants whose effect is `size` times one that can be told."""
    generator = np.random.default_rng(8)

    def arm(effect: float) -> Arm:
        luck = generator.normal(scale=0.3 * size, size=(replicates, 1)) * (effect != 0)
        shift = np.linspace(-0.5, 0.5, replicates)
        both = (*STOCKS, "employment_rate", "arrivals")
        series = {name: 100.0 + np.zeros((replicates, DAYS)) + effect * np.linspace(0, 9, DAYS) + luck for name in both}
        series["spending.lodging"] = 1e6 * effect * np.linspace(0, 1, DAYS) + np.zeros((replicates, DAYS))
        outcomes = {"spending": 1e6 * effect * np.ones(replicates) + luck[:, 0]}
        runs = tuple(
            Kept({
                attribute: {
                    group: {"persons": 500.0, "employed_in_region": 200.0 + effect * (place + shift[row])}
                    for place, group in enumerate(groups)
                }
                for attribute, groups in GROUPS.items()
            })
            for row in range(replicates)
        )
        return Arm(series, outcomes, replicates=replicates, runs=runs)

    def account(effect: float) -> "dict[str, NDArray[np.float64]]":
        rows = {"gross_placements": 2100, "deadweight": 2060, "net_on_participants": 40, "displacement": 25, "jobs_made": 10,
                "net_additional_jobs": 25, "residual": 0, "reshuffled": 130}  # fmt: skip
        noise = np.linspace(-1.0, 1.0, replicates) if replicates > 1 else np.zeros(1)
        return {row: effect * (value + noise * (row != "residual")) for row, value in rows.items()}

    found = {f"variant_{place}": Beside(arm(size * (place + 1)), {"jobs": account(size * (place + 1))}) for place in range(variants)}
    return Compared(arm(0.0), found)


LABELS = {f"variant_{place}": {"zh": f"{place} 晚", "en": f"{place} free nights"} for place in range(9)}


def draw_comparison(
    comparison: Any, outcomes: "Sequence[str]", language: "Language", labels: "Labels | None" = None, baseline: str = NONE,
) -> "dict[str, Figure]":  # fmt: skip
    """Every figure of a comparison that shows something."""
    drawn = {name: draw() for name, draw in drawings(comparison, outcomes, language, labels, baseline).items()}
    return {name: figure for name, figure in drawn.items() if figure is not None}


def drawings(
    comparison: Any, outcomes: "Sequence[str]" = STOCKS, language: "Language" = "en", labels: "Labels | None" = None, baseline: str = NONE,
) -> "dict[str, Callable[[], Any]]":  # fmt: skip
    """What draws each of them."""
    return dict(drawings_of(comparison, outcomes, language, names_of(labels or {}, baseline, against_none=baseline == NONE)))


def shown_of(comparison: Any, language: "Language") -> Shown:
    return Shown(comparison, names_of({}, NONE, against_none=True), language)


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


def axes_of(figure: "Figure") -> "list[Axes]":
    return list(figure.axes)


def words_of(figure: "Figure") -> list[str]:
    """Everything that is written in a figure."""
    from matplotlib.text import Text

    figure.canvas.draw()
    return [text.get_text() for text in figure.findobj(Text) if text.get_visible()]


def drawn_texts(figure: "Figure") -> "list[Text]":
    """The texts that can be seen: no empty ones, no labels of ticks outside the view."""
    from matplotlib.text import Text

    unseen: list[Any] = []
    for panel in figure.axes:
        for axis in (panel.xaxis, panel.yaxis):
            if not panel.axison:
                unseen += axis.findobj(Text)
            low, high = sorted(axis.get_view_interval())
            for tick in (*axis.get_major_ticks(), *axis.get_minor_ticks()):
                if not low - 1e-9 <= tick.get_loc() <= high + 1e-9:
                    unseen += [tick.label1, tick.label2]
    known = {id(text) for text in unseen}
    return [
        text
        for text in figure.findobj(Text)
        if isinstance(text, Text)
        and id(text) not in known
        and text.get_visible()
        and text.get_text().strip()
    ]


def find_by_id(figure: "Figure", name: str) -> list[Any]:
    return figure.findobj(lambda artist: artist.get_gid() == name)


def make_attribution(
    levers: int, scales: tuple[float, ...] = (40.0, 9.0, 4.0, 20.0, 4e5), replicates: int = 8
) -> Attribution:
    """Contributions of the first levers: jobs, stays, firms and money of some size."""
    generator = np.random.default_rng(8)
    names = tuple(LEVER_LABELS)[:levers]
    sizes = dict(zip(MEASURES, (*scales, 0.0, 0.0)[: len(MEASURES)], strict=True))
    contributions = {
        lever: {
            measure: generator.normal(generator.normal(0.5), 1.0, replicates) * size
            for measure, size in sizes.items()
        }
        for lever in names
    }
    whole = {name: np.sum([of[name] for of in contributions.values()], axis=0) for name in sizes}
    return Attribution(names, contributions, whole, 1, 30 * replicates)


def draw_every_figure(language: "Language") -> "dict[str, Figure | None]":
    run, labels = make_run(), {NIGHTS: {"zh": "免费住宿夜数", "en": "Free nights"}}
    nights, rate = {NIGHTS: [0, 3, 6]}, {RATE: [0.03, 0.06]}
    two = make_points(nights | rate)
    three = make_points(nights | rate | {SEATS: ["少", "多"]})
    four = make_points(nights | rate | {SEATS: ["少", "多"], TALKS: [False, True]}, replicates=3)
    alone = draw_comparison(make_comparison(), STOCKS, language, LABELS)
    several = drawings(make_comparison(5), STOCKS[:1], language, LABELS)
    return {
        **{f"compared_{name}": figure for name, figure in alone.items()},
        **{f"variants_{name}": several[name]() for name in ("differences", "groups", "variants", "with_and_without", "account_variant_4")},
        "attribution": draw_attribution(make_attribution(15), shown_of(make_comparison(), language)),
        "attribution_small": draw_attribution(make_attribution(3, (1.0, 0.0, 1.0)), shown_of(make_comparison(), language)),
        "daily": draw_employment_and_arrivals(run, language),
        "stations": draw_station_occupancy(run, language),
        "spending": draw_spending(run, language),
        "funnels": draw_funnels(run, language),
        "one": draw_sweep(make_points(nights), [NIGHTS], "hires", language, labels),
        "two": draw_sweep(two, [NIGHTS, RATE], "hires", language, labels),
        "three": draw_sweep(three, [NIGHTS, RATE, SEATS], "hires", language, labels),
        "four": draw_sweep(four, [NIGHTS, RATE, SEATS, TALKS], "hires", language, labels),
        "difference": draw_sweep_difference(two, [NIGHTS, RATE], "hires", language, labels),
        "difference_one": draw_sweep_difference(make_points(nights), [NIGHTS], "hires", language, labels),
        "difference_three": draw_sweep_difference(three, [NIGHTS, RATE, SEATS], "hires", language, labels),
        "difference_four": draw_sweep_difference(four, [NIGHTS, RATE, SEATS, TALKS], "hires", language, labels),
    }


# The font


def test_every_character_the_figures_write_is_in_the_font() -> None:
    from fontTools.ttLib import TTFont

    known = set(TTFont(font_path()).getBestCmap())
    labels = [text for outcome in OUTCOMES.values() for text in outcome.label.values()]
    units = [text for outcome in OUTCOMES.values() for text in outcome.unit.values()]
    words = [*WORDS.values(), *(words.zh for words in WORDS.values()), *(text for label in GROUP_LABELS.values() for text in label.values())]
    written = "".join([*labels, *units, *words, "0123456789,.-–±×%：（）“”"])
    assert {character for character in written if ord(character) not in known} == set()


def test_the_font_has_our_name_and_its_licence_beside_it() -> None:
    from fontTools.ttLib import TTFont

    names = TTFont(font_path())["name"]
    assert names.getBestFamilyName() == FONT_FAMILY
    assert "Noto" not in str(names.getName(6, 3, 1))
    licence = font_path().with_name("OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_draws_without_a_warning_and_its_words_fit(language: "Language") -> None:
    """A missing glyph is a warning of matplotlib, and warnings are errors here."""
    for name, figure in some(draw_every_figure(language).items()):
        assert figure is not None, name
        assert figure.get_size_inches()[0] * 150 == pytest.approx(1200)
        figure.canvas.draw()
        boxes = [(text.get_text(), text.get_window_extent()) for text in drawn_texts(figure)]
        width, height = figure.bbox.size
        for words, box in some(boxes):
            inside = box.x0 >= 0 and box.y0 >= 0 and box.x1 <= width and box.y1 <= height
            assert inside, f"{name}: {words!r} is clipped"
        for (words, box), (others, other) in combinations(boxes, 2):
            across = min(box.x1, other.x1) - max(box.x0, other.x0)
            along = min(box.y1, other.y1) - max(box.y0, other.y0)
            # Boxes hold the room for accents, so neighbouring lines touch by some pixels.
            apart = across <= 0.5 or along <= 0.3 * min(box.height, other.height)
            assert apart, f"{name}: {words!r} lies on {others!r}"


def test_english_figures_hold_no_chinese_and_chinese_ones_do() -> None:
    chinese = re.compile(r"[\u4e00-\u9fff]")
    run = make_run()
    english = draw_employment_and_arrivals(run, "en")
    assert [text for text in words_of(english) if chinese.search(text)] == []
    written = "".join(words_of(draw_employment_and_arrivals(run, "zh")))
    assert "淄博“六大行动”" in written


# Saving


def test_the_same_figure_gives_the_same_bytes(tmp_path: Path) -> None:
    points = make_points({NIGHTS: [0, 3], RATE: [0.03, 0.06], SEATS: [1, 2]})
    names: set[str] = set()
    for attempt in ("first", "second"):
        beside = drawings(make_comparison(2), STOCKS[:1], "zh")
        for name, draw in {
            **{name: beside[name] for name in ("differences", "variants", "account_variant_0")},
            "funnels": lambda: draw_funnels(make_run(), "zh"),
            "maps": lambda: draw_sweep_difference(points, [NIGHTS, RATE, SEATS], "hires", "zh"),
            "attribution": lambda: draw_attribution(make_attribution(5), shown_of(make_comparison(), "zh")),
        }.items():
            save_figure(draw(), tmp_path / attempt, name)
            names.add(name)
    files = sorted((tmp_path / "first").iterdir())
    assert len(files) == 2 * len(names)
    for file in some(files):
        assert file.read_bytes() == (tmp_path / "second" / file.name).read_bytes(), file.name


def test_files_hold_no_date_and_no_font(tmp_path: Path) -> None:
    raster, vector = save_figure(draw_employment_and_arrivals(make_run(), "zh"), tmp_path, "daily")
    assert raster.read_bytes().startswith(b"\x89PNG")
    assert b"Software" not in raster.read_bytes()
    drawn = vector.read_text(encoding="utf-8")
    assert "<dc:date>" not in drawn
    assert "就业率（%）</text>" in drawn, "text is text, which a programme for slides can edit"
    assert "'Yizhan Sans SC', 'Noto Sans CJK SC'" in drawn
    assert "sans-serif" in drawn


def test_figures_say_what_they_show_to_those_who_cannot_see_them(tmp_path: Path) -> None:
    from PIL import Image

    raster, vector = save_figure(drawings(make_comparison(), STOCKS, "zh")["account"](), tmp_path, "account")
    says = "受服务者期末在岗 2,100.0 [2,099.2 … 2,100.8] 人"
    drawn = vector.read_text(encoding="utf-8")
    assert "<title>淄博“六大行动”：从总数到净增就业（对照：没有方案）</title>" in drawn
    assert f"<desc>{says}" in drawn
    with Image.open(raster) as image:
        assert image.text["Description"].startswith(says)  # type: ignore[attr-defined]


def test_every_figure_says_where_it_comes_from() -> None:
    for name, figure in draw_comparison(make_comparison(), STOCKS, "en").items():
        (foot,) = find_by_id(figure, "foot")
        assert re.fullmatch(r"zibo · seed 7 · 6 (pairs of worlds|replicates) · Yizhan \d+\.\d+\.\d+", foot.get_text()), name


def test_rare_characters_are_there_and_others_have_a_box(tmp_path: Path) -> None:
    from fontTools.ttLib import TTFont

    from experiments.shared.fonts.make_subset import general_standard

    font = TTFont(font_path())
    known = set(font.getBestCmap())
    standard = general_standard()
    assert len(standard) == len(set(standard)) == 8105
    assert {character for character in standard if ord(character) not in known} == set()
    assert set("瀍河甪直㙘") <= set(standard)
    assert font["CFF "].cff.topDictIndex[0].CharStrings[".notdef"].calcBounds(None) is not None, "the box is not empty"
    with styled():
        figure = new_figure(1.0, "瀍河 甪直 㙘 🚉 $5 $6")
    _, vector = save_figure(figure, tmp_path, "rare")  # warnings are errors here
    assert "🚉" in vector.read_text(encoding="utf-8")


def test_nothing_of_the_environment_reaches_a_figure(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from experiments.shared.figures.saving import save_figure; "
        "from experiments.shared.figures.style import new_figure, styled\n"
        "with styled():\n    figure = new_figure(2.0, '标题', 'foot'); figure.subplots().plot([1.0, -2.0], label='x')\n"
        "save_figure(figure, Path(sys.argv[1]), 'x')"
    )
    odd = tmp_path / "odd"
    odd.mkdir()
    (odd / "matplotlibrc").write_text("text.usetex: True\nfont.size: 30\nsavefig.dpi: 33\nno such key: 1\n", encoding="utf-8")
    (odd / "rc").write_text("lines.linewidth: 9\n", encoding="utf-8")
    environment = {
        "MPLBACKEND": "module://matplotlib_inline.backend_inline_that_is_not_there", "MATPLOTLIBRC": str(odd / "rc"), "SOURCE_DATE_EPOCH": "abc",
        "MPLCONFIGDIR": "/dev/null/nowhere", "LC_ALL": "de_DE.UTF-8", "PYTHONPATH": str(Path(__file__).parents[2]),
    }  # fmt: skip
    done = subprocess.run([sys.executable, "-c", code, "there"], cwd=odd, env=os.environ | environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    with styled():
        figure = new_figure(2.0, "标题", "foot")
        figure.subplots().plot([1.0, -2.0], label="x")
    for here in save_figure(figure, tmp_path, "x"):
        assert here.read_bytes() == (odd / "there" / here.name).read_bytes()


def test_long_titles_are_folded_where_a_line_may_end() -> None:
    assert folded("六大行动，14 晚（对照：没有方案），很长的标题。", 12) == ["六大行动，14 晚（对照：", "没有方案），很长的标题。"]
    assert folded("one two three", 5) == ["one two", "three"]


def test_the_settings_of_matplotlib_are_left_as_they_were(tmp_path: Path) -> None:
    import matplotlib as mpl

    before = dict(mpl.rcParams)
    save_figure(draw_employment_and_arrivals(make_run(), "en"), tmp_path, "daily")
    assert dict(mpl.rcParams) == before


def test_importing_the_figures_imports_no_matplotlib() -> None:
    code = (
        "import sys, experiments.run.figures.daily, experiments.compare.figures.differences, experiments.sweep.figures.outcomes; "
        "print([name for name in ('matplotlib', 'scipy') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


# Days


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


def test_spending_writes_the_final_amount_of_each_lever() -> None:
    run = make_run()
    figure = draw_spending(run, "zh")
    assert figure is not None
    lodging, loans = (run.series[f"spending.{lever}"][:, -1] for lever in ("lodging", "loans"))
    bars = [bar.get_width() for bar in axes_of(figure)[1].containers[-1]]
    assert bars == pytest.approx([lodging.mean() / 1e4, loans.mean() / 1e4])
    written = words_of(figure)
    share = 100 * lodging.mean() / (lodging.mean() + loans.mean())
    assert f"{write(lodging.mean(), money_form(1e6, 'zh'))} （{share:.1f}%）" in written
    assert "免费住宿" in written
    assert "equity" not in written


def test_many_levers_share_a_line_and_keep_their_bars() -> None:
    run = make_run()
    for number in range(10):
        run.series[f"spending.lever_{number}"] = run.series["spending.loans"] * (0.5 + number / 20)
    figure = draw_spending(run, "en")
    assert figure is not None
    lines, bars = axes_of(figure)
    assert len(bars.patches) == 12
    assert "6 other levers" in [text.get_text() for text in lines.texts]
    heights = sorted(text.get_position()[1] for text in lines.texts)
    assert np.diff(heights).min() > 0.07  # names do not touch


# Funnels


def test_funnels_leave_out_what_nobody_entered_and_mark_what_was_reported() -> None:
    figure = draw_funnels(make_run(), "en")
    assert figure is not None
    assert [text for text in words_of(figure) if text in (WORDS["market"], WORDS["market"].zh)] == []
    markers = find_by_id(figure, "reported")
    assert len(markers) == 1
    values = np.asarray(markers[0].get_xdata())
    assert values[np.isfinite(values)].tolist() == [1624.0]
    assert "1,624" in words_of(figure)


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


# Sweeps


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


# Names and numbers


def test_names_fall_back_by_part() -> None:
    stem = next(name for name in OUTCOMES if "." not in name)
    label = OUTCOMES[stem].label
    levers = {"lodging": {"zh": "免费住宿", "en": "Free lodging"}}
    assert outcome_label(stem, "en") == label["en"]
    assert outcome_label("no_such_outcome", "zh") == "no_such_outcome"
    dotted = f"{stem}.lodging"
    if dotted not in OUTCOMES:
        assert outcome_label(dotted, "zh", levers) == f"{label['zh']}：免费住宿"
        assert outcome_label(dotted, "en") == f"{label['en']}: lodging"


def test_shares_are_written_as_per_cent() -> None:
    assert outcome_form("employment_rate", "zh")[:2] == ("%", 100.0)
    assert outcome_form("no_such_share", "en")[:2] == ("", 1.0)


def test_levels_read_well() -> None:
    assert [write_level(value, "en") for value in (14, 0.045, 6.0, True, "zibo")] == [
        "14", "0.045", "6", "yes", "zibo",
    ]  # fmt: skip
    assert write_level(-1200.0, "en") == "−1,200"


# Comparisons


def test_a_comparison_has_its_figures() -> None:
    alone = draw_comparison(make_comparison(), STOCKS, "en")
    assert set(alone) == {"differences", "with_and_without", "groups", "account", "spending"}
    several = draw_comparison(make_comparison(2), STOCKS, "en")
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


def test_differences_that_are_nothing_lie_in_the_middle_of_whole_ticks() -> None:
    nothing = {name: np.zeros_like(column) if name == "hires" else column for name, column in make_points({NIGHTS: [0, 3]}, 3).items()}
    swept = axes_of(draw_sweep_difference(nothing, [NIGHTS], "hires", "en"))[0]
    compared = axes_of(drawings(make_comparison(size=0.0), STOCKS[:1])["differences"]())[0]
    for panel in (swept, compared):
        assert list(panel.get_yticks()) == [-1.0, 0.0, 1.0]
        assert sum(panel.get_ylim()) == pytest.approx(0.0)


def test_few_replicates_are_said_in_every_figure_of_a_sweep() -> None:
    for levels in ({NIGHTS: [0, 3]}, {NIGHTS: [0, 3], RATE: [0.03, 0.06]}):
        for draw, replicates in product((draw_sweep, draw_sweep_difference), (4, 5)):
            words = " ".join(" ".join(words_of(draw(make_points(levels, replicates), list(levels), "hires", "en"))).split())
            assert ("4 replicates are too few" in words) == (replicates == 4)


def test_a_legend_is_read_row_by_row() -> None:
    from matplotlib.lines import Line2D

    figure = new_figure(2.0, "")
    put_below(figure, [Line2D([], [], label=str(number)) for number in range(5)], columns=3)
    figure.canvas.draw()
    places = {text.get_text(): text.get_window_extent() for text in figure.legends[0].get_texts()}
    assert sorted(places, key=lambda name: (-round(places[name].y0 + places[name].y1, -1), places[name].x0)) == list("01234")


def test_what_was_not_lent_is_not_said() -> None:
    run = make_run()
    run.outcomes["equity_invested"] = np.full(8, 30_000.0)
    words = " ".join(words_of(draw_spending(run, "en")))  # type: ignore[arg-type]
    assert "invested" in words
    assert " lent" not in words


def test_a_place_that_is_not_the_home_of_the_programme_is_named() -> None:
    assert origin_of("zibo", "zibo", "en") == "zibo"
    assert origin_of("none", "default", "en") == "none"
    assert origin_of("zibo", "chengyang", "zh") == "zibo，地方 chengyang"
    assert origin_of("none", "zibo", "en", "A study") == "A study, place zibo"


def test_dots_of_counts_are_full() -> None:
    from matplotlib.colors import to_rgb

    from experiments.compare.figures.dots import draw_dot

    panel = new_figure(2.0, "").subplots()
    for row, filled in enumerate((True, False)):
        draw_dot(panel, mean_interval(np.array([0.0, 1.0, -1.0])), row, "red", filled=filled)
    faces = [to_rgb(line.get_markerfacecolor()) for line in panel.lines if line.get_marker() == "o"]  # type: ignore[arg-type]
    assert faces == [to_rgb("red"), to_rgb("white")]
