"""Parameters: declared once, with unit, source and range; and the record of numbers that rules read."""

from datetime import date
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from sim.behaviour import Behaviour
from sim.parameters import Lever, ParameterGroup, leaves, make_rules, parameter
from sim.region import Market, Population
from sim.scenario import Policy
from sim.states import LeverId

START = date(2021, 1, 1)


class Inner(ParameterGroup):
    days: int = parameter(3, unit="days", low=1, high=10, source="assumption", en="days", zh="天数")
    share: float = parameter(0.5, unit="share", low=0, high=1, prior=(0.2, 0.8), source="evidence 1", en="share", zh="占比")


class Outer(ParameterGroup):
    opening: date | None = parameter(None, unit="date", source="choice", en="opening", zh="开业")
    wide: bool = parameter(default=True, unit="-", source="choice", en="wide", zh="宽")
    inner: Inner = Inner()
    name: str = "x"


def test_leaves_walk_the_groups_in_order() -> None:
    found = {leaf.key: leaf for leaf in leaves(Outer(), "policy.")}
    assert list(found) == ["policy.opening", "policy.wide", "policy.inner.days", "policy.inner.share"]
    share = found["policy.inner.share"]
    assert (share.value, share.default, share.unit, share.low, share.high, share.prior) == (0.5, 0.5, "share", 0, 1, (0.2, 0.8))
    assert (share.source, share.meaning) == ("evidence 1", {"en": "share", "zh": "占比"})


def test_rules_hold_numbers_of_their_kind() -> None:
    rules = make_rules({"lodging_": Outer(opening=date(2021, 1, 11))}, START, {"seed": np.uint64(2**63), "extra": 1.5})
    record = rules[0]
    assert (record.lodging_opening, record.lodging_wide, record.lodging_inner_days, record.lodging_inner_share) == (10, 1, 3, 0.5)
    assert (int(record.seed), record.extra) == (2**63, 1.5)
    assert [rules.dtype[name].str[1:] for name in ("seed", "extra", "lodging_opening", "lodging_inner_share")] == ["u8", "f8", "i8", "f8"]
    assert make_rules({"": Outer()}, START, {})[0].opening == -1


def test_two_parameters_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="two parameters are called inner_days"):
        make_rules({"": Outer(), "inner_": Inner()}, START, {})


@pytest.mark.parametrize(
    ("key", "value"), [("days", 0), ("days", 11), ("share", 1.1), ("share", float("nan")), ("share", float("inf")), ("hours", 3)]
)
def test_groups_refuse_what_is_not_allowed(key: str, value: Any) -> None:
    with pytest.raises(ValidationError, match=key):
        Inner.model_validate({key: value})


def test_groups_are_frozen() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Inner().days = 4  # type: ignore[misc]


GROUPS = {"behaviour": Behaviour(), "population": Population(), "market": Market(), "policy": Policy()}
LEAVES = [(name, leaf) for name, group in GROUPS.items() for leaf in leaves(group)]


@pytest.mark.parametrize(("group", "leaf"), [pytest.param(name, leaf, id=f"{name}.{leaf.key}") for name, leaf in LEAVES])
def test_every_parameter_is_declared_in_full(group: str, leaf: Any) -> None:
    assert leaf.unit
    assert leaf.source
    assert leaf.meaning["zh"] != leaf.meaning["en"], "both languages"
    if isinstance(leaf.default, (int, float)) and not isinstance(leaf.default, bool):
        assert leaf.low is not None, f"{group}.{leaf.key} needs a range"
        assert leaf.low <= leaf.default <= (leaf.high if leaf.high is not None else leaf.default)
    if leaf.prior is not None:
        low, high = leaf.prior
        assert low < high
        assert leaf.low is None or leaf.low <= low
        assert leaf.high is None or high <= leaf.high
        assert low <= leaf.default <= high
    if group == "behaviour":
        assert leaf.prior is not None, "behaviour is uncertain: every sensitivity analysis needs its plausible range"


def test_levers_stand_in_the_order_of_their_rows() -> None:
    assert list(Policy().levers) == [lever.name.lower() for lever in LeverId]
    assert all(isinstance(lever, Lever) for lever in Policy().levers.values())
    assert not any(lever.enabled or lever.offers_something for lever in Policy().levers.values())
