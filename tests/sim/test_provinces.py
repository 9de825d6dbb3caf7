"""The names of provinces, and what is said of one that there is not."""

import pytest
from pydantic import ValidationError

from sim.bilingual import message_of
from sim.provinces import Nation

TWO = [
    {"name": "Shandong", "name_zh": "山东", "longitude": 117, "latitude": 36.7},
    {"name": "Hebei", "name_zh": "河北", "longitude": 114.5, "latitude": 38},
]


@pytest.mark.parametrize("called", ["Shandong", "shandong", "山东"])
def test_a_province_is_known_by_either_name(called: str) -> None:
    nation = Nation(provinces=TWO, markets=(called, "Hebei"), policy_in=called)
    assert (nation.markets, nation.policy_in) == (("Shandong", "Hebei"), "Shandong")


def test_an_unknown_province_is_refused_with_those_there_are() -> None:
    with pytest.raises(ValidationError) as refused:
        Nation(provinces=TWO, policy_in="Mars")
    said = message_of(refused.value.errors()[0]["ctx"]["error"])
    assert "there are: Shandong, Hebei" in said
    assert "有：山东、河北" in said.zh


def test_a_region_of_one_market_says_where_provinces_are() -> None:
    with pytest.raises(ValidationError, match="place=national"):
        Nation(policy_in="Shandong")
