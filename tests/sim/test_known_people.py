"""Persons who are known: they are as the file says, what it does not say is drawn from the region, and nothing else moves."""

import csv
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.ledger.known_people import deal, graduation_days, wanted_of
from sim.ledger.known_traits import KEYS, NO_DAY, keys_of
from sim.ledger.people_file import Status, known_people
from sim.ledger.table_file import UNKNOWN
from sim.scenario import ConfigurationError, Scenario
from sim.states import Activity, Count, Money, Place

ROWS = 240
Rows = list[dict[str, str]]


def rows_of(number: int = ROWS) -> Rows:
    """Return rows that know something of everything, with gaps."""
    luck = np.random.default_rng(3)

    def one() -> dict[str, str]:
        status = str(luck.choice(["student", "searching", "employed", "founder", "preparing", "inactive", ""]))
        graduated = "" if status == "" else "2021" if status == "student" else str(luck.choice(["2020-06-30", "2019", "2018-03", "2016", ""]))
        return {
            "as_of": "2020-11-20", "status": status, "graduated": graduated, "education": str(luck.choice(["vocational", "bachelor", "master", ""])),
            "campus": str(luck.choice(["college", "大学", "outside 2", "no such", ""])), "origin": str(luck.choice(["local", "elsewhere", ""])),
            "place": str(luck.choice(["here", "away", ""])), "district": str(luck.choice(["district 1", "2 区", ""])),
            "field": str(luck.choice(["agriculture", "computing", ""])), "sex": str(luck.choice(["male", "female", ""])),
            "wage": str(luck.choice(["7001", ""])),
            "expected_wage": str(luck.choice(["8003", ""])), "searching_since": str(luck.choice(["2020-09", ""])),
        }  # fmt: skip

    return [one() for _ in range(number)]


def write(path: Path, rows: Rows) -> str:
    if path.suffix == ".parquet":
        pq.write_table(pa.Table.from_pylist(rows), path)
        return str(path)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return str(path)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> str:
    return write(tmp_path_factory.mktemp("people") / "people.csv", rows_of())


@pytest.fixture(scope="module")
def known_scenario(file: str, scenario_of: Any) -> Scenario:
    found: Scenario = scenario_of(graduates=None, population={"people": file})
    return found


def test_persons_are_as_the_file_says(known_scenario: Scenario, world_of: Any, file: str) -> None:
    world = world_of(known_scenario)
    known, people = known_people(file), world.tables["people"].rows[:ROWS]
    wanted, now = wanted_of(known_scenario, known), keys_of(people)
    assert known_scenario.population.graduates == ROWS
    for key in KEYS:
        told = wanted.keys[key] != UNKNOWN
        assert told.sum() > 60
        assert now[key][told].tolist() == wanted.keys[key][told].tolist(), key
    for column, values in (("district", wanted.district), ("field", wanted.field), ("sex", wanted.sex), ("expected_wage", wanted.expected_wage)):
        told = values != UNKNOWN
        assert people[column][told].tolist() == values[told].tolist(), column
        assert len(set(people[column][~told].tolist())) > 1  # and the rest is drawn
    paid = (known.amounts["wage"] != UNKNOWN) & (people["activity"] == Activity.EMPLOYED)
    assert set(people["wage"][paid].tolist()) == {7001}
    exact = wanted.is_exact & (wanted.day <= 0)
    assert people["graduation_day"][exact].tolist() == wanted.day[exact].tolist()
    searched = (people["activity"] == Activity.SEARCHING) & (wanted.searched != UNKNOWN)
    assert set(people["searching_since"][searched].tolist()) <= {-80, *people["graduation_day"][searched].tolist()}


def test_the_world_goes_together(known_scenario: Scenario, run_of: Any, world_of: Any, file: str, every_lever: Any) -> None:
    world = world_of(known_scenario)
    people, employers = world.tables["people"].rows[:ROWS], world.tables["employers"].rows
    staff = people["employer"][(people["activity"] == Activity.EMPLOYED) & (people["place"] == Place.RESIDENT)]
    assert (staff >= 0).all()
    assert employers["staff"].sum() == staff.size
    assert employers["wage_bill"].sum() == people["wage"][people["employer"] >= 0].sum()
    campuses, members = world.tables["campuses"].rows, world.members
    for row in range(len(campuses)):
        listed = members[campuses["first_member"][row] : campuses["first_member"][row] + campuses["members"][row]]
        assert set(world.tables["people"].rows["campus"][listed].tolist()) <= {row}
    assert campuses["members"].sum() == len(world.tables["people"].rows)
    assert world.ledger[Money.OPENING_SAVINGS] == world.tables["people"].column("savings").sum()
    all_try = {"civil_service_share": 1.0, "civil_service_success": 1.0, "postgraduate_share": 0.0, "upgrade_share": 0.0}
    in_spring = world_of(known_scenario.with_({"start": "2021-05-01", "exams": all_try}))  # some students have signed with the state by then
    signed = in_spring.tables["people"].rows
    assert in_spring.counts[Count.ENTERED_SERVICE] == ((signed["contract_day"] >= 0) & (signed["contract_outside"] == 1)).sum() > 0
    lived = run_of(graduates=None, population={"people": file}, days=60, policy=every_lever())
    assert lived.tables["people"].column("hires").sum() == lived.counts[Count.HIRES]


def test_what_is_not_known_is_drawn_given_what_is(known_scenario: Scenario, world_of: Any, file: str) -> None:
    """Who searches has less skill than who has a job, as everywhere in the region; and nobody's skill is in the file."""
    status, apart = known_people(file).words["status"], []
    for replicate in range(6):
        skill = world_of(known_scenario, 1, replicate).tables["people"].rows["skill"][:ROWS]
        apart.append(skill[status == Status.EMPLOYED].mean() - skill[status == Status.SEARCHING].mean())
    assert np.mean(apart) > 0.3 > 3 * np.std(apart) / len(apart) ** 0.5


def test_what_nobody_of_the_region_is_is_written_all_the_same(tmp_path: Path, scenario_of: Any, world_of: Any) -> None:
    statuses = ("searching", "founder", "preparing", "inactive", "employed", "student")
    rows = [{"as_of": "2020-11-20", "status": one, "graduated": "2021" if one == "student" else "2019", "education": "master", "campus": "college",
             "place": place} for one in statuses for place in ("here", "away")]  # fmt: skip
    file = write(tmp_path / "p.csv", rows)
    nobody = {"unemployed_recent": 0, "unemployed_earlier": 0, "founders_earlier": 0, "final_year_share": 0}
    scenario = scenario_of(
        graduates=None, days=40, population={"people": file, "cohort": 1, **nobody}, opening={"paused_recent": 0, "preparing_recent": 0},
    )  # fmt: skip
    world = world_of(scenario)
    wanted, now = wanted_of(scenario, known_people(file)), keys_of(world.tables["people"].rows[: len(rows)])
    for key in KEYS:
        told = wanted.keys[key] != UNKNOWN
        assert now[key][told].tolist() == wanted.keys[key][told].tolist(), key
    people = world.tables["people"].rows[: len(rows)]
    waits = people["activity"] == Activity.INACTIVE
    assert (people["return_day"][waits & (people["preparing"] == 0)] > 0).all()
    assert (people["next_search_day"][people["activity"] == Activity.SEARCHING] > 0).all()
    world.advance(0, 40)
    assert set(world.tables["people"].rows["activity"][: len(rows)].tolist()) - {Activity.INACTIVE, Activity.SEARCHING}


def test_the_same_persons_whatever_the_policy_and_others_each_replicate(known_scenario: Scenario, world_of: Any, every_lever: Any) -> None:
    columns = ("campus", "education", "skill", "savings", "activity", "graduation_day", "hoped_wage", "effort", "employer")
    worlds = [
        world_of(known_scenario), world_of(known_scenario), world_of(known_scenario.with_({"policy": every_lever()})), world_of(known_scenario, 1, 1),
    ]  # fmt: skip
    first, again, helped, other = ([world.tables["people"].rows[name][:ROWS].tolist() for name in columns] for world in worlds)
    assert first == again == helped
    assert first != other


def test_without_a_file_nothing_moves_and_others_stay_themselves(
    file: str, scenario_of: Any, world_of: Any, snapshot_of: Any, difference_of: Any,
) -> None:  # fmt: skip
    plain = scenario_of(graduates=400)
    assert difference_of(snapshot_of(world_of(plain)), snapshot_of(world_of(scenario_of(graduates=400, population={"people": ""})))) == []
    beside = world_of(scenario_of(graduates=400, population={"people": file})).tables["people"].rows[ROWS:400]
    alone = world_of(plain).tables["people"].rows[ROWS:400]
    for column in ("campus", "education", "skill", "activity", "effort"):
        assert beside[column].tolist() == alone[column].tolist()


def test_a_changed_file_is_another_scenario(tmp_path: Path, scenario_of: Any) -> None:
    path = tmp_path / "p.csv"
    first = scenario_of(graduates=None, population={"people": write(path, rows_of(8))})
    write(path, rows_of(9))
    second = first.with_({"population.people": str(path)})
    assert (first.population.graduates, second.population.graduates) == (8, 9)
    assert first.model_dump_json() != second.model_dump_json()
    assert first.population.people_sha256 != second.population.people_sha256
    with pytest.raises(ConfigurationError, match="is not the file that was used"):
        first.with_({"days": 10, "population.people_sha256": first.population.people_sha256})
    assert second.with_({"population.graduates": 20}).population.graduates == 20
    with pytest.raises(ConfigurationError, match="fewer than the 9 persons"):
        second.with_({"population.graduates": 5})


def test_parquet_and_csv_say_the_same_and_weights_make_a_total(tmp_path: Path) -> None:
    rows = [{**row, "weight": "1.25"} for row in rows_of(40)]
    table, text = (known_people(write(tmp_path / f"p.{ending}", rows)) for ending in ("parquet", "csv"))
    assert len(table) == len(text) == 50
    assert table.words["status"].tolist() == text.words["status"].tolist()
    assert np.bincount(text.rows).tolist() == [1, 2, 1, 1] + [1, 1, 1, 2] * 9 or set(np.bincount(text.rows)) == {1, 2}


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(0, 5), min_size=1, max_size=60), st.lists(st.integers(0, 5), max_size=60), st.sampled_from([0.0, 0.25, 1.0]))
def test_donors_agree_and_come_in_turn(persons: list[int], donors: list[int], needed: float) -> None:
    ours, theirs = np.array(persons, np.int64), np.array(donors, np.int64)
    found = deal(ours, theirs, needed)
    for cell in set(persons):
        dealt, there = found[ours == cell], np.flatnonzero(theirs == cell)
        if there.size and there.size >= needed * dealt.size:
            assert dealt.tolist() == [int(there[turn % there.size]) for turn in range(dealt.size)]
        else:
            assert set(dealt.tolist()) == {UNKNOWN}


@pytest.mark.parametrize(("start", "expected"), [("2020-11-01", -129 - 1 + 6), ("2024-11-01", -124), ("2021-03-01", -244)])
def test_dates_move_by_whole_years(tmp_path: Path, scenario_of: Any, start: str, expected: int) -> None:
    file = write(tmp_path / "p.csv", [{"as_of": "2020-11-20", "graduated": "2020-06-30"}, {"as_of": "2020-11-20", "graduated": ""}])
    scenario = scenario_of(graduates=None, population={"people": file}, start=start)
    days, is_exact = graduation_days(scenario, known_people(file))
    assert days.tolist() == [expected, NO_DAY]
    assert is_exact.tolist() == [True, False]


BAD = (
    ("status\nstudying\n", "row 1: status is none of student"), ("name,status\n王小明,student\n", "column 1 has a name that is none of"),
    ("status\n", "has no row"), ("status,wage\nemployed,much\n", "row 1: wage is no number from 100"),
    ("graduated\n30.6.2020\n", "graduated is no date"),
    ("as_of,searching_since\n2020-11-20,2020-11-20\n2020-11-20,2020-11-21\n", "row 2: searching_since lies after as_of"),
    ("status,sex\nstudent\n", "row 1: has another number of cells"), ("status,status\na,b\n", "two columns of the same name"),
    ("status,weight\nstudent,-1\n", "weight is no number from 0"),
    ("as_of,status\n2020-01-01,student\n2020-01-02,student\n", "same day in every row"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "message"), BAD)
def test_a_mistake_is_told_with_its_row_and_without_what_stands_there(tmp_path: Path, scenario_of: Any, text: str, message: str) -> None:
    path = tmp_path / "p.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=message) as error:
        scenario_of(graduates=None, population={"people": str(path)})
    assert not any(name in str(error.value) for name in ("王小明", "studying", "much", "30.6"))


def test_who_contradicts_the_calendar_or_the_model_is_told_less(tmp_path: Path, scenario_of: Any) -> None:
    rows = [
        {"as_of": "2020-11-20", "status": "student", "graduated": "2019", "place": "", "campus": "", "origin": ""},
        {"as_of": "2020-11-20", "status": "employed", "graduated": "2021", "place": "", "campus": "", "origin": ""},
        {"as_of": "2020-11-20", "status": "founder", "graduated": "2019", "place": "away", "campus": "college", "origin": "elsewhere"},
    ]
    file = write(tmp_path / "p.csv", rows)
    scenario = scenario_of(graduates=None, population={"people": file})
    keys = wanted_of(scenario, known_people(file)).keys
    assert keys["status"].tolist() == [UNKNOWN, Status.STUDENT, Status.EMPLOYED]
    assert keys["origin"].tolist() == [UNKNOWN, UNKNOWN, 0]  # who studied here is a local
