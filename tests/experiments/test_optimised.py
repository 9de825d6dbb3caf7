"""What a search promised, and what became of it, on numbers whose answer is known."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from experiments.optimise import report
from experiments.optimise.found import EQUAL, TODAY, Candidate, Optimised
from experiments.report.document import Grid, blocks_of
from experiments.shared.tables import kept_instead
from sim.bilingual import Sentence
from sim.optimising.searching import Searched
from sim.statistics import MeanInterval

NAMES = ("jobs", "spending")


def of(seen: list[float], again: list[float], places: list[int | None]) -> Optimised:
    """Return mixes that added so much in the search, and so much when they were run again."""
    names = [*(f"mix_{number}" for number in range(len(again) - 2)), EQUAL, TODAY]
    candidates = tuple(Candidate(name, None, {}, {}, place) for name, place in zip(names, places, strict=True))
    searched = Searched(np.zeros((len(seen), 1)), np.array([[[jobs + 100.0, 1.0]] * 2 for jobs in seen]))
    fresh = np.array([[[jobs + 40.0, 1.0], [jobs + 42.0, 1.0]] for jobs in again])
    unused: Any = None
    return Optimised(unused, NAMES, "jobs", ("jobs",), "mean", 9.0, searched, np.tile([100.0, 0.0], (2, 1)), candidates, fresh,
                     np.array([[40.0, 0.0], [42.0, 0.0]]), None, (1, 2))  # fmt: skip


def test_the_curse_is_of_the_finalists_and_that_of_the_equal_split_stands_apart() -> None:
    found = of(seen=[10.0, 8.0, 3.0], again=[4.0, 6.0, 2.5, 1.0], places=[0, 1, 2, None])
    assert found.curse == pytest.approx(((10 - 4 + 8 - 6) / 2, 3 - 2.5))


def test_an_equal_split_that_nobody_tried_has_no_curse() -> None:
    found = of(seen=[10.0, 8.0], again=[4.0, 2.5, 1.0], places=[0, None, None])
    assert found.curse is not None
    assert found.curse[0] == pytest.approx(6.0)
    assert np.isnan(found.curse[1])


SPENT = {"spending.lodging": 40.0, "spending": 65.0}


@pytest.mark.parametrize(("language", "beside"), [("en", "levers beside these"), ("zh", "其他工具")])
def test_what_levers_beside_the_mix_spend_is_a_row_of_its_own(language: str, beside: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """With its interval, so that the rows of the table add up to its last; there is none where they spend nothing."""
    def of_mix(spent: dict[str, float]) -> Any:
        return SimpleNamespace(
            chosen=0, candidates=[SimpleNamespace(changes={})], references=(0, 0),
            mixes=SimpleNamespace(offers=[SimpleNamespace(lever="lodging")], left_out=(), budget=90.0),
            net=lambda _, name: np.array([spent[name] - 5.0, spent[name] + 5.0]) * 1e4,
            interval=lambda values, *_: MeanInterval(values.mean(), 1e4, 9e5),
        )  # fmt: skip

    monkeypatch.setattr(report, "size_in_words", lambda *_: Sentence("a size", "规模"))
    monkeypatch.setattr(report, "_most", lambda *_: "")
    with kept_instead() as shown:
        report.print_mix(of_mix(SPENT), language)
    (table,) = blocks_of(shown)
    assert isinstance(table, Grid)
    rows = {row[0]: row[2].replace("\xa0", " ") for row in table.rows}
    scale = 1 if language == "zh" else 10
    assert rows[beside] == f"{25 * scale} [{scale} … {90 * scale}]"
    assert list(rows).index(beside) == 1, "below the levers, above the sum"
    with kept_instead() as shown:
        report.print_mix(of_mix({**SPENT, "spending": 40.0}), language)
    (table,) = blocks_of(shown)
    assert isinstance(table, Grid)
    assert beside not in [row[0] for row in table.rows]


def test_what_is_missed_is_paired() -> None:
    found = of(seen=[10.0], again=[4.0, 2.5, 1.0], places=[0, None, None])
    assert found.chosen == 0
    assert found.more_than(1).tolist() == [1.5, 1.5]
    assert found.more_than(2).tolist() == [3.0, 3.0]
