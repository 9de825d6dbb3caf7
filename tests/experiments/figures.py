"""What tests of figures share: a run with numbers made here, what stands in a figure, and what every figure has to hold to."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from experiments.shared.figures.saving import save_figure
from sim.statistics import Kind, MeanInterval
from sim.uncertainty import interval_over
from tests.every import some

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.text import Text
    from numpy.typing import NDArray

    from experiments.shared.words import Language
    from sim.reported import ReportedFigure
    from sim.uncertainty import Lived

LANGUAGES: "tuple[Language, ...]" = ("zh", "en")
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
    reported_figures: "dict[str, ReportedFigure]" = field(default_factory=dict)
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
    lived: "Lived | None" = None

    def over(self, values: Any, kind: Kind = Kind.FREE, axis: int = 0) -> MeanInterval:
        return interval_over(values, self.lived, kind, axis)


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


def axes_of(figure: "Figure") -> "list[Axes]":
    return list(figure.axes)


def words_of(figure: "Figure") -> list[str]:
    """Everything that is written in a figure; where it stands does not matter, and laying it out would take most of the time."""
    from matplotlib.text import Text

    engine, figure._layout_engine = figure._layout_engine, None
    figure.draw_without_rendering()
    figure._layout_engine = engine
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


def check_words_fit(figures: "Iterable[tuple[str, Figure | None]]") -> None:
    """Draw figures: none is missing, as wide as all, no word is clipped or lies on another. Warnings, as of a missing glyph, are errors."""
    for name, figure in some(figures):
        assert figure is not None, name
        assert figure.get_size_inches()[0] * 150 == pytest.approx(1200)
        figure.draw_without_rendering()
        boxes = [(text.get_text(), text.get_window_extent().extents.tolist()) for text in drawn_texts(figure)]
        width, height = figure.bbox.size
        for words, (left, bottom, right, top) in some(boxes):
            inside = left >= 0 and bottom >= 0 and right <= width and top <= height
            assert inside, f"{name}: {words!r} is clipped"
        for (words, (left, bottom, right, top)), (others, (its_left, its_bottom, its_right, its_top)) in combinations(boxes, 2):
            across = min(right, its_right) - max(left, its_left)
            along = min(top, its_top) - max(bottom, its_bottom)
            # Boxes hold the room for accents, so neighbouring lines touch by some pixels.
            apart = across <= 0.5 or along <= 0.3 * min(top - bottom, its_top - its_bottom)
            assert apart, f"{name}: {words!r} lies on {others!r}"


def check_same_bytes(drawings: "Mapping[str, Callable[[], Any]]", folder: Path) -> None:
    """Draw and save each figure twice."""
    for attempt in ("first", "second"):
        for name, draw in drawings.items():
            save_figure(draw(), folder / attempt, name)
    files = sorted((folder / "first").iterdir())
    assert len(files) == 2 * len(drawings)
    for file in some(files):
        assert file.read_bytes() == (folder / "second" / file.name).read_bytes(), file.name
