"""Cards of levers and pages of programmes come from the declarations alone."""

from __future__ import annotations

import json
import re

import pytest

from experiments.dashboard.content.drafts import DraftError
from experiments.dashboard.content.levers import OF_LEVERS, card_of, cards
from experiments.dashboard.content.programmes import programme, programmes
from experiments.dashboard.content.words import without_keys
from sim.bilingual import Sentence
from sim.configuration import available
from sim.lever import Lever
from sim.levers import LEVERS, OWN
from sim.parameters import ENTRY, declarations, parameter
from sim.scenario import load_scenario
from sim.units import both


def test_every_lever_has_a_card_with_every_parameter_of_it() -> None:
    found = {card["lever"]: card for card in cards()}
    assert set(found) == {lever.name for lever in LEVERS}
    assert {card["group"] for card in found.values()} == {"home", "jobs", "skills", "business", "community"}
    for lever in OWN:
        card = found[lever.name]
        keys = [one["key"] for one in card["parameters"]]
        assert sorted(keys) == sorted(f"policy.{lever.name}.{leaf.key}" for leaf in declarations(lever) if ENTRY not in leaf.key)
        assert 1 <= sum(one["main"] for one in card["parameters"]) <= 3
        for one in card["parameters"]:
            assert all(one[part]["en"] and one[part]["zh"] for part in ("title", "unit", "source"))
            assert one["type"] != "choice" or one["choices"]
        assert load_scenario("none", {**card["to_begin"]}).policy.levers[lever.name].enabled
    assert json.dumps(cards(), allow_nan=False)
    assert set(OF_LEVERS) == {lever.name for lever in OWN}


class Canteen(Lever):
    """A lever of a package."""

    name = "canteen"
    label = both("Canteen", "食堂")
    summary = both("Cheap meals.", "便宜的饭菜。")
    meals: int = parameter(3, unit="count", low=0, high=9, prior=(1, 3), source="assumption", en="meals a day", zh="每日餐数")


def test_a_lever_of_a_package_appears_by_itself() -> None:
    card = card_of(Canteen)
    assert (card["group"], card["title"], card["says"]) == ("further", {"en": "Canteen", "zh": "食堂"}, {"en": "Cheap meals.", "zh": "便宜的饭菜。"})
    (meals,) = [one for one in card["parameters"] if one["main"]]
    assert (meals["key"], meals["low"], meals["high"], meals["usual"], meals["default"]) == ("policy.canteen.meals", 0, 9, [1, 3], 3)
    assert meals["assumption"]
    assert meals["source"] == {"en": "assumption, no local evidence", "zh": "假定（无本地依据）"}


def test_every_programme_is_explained() -> None:
    heads = {one["name"]: one for one in programmes()}
    assert set(heads) == set(available("programme"))
    found = programme("dongbeitang")
    assert found["title"]["zh"] in found["title"]["zh"]
    assert len(found["explained"]) == 3 + len(found["levers_on"])
    facts = {fact["key"]: fact for fact in found["facts"]}
    assert facts["policy.lodging.rooms_per_station"]["text"]["zh"] == "青年驿站，每站房间数：15 间"
    assert facts["policy.lodging.rooms_per_station"]["source"]["en"] == "document: 15 fixed rooms"
    assert [fact["document"] for fact in found["facts"]] == sorted((fact["document"] for fact in found["facts"]), reverse=True)
    assert [one["value"] for one in found["reported"]] == [500, 33]
    assert found["values"]["policy.lodging.free_nights"] == 14
    assert json.dumps(found, allow_nan=False)
    assert programme("none")["levers_on"] == []
    with pytest.raises(DraftError, match="Did you mean 'zibo'"):
        programme("zibbo")


def test_facts_are_said_in_words_and_not_as_files_write_them() -> None:
    """No name or number that stands for something, no null, no share as a fraction, no file's name; places by their names in the reader's language."""
    found = programme("zibo")
    facts = {fact["key"]: fact["text"] for fact in found["facts"]}
    assert facts["policy.lodging.origin"]["zh"] == "青年驿站，服务对象：仅限外来青年"
    assert facts["policy.lodging.origin"]["en"].endswith(": only who grew up and studied elsewhere")
    assert facts["policy.travel_vouchers.lowest_education"]["zh"] == "体验券，最低学历：本科"
    assert facts["policy.loans.credit_line"] == {"zh": "创业贷款，授信总额：3 亿元", "en": "Loans, credit that the lenders grant in all: 300 million CNY"}
    assert "青岛科技大学、" in facts["policy.campus_recruitment.campuses"]["zh"]
    assert found["document"] == {"zh": "材料 002：共青团淄博市委，2021 年 6 月 4 日", "en": "document 002: Zibo League committee, 4 June 2021"}
    assert found["reported"][0]["what"] == {"zh": "材料 002，第 4 问", "en": "document 002, answer 4"}
    for name in available("programme"):
        told = programme(name)
        for fact in told["facts"]:
            assert not re.search(r"null|elsewhere|\bany\b|占比$|\d_[0-9a-f]{8}", fact["text"]["zh"]), fact
            assert "null" not in fact["text"]["en"], fact
        assert not re.search("[a-z]{3}|_", told["document"]["zh"]), told["document"]
        assert not [one for one in told["reported"] if re.search("[a-z]{3}", one["what"]["zh"])]


def test_a_choice_is_offered_by_what_its_values_mean() -> None:
    choices = [one for card in cards() for one in card["parameters"] if one["choices"]]
    assert choices
    for one in choices:
        assert set(one["choice_titles"]) == set(one["choices"])
        assert all(re.search("[\u3400-\u9fff]", words["zh"]) for words in one["choice_titles"].values()), one["key"]
        assert not any(name in one["title"]["zh"] for name in one["choices"])


def test_notes_on_the_page_name_services_and_no_keys() -> None:
    said = Sentence("policy.lodging, policy.loans: all. policy.LEVER.campuses=[…] names others.", "policy.lodging：全部。可用 policy.LEVER.campuses=[…] 另行指定。")
    assert without_keys(said) == "Lodging, Loans: all."
    assert without_keys(said).zh == "青年驿站：全部。"
