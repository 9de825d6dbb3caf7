"""What a variant has not spent of the budgets of its levers stands in the table and in the file."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

Command = Callable[..., Any]


def test_each_variant_says_what_it_has_not_spent(call: Command, tmp_path: Path) -> None:
    words = ("programme=none", "comparison=same_budget", "population.graduates=100", "days=30", "replicates=2", "figures=false", "output=out")
    said = call(tmp_path, "compare", *words)
    assert said.status == 0, said.err
    assert "Not spent" in said.out
    found = json.loads((tmp_path / "out" / "comparison.json").read_text(encoding="utf-8"))["variants"]
    assert set(found) == {"stations", "mentors", "campus_trips", "casework", "contracted_training"}
    for variant in found.values():
        assert variant["budget"] == 1_000_000
        assert np.add(variant["not_spent"]["values"], variant["spending"]["values"]).tolist() == [1_000_000, 1_000_000]
    assert found["casework"]["not_spent"]["value"] == pytest.approx(1_000_000 - found["casework"]["spending"]["value"])
