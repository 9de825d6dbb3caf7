"""Another scenario from one that there is: checked, quick, without words of a shell."""

import copy
import re
from datetime import UTC, date, datetime
from typing import Any

import pytest

from sim.bilingual import in_language
from sim.changing import tree_of
from sim.configuration import ConfigurationError
from sim.region import Market
from sim.scenario import Scenario


@pytest.fixture(scope="module")
def zibo() -> Scenario:
    return Scenario.load("zibo")


def test_dotted_keys_dictionaries_and_arguments_say_the_same(zibo: Scenario) -> None:
    wanted = Scenario.load("zibo", {"policy.lodging.free_nights": 14, "policy.loans.rate_per_year": 0.03, "days": 5})
    lodging, loans = {"free_nights": 14}, {"rate_per_year": 0.03}
    assert zibo.with_({"policy.lodging.free_nights": 14, "policy.loans.rate_per_year": 0.03, "days": 5}) == wanted
    assert zibo.with_(days=5, policy={"lodging": lodging, "loans": loans}) == wanted
    assert zibo.with_({"policy.lodging": lodging, "days": 5}, policy={"loans.rate_per_year": 0.03}) == wanted
    assert zibo.with_({"policy": zibo.policy.model_copy(update={"lodging": wanted.policy.lodging})}, days=5).policy.lodging == wanted.policy.lodging
    assert Scenario.load("zibo", {"policy": {"lodging": lodging, "loans": loans}, "days": 5}) == wanted
    assert zibo.policy.lodging.free_nights != 14, "the scenario itself stays as it is"


def test_numbers_and_dates_are_read_as_people_write_them(zibo: Scenario) -> None:
    changed = zibo.with_({"policy.loans.rate_per_year": "5%", "population.graduates": "1万", "start": "2020/10/30"})
    assert (changed.policy.loans.rate_per_year, changed.population.graduates, str(changed.start)) == (0.05, 10_000, "2020-10-30")


def test_what_comes_later_counts() -> None:
    assert tree_of({"a.b": 1, "a": {"c": 2}}, {"a.b": 3}) == {"a": {"b": 3, "c": 2}}
    assert tree_of({"a": 1, "a.b": 2}) == {"a": {"b": 2}}
    assert tree_of({"a": {"b": {"c": 1}}}, {"a": {"b.d": 2}}) == {"a": {"b": {"c": 1, "d": 2}}}


def test_no_change_is_the_same(zibo: Scenario) -> None:
    assert zibo.with_() == zibo.with_({}) == zibo
    assert zibo.with_(days=zibo.days).model_dump_json() == zibo.model_dump_json()


def test_an_entry_of_a_list_is_changed_by_its_number(zibo: Scenario) -> None:
    other = zibo.with_({"region.districts.1.share": 0.9})
    assert other == Scenario.load("zibo", {"region.districts.1.share": 0.9})
    assert other.region.districts[1].share == 0.9
    assert other.region.districts[0] == zibo.region.districts[0]
    for key, words in {"region.districts.99.share": "unknown key 'region.districts.99.share'", "region.districts.0.shares": "Did you mean",
                       "region.districts.0": "region.districts.0 is 5"}.items():  # fmt: skip
        with pytest.raises(ConfigurationError, match=re.escape(words)):
            zibo.with_({key: 5})
    with pytest.raises(ConfigurationError, match=r"region\.districts\.0\.share is -1; allowed is a finite number, at least 0"):
        zibo.with_({"region.districts.0.share": -1})


def test_text_stays_text(zibo: Scenario) -> None:
    for title in ("true", "null", "12", "[a, b]", "我县,第1版", "it's \"so\""):
        assert zibo.with_(title=title).title == title
    assert Scenario.load("zibo", {"title": "true", "title_zh": "我县, 'x'"}).model_dump(include={"title", "title_zh"}) == {
        "title": "true", "title_zh": "我县, 'x'",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"policy.lodging.free_night": 1}, "Did you mean 'policy.lodging.free_nights'"),
        ({"policy": {"lodgin": {"free_nights": 1}}}, "Did you mean 'policy.lodging.free_nights'"),
        ({"tightness": 2}, "Did you mean 'market.tightness'"),
        ({"days": 0}, "days is 0; allowed is an integer, at least 1"),
        ({"days": True}, "days is true; allowed is an integer"),
        ({"market.tightness": -5}, "market.tightness is -5; allowed is a finite number, at least 0"),
        ({"behaviour": {"search_effort": 9}}, "unknown key 'behaviour.search_effort'"),
        ({"policy.lodging": 3}, "policy.lodging is 3; allowed is a dictionary of its keys, such as {'enabled': "),
        ({"policy.campus_recruitment.campuses": "x"}, r"is 'x'; allowed is a list, such as [a, b]"),
        ({"policy.campus_recruitment.campuses": ["x"]}, "names 'x', which the region does not have"),
        ({"start": "1900-01-01"}, "start is 1900-01-01; allowed is a date from 1950-01-01"),
        ({"title": 3}, "title is 3; allowed is a text"),
        ({5: 3}, "5 is no key; write a text such as"),
        ({"policy..free_nights": 3}, "is no key"),
    ],
)
def test_mistakes_are_named_alike_everywhere(changes: dict[Any, Any], words: str, zibo: Scenario) -> None:
    for change in (zibo.with_, lambda given: zibo.model_copy(update=given), lambda given: Scenario.load("zibo", given)):
        with pytest.raises(ConfigurationError) as caught:
            change(changes)
        assert words in str(caught.value)
        for shell in ("shell", "quote", "KEY=VALUE", "yizhan "):
            assert shell not in str(caught.value)


def test_another_programme_is_loaded_and_not_set(zibo: Scenario) -> None:
    with pytest.raises(ConfigurationError, match=r"Scenario\.load\('none'\)") as caught:
        zibo.with_(programme="none")
    assert "请重新载入" in in_language(caught.value, "zh")
    assert zibo.with_(programme="zibo") == zibo


def test_copies_are_checked_whatever_is_copied(zibo: Scenario) -> None:
    assert zibo.market.model_copy(update={"tightness": 0.5}).tightness == 0.5
    for update in ({"tightness": -5}, {"tightnes": 0.5}, {"tightness": True}):
        with pytest.raises(ConfigurationError, match="tightnes") as caught:
            zibo.market.model_copy(update=update)
        assert "pydantic" not in str(caught.value)
    assert Market().model_copy(deep=True) == Market() == copy.deepcopy(Market())
    assert zibo.model_copy() == zibo == zibo.model_copy(deep=True)
    assert zibo.model_copy(deep=True).policy is not zibo.policy


@pytest.mark.parametrize("start", [0, 0.0, "0", "1709164800", datetime(2024, 2, 29, 3), datetime(2024, 2, 29, tzinfo=UTC), True])  # noqa: DTZ001
def test_a_date_is_no_number_and_no_hour(start: Any, zibo: Scenario) -> None:
    for change in (zibo.with_, lambda given: zibo.model_copy(update=given), lambda given: Scenario.load("zibo", given)):
        with pytest.raises(ConfigurationError, match=r"start is .*; allowed is a date such as 2020-11-01"):
            change({"start": start})


def test_midnight_is_its_day_and_moves_the_programme(zibo: Scenario) -> None:
    wanted = zibo.with_({"start": date(2024, 2, 29)})
    assert zibo.with_({"start": datetime(2024, 2, 29)}) == wanted == Scenario.load("zibo", {"start": datetime(2024, 2, 29)})  # noqa: DTZ001
    assert wanted.policy != zibo.policy


def test_what_is_no_dictionary_of_changes(zibo: Scenario) -> None:
    cyclic: dict[str, Any] = {}
    cyclic["policy"] = cyclic
    for changes, words in (([("days", 3)], "allowed is a dictionary"), ("days=3", "allowed is a dictionary"), (cyclic, "holds itself")):
        for change in (zibo.with_, lambda given: Scenario.load("zibo", given)):
            with pytest.raises(ConfigurationError, match=words):
                change(changes)  # type: ignore[operator]


def test_nothing_is_set_in_place(zibo: Scenario) -> None:
    with pytest.raises(ConfigurationError, match=r"free_nights cannot be set.*with_") as caught:
        zibo.policy.lodging.free_nights = 3
    assert "with_({'键': 值})" in in_language(caught.value, "zh")
    with pytest.raises(ConfigurationError, match="free_nights is -3; allowed is"):
        zibo.policy.lodging.model_copy(update={"free_nights": -3})


@pytest.mark.parametrize("sign", ["\x1b[2J", "\u202e", "\x07"])
def test_signs_that_are_not_seen_are_refused(sign: str, zibo: Scenario) -> None:
    with pytest.raises(ConfigurationError, match=r"title: the text holds a sign that is not seen \(U\+"):
        zibo.with_(title=f"a{sign}b")
    assert zibo.with_(title="two\nlines 驿站 é").title == "two\nlines 驿站 é"
