"""The form of a place: what each kind fills in is what its place has, and what is filled in is what is simulated."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest
import yaml

from experiments.dashboard.content.county import FIELDS_OF_FORM, KINDS, MORE, QUESTIONS, changes_of, defaults_of, form
from experiments.dashboard.content.drafts import DraftError
from sim.own_files import SHIPPED
from sim.parameters import declarations
from sim.scenario import load_scenario


def test_five_questions_come_first_and_every_field_says_what_it_is() -> None:
    found = form()
    assert len(found["questions"]) == 5
    assert [field["name"] for field in found["questions"]] == [field.name for field in QUESTIONS]
    for field in (*found["questions"], *found["more"]):
        assert all(field[part]["en"] and field[part]["zh"] for part in ("title", "unit", "source", "help")), field["name"]
        assert field["kind"] in ("number", "choice", "list", "text")
    assert json.dumps(found, allow_nan=False)


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_of_a_field_is_declared_and_every_default_has_a_source(kind: str) -> None:
    keys = {leaf.key for leaf in declarations(load_scenario("none", {"place": KINDS[kind].place}))}
    for field in (*QUESTIONS[1:], *MORE):
        assert {key.replace(".N.", "[].") for key in field.keys} <= keys
    (found,) = [one for one in form()["kinds"] if one["kind"] == kind]
    assert set(found["defaults"]) == set(found["sources"]) == set(FIELDS_OF_FORM)
    assert all(source["en"] and source["zh"] for source in found["sources"].values())
    assert len(found["entries"]["campuses"]) == len(found["defaults"]["campuses"])
    assert len(found["entries"]["districts"]) == len(found["defaults"]["districts"])


@pytest.mark.parametrize("kind", KINDS)
def test_filling_in_what_is_there_already_changes_nothing(kind: str) -> None:
    untouched, assumed = changes_of({"kind": kind})
    filled, none = changes_of({name: value for name, value in defaults_of(kind).items() if value is not None})
    one, other = (load_scenario("none", changes) for changes in (untouched, filled))
    for part in ("region", "population", "market"):
        assert getattr(one, part) == getattr(other, part)
    assert none == []
    assert set(assumed) == set(FIELDS_OF_FORM) - {"kind", "name", "graduates"}


def test_what_is_filled_in_is_simulated() -> None:
    given = {"kind": "county", "inhabitants": 400_000, "campuses": [30, 100, 120], "pay": 5500, "rent": 700, "name": "某县"}
    given["districts"] = [1, 1, 2, 0]
    changes, assumed = changes_of(given)
    found = load_scenario("dongbeitang", changes)
    assert found.population.inhabitants == 400_000
    assert found.population.graduates == 15_200
    assert [campus.distance_km for campus in found.region.campuses] == [0, 30, 100, 120]
    assert (found.region.wage_bachelor, found.region.wage_vocational, found.region.wage_master) == (5500, 4500, 7500)
    assert found.region.name == "某县", "in both languages, whichever it is written in"
    assert (found.region.rent, found.region.name_zh, [one.share for one in found.region.districts]) == (700, "某县", [1, 1, 2, 0])
    assert {"tightness", "living_cost"} <= set(assumed)
    assert not {"rent", "pay", "campuses", "name"} & set(assumed)
    assert load_scenario("none", changes_of({"kind": "county", "graduates": 500})[0]).population.graduates == 500


@pytest.mark.parametrize(
    ("county", "where"),
    [
        ({"kind": 3}, "county.kind"), ({"rents": 5}, "county.rents"), ({"campuses": [1]}, "county.campuses"), ({"campuses": "x"}, "county.campuses"),
        ({"inhabitants": True}, "county.inhabitants"), ({"inhabitants": 0}, "county.inhabitants"), ({"pay": float("nan")}, "county.pay"),
        ({"name": "${x}"}, "county.name"), ({"sectors": [0, 0, 0, 0, 0]}, "county.sectors"), ({"final_year": 2}, "county.final_year"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_told_with_its_field(county: dict[str, object], where: str) -> None:
    with pytest.raises(DraftError) as error:
        changes_of(county)
    assert error.value.where == where


def test_the_county_is_the_one_that_yizhan_new_writes() -> None:
    template = files("experiments.new") / "county"
    for group in ("region", "population"):
        shipped = yaml.safe_load((SHIPPED / group / "county.yaml").read_text(encoding="utf-8"))
        written = yaml.safe_load((template / group / "NAME.yaml").read_text(encoding="utf-8"))
        assert {**shipped, "name": "", "name_zh": ""} == {**written, "name": "", "name_zh": ""}, group
