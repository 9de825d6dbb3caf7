"""Parameters: declared once, with unit, source and range; and the record of numbers that rules read."""

import re
from datetime import date
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from experiments.sweep.options import SweepOptions
from sim.errors import ConfigurationError
from sim.lever import Lever
from sim.levers import LEVER_LABELS, LeverId
from sim.levers.lodging import Lodging
from sim.outcomes import OUTCOMES
from sim.parameters import Leaf, ParameterGroup, declarations, inner_type, leaves, make_rules, parameter
from sim.scenario import Policy, load_scenario
from sim.units import CHINESE, unit_words

START = date(2021, 1, 1)
SCENARIO = load_scenario("none", {})


class Inner(ParameterGroup):
    days: int = parameter(3, unit="days", low=1, high=10, source="assumption", en="days", zh="天数")
    share: float = parameter(0.5, unit="share", low=0, high=1, prior=(0.2, 0.8), source="evidence 1", en="share", zh="占比")


class Outer(ParameterGroup):
    opening: date | None = parameter(None, unit="date", source="choice", en="opening", zh="开业")
    wide: bool = parameter(default=True, unit="-", source="choice", en="wide", zh="宽")
    inner: Inner = Inner()
    name: str = "x"


class Listed(ParameterGroup):
    entries: tuple[Inner, ...] = parameter((Inner(days=7),), unit="-", source="choice", en="entries", zh="条目")
    weights: tuple[float, ...] = parameter((0.5,), unit="weight", source="choice", en="weights", zh="权重")
    outer: Outer = Outer()
    needed: str = parameter("", unit="-", source="choice", en="needed", zh="必要")


class Demanding(ParameterGroup):
    needed: str = parameter(..., unit="-", source="choice", en="needed", zh="必要")


def test_declarations_leave_nothing_out() -> None:
    found = {leaf.key: leaf for leaf in declarations(Listed(), "x.")}
    inner = ["x.outer.inner.days", "x.outer.inner.share"]
    assert list(found) == [
        "x.entries", "x.entries[].days", "x.entries[].share", "x.weights", "x.outer.opening", "x.outer.wide", *inner, "x.outer.name", "x.needed",
    ]  # fmt: skip
    assert found["x.entries"].value == (Inner(days=7),)
    assert (found["x.entries[].days"].value, found["x.entries"].is_list, found["x.entries[].days"].is_list) == (3, True, False)
    assert [key for key, leaf in found.items() if leaf.is_optional] == ["x.outer.opening"]
    assert [leaf.key for leaf in leaves(Listed())] == ["outer.opening", "outer.wide", "outer.inner.days", "outer.inner.share"]
    assert [(leaf.required, leaf.value) for leaf in declarations(Demanding)] == [(True, None)]


def test_leaves_walk_the_groups_in_order() -> None:
    found = {leaf.key: leaf for leaf in leaves(Outer(), "policy.")}
    assert list(found) == ["policy.opening", "policy.wide", "policy.inner.days", "policy.inner.share"]
    share = found["policy.inner.share"]
    assert (share.value, share.default, share.unit, share.low, share.high, share.prior) == (0.5, 0.5, "share", 0, 1, (0.2, 0.8))
    assert (share.source, share.meaning) == ("evidence 1", {"en": "share", "zh": "占比"})


def test_rules_hold_numbers_of_their_kind() -> None:
    rules = make_rules({"lodging": Outer(opening=date(2021, 1, 11))}, START, {"seed": np.uint64(2**63), "extra": 1.5})
    record = rules[0]
    lodging = record.lodging
    assert (lodging.opening, lodging.wide, lodging.inner.days, lodging.inner.share) == (10, 1, 3, 0.5)
    assert (int(record.seed), record.extra) == (2**63, 1.5)
    kinds = (rules.dtype["seed"], rules.dtype["extra"], rules.dtype["lodging"]["opening"], rules.dtype["lodging"]["inner"]["share"])
    assert [kind.str[1:] for kind in kinds] == ["u8", "f8", "i8", "f8"]
    assert make_rules({"lodging": Outer()}, START, {})[0].lodging.opening == -1


def test_further_fields_stand_beside_the_parameters_and_take_no_name_of_theirs() -> None:
    rules = make_rules({"lodging": Inner()}, START, {"seed": 1, "lodging": {"row": 3}})[0]
    assert (rules.seed, rules.lodging.row, rules.lodging.days) == (1, 3, 3)
    with pytest.raises(ValueError, match="lodging: there is already something called days"):
        make_rules({"lodging": Inner()}, START, {"lodging": {"days": 3}})
    with pytest.raises(ValueError, match="seed: there is already something called seed"):
        make_rules({"seed": Inner()}, START, {"seed": 1})


@pytest.mark.parametrize(
    ("key", "value"), [("days", 0), ("days", 11), ("share", 1.1), ("share", float("nan")), ("share", float("inf")), ("hours", 3)]
)
def test_groups_refuse_what_is_not_allowed(key: str, value: Any) -> None:
    with pytest.raises(ValidationError, match=key):
        Inner.model_validate({key: value})


@pytest.mark.parametrize("value", [True, False, np.bool_(1)])
def test_true_is_no_number(value: Any) -> None:
    for key in ("days", "share"):
        with pytest.raises(ValidationError, match="not true or false"):
            Inner.model_validate({key: value})
    for weights in ((1.0, value), [value]):
        with pytest.raises(ValidationError, match="not true or false"):
            Listed.model_validate({"weights": weights})
    with pytest.raises(ValidationError, match="not true or false"):
        Lodging(budget=value)


def test_whole_numbers_serve_as_reals_and_flags_stay_flags() -> None:
    assert Inner.model_validate({"share": 1, "days": 3.0}).days == 3
    assert Listed.model_validate({"weights": [1, 2]}).weights == (1.0, 2.0)
    assert Outer(wide=False).wide is False
    assert Lodging(budget=None).budget is None


def test_groups_are_frozen() -> None:
    with pytest.raises(ConfigurationError, match="days cannot be set"):
        Inner().days = 4  # type: ignore[misc]


LEAVES = [*declarations(SCENARIO), *declarations(SweepOptions, "sweep.")]


def lacking(leaf: Leaf) -> dict[str, bool]:
    """Return what a declaration may lack, and whether it does."""
    low, high = (-np.inf if leaf.low is None else leaf.low), (np.inf if leaf.high is None else leaf.high)
    is_ranged = inner_type(leaf.annotation) in (int, float) and leaf.is_number and not leaf.required
    likely = leaf.prior
    return {
        "declare a unit, - where there is none": not leaf.unit,
        "name a source": not leaf.source,
        "give the word of the unit in sim/units.py": any(word not in CHINESE for word in leaf.unit.split("/")),
        "say in both languages what it means": not leaf.meaning["en"] or not leaf.meaning["zh"] or leaf.meaning["zh"] == leaf.meaning["en"],
        "declare a range": is_ranged and leaf.low is None,
        "take a default within the range": is_ranged and leaf.default is not None and not low <= leaf.default <= high,
        "take a plausible range within what is allowed, around the default":
            likely is not None and not (low <= likely[0] < likely[1] <= high and likely[0] <= leaf.default <= likely[1]),
        "declare the plausible range: behaviour is uncertain, and every sensitivity analysis needs it":
            leaf.key.startswith(("behaviour.", "opening.")) and leaf.is_number and likely is None,
    }  # fmt: skip


def test_every_parameter_is_declared_in_full() -> None:
    assert len(LEAVES) > 800
    assert [f"{leaf.key}: {what}" for leaf in LEAVES for what, is_lacking in lacking(leaf).items() if is_lacking] == []


@pytest.mark.parametrize("name", list(Policy.model_fields))
def test_every_lever_says_in_one_sentence_what_it_changes(name: str) -> None:
    summary = getattr(Policy(), name).summary
    assert set(summary) == {"en", "zh"}, f"{name} needs a summary in both languages"
    assert re.fullmatch(r"[A-Z][^\n。]{20,130}[.]", summary["en"]), "one English sentence that fits a line"
    assert re.fullmatch(r"[^\n.]{10,60}。", summary["zh"])
    assert re.search(r"[\u4e00-\u9fff]", summary["zh"])
    assert not re.search(r"[\u4e00-\u9fff]", summary["en"])
    assert list(LEVER_LABELS[name]) == ["en", "zh"]


def test_levers_differ_in_what_they_change() -> None:
    for language in ("en", "zh"):
        assert len({lever.summary[language] for lever in Policy().levers.values()}) == len(Policy.model_fields)


def test_units_are_said_in_both_languages() -> None:
    assert unit_words("CNY/month") == {"en": "CNY/month", "zh": "元/月"}
    assert unit_words("-") == {"en": "-", "zh": "-"}
    assert unit_words("wishes/day")["zh"] == "wishes/日"
    words = {word for leaf in LEAVES for word in leaf.unit.split("/")} | {word for one in OUTCOMES.values() for word in one.unit["en"].split("/")}
    assert words <= set(CHINESE)


def test_levers_stand_in_the_order_of_their_rows() -> None:
    assert list(Policy().levers) == [lever.name.lower() for lever in LeverId]
    assert all(isinstance(lever, Lever) for lever in Policy().levers.values())
    assert not any(lever.enabled or lever.offers_something for lever in Policy().levers.values())
