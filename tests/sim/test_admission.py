"""Who is kept out of a service lives as if there were none."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from sim.admission import BY_EMPLOYER, SERVICES, admit_only, bits_at_stake, bits_of, lever_of, levers_of
from sim.levers import LeverId
from sim.scenario import Policy
from sim.states import Admission
from sim.world import World

SETTING = {"graduates": 480, "days": 250, "start": "2021-01-01"}
OF_THE_SERVICE = (
    "services", "stations", "mentors", "lenders", "events", "beds", "districts.beds", "stocks", "outcome", "series", "people.aware",
    "people.barred", "employers.aware", "employers.claim_worth",
)  # fmt: skip
"""What a service that stands ready leaves, with nobody in it."""
AT_WORKPLACES = {
    "loans": {"firm_ceiling": 0, "one_stop_registration": False}, "safety_training": {"model_units": 0}, "outreach": {"firm_contacts": 0},
}  # fmt: skip
"""What these levers do for employers, left out."""


@pytest.fixture(scope="module")
def without(run_of: Callable[..., World], snapshot_of: Callable[[World], dict[str, bytes]]) -> dict[str, bytes]:
    return snapshot_of(run_of(**SETTING))


def test_every_lever_is_a_service_or_reaches_employers() -> None:
    levers = {lever_of(service) for service in SERVICES}
    assert levers | BY_EMPLOYER == set(Policy.model_fields)
    assert not levers & BY_EMPLOYER


@pytest.mark.parametrize("lever", sorted({lever_of(service) for service in SERVICES}))
def test_a_service_from_which_everybody_is_barred_is_no_service(
    lever: str, without: dict[str, bytes], scenario_of: Callable[..., Any], world_of: Callable[..., World], every_lever: Callable[[], Any],
    snapshot_of: Callable[[World], dict[str, bytes]], difference_of: Callable[..., list[str]],
) -> None:  # fmt: skip
    setting = every_lever()[lever] | AT_WORKPLACES.get(lever, {})
    world = world_of(scenario_of(**SETTING, policy={lever: setting}))
    people = world.tables["people"].rows
    admit_only(people, bits_of([lever]), np.zeros(people.size, np.uint32))
    world.advance(0, SETTING["days"])
    counted = {"counts", "flows"} if lever in ("campus_recruitment", "loans") else set()  # posts shown to nobody, firms that ask in vain
    differing = [name for name in difference_of(without, snapshot_of(world)) if not name.startswith(OF_THE_SERVICE)]
    assert set(differing) <= counted
    assert int(world.tables["services"].rows["served"].sum()) == 0


def test_bits_of_a_part_open_its_lever_and_no_other_part() -> None:
    menu, contracted = bits_of(["skills_training.menu_courses"]), bits_of(["skills_training.contracted_classes"])
    assert menu & contracted == 1 << LeverId.SKILLS_TRAINING
    assert menu | contracted == bits_of(["skills_training"])
    assert not menu & (1 << Admission.CONTRACTED_CLASSES)
    assert bits_of([]) == 0
    assert levers_of(["skills_training.menu_courses", "casework", "skills_training"]) == ("skills_training", "casework")


def test_admitting_leaves_other_bars_in_place() -> None:
    people = np.zeros(3, [("barred", "u4")])
    people["barred"] = 1 << LeverId.LOANS
    at_stake = bits_of(["casework", "guidance"])
    admit_only(people, at_stake, np.array([at_stake, bits_of(["casework"]), 0], np.uint32))
    assert people["barred"].tolist() == [1 << LeverId.LOANS, 1 << LeverId.LOANS | bits_of(["guidance"]), 1 << LeverId.LOANS | at_stake]


@pytest.mark.parametrize(
    ("part", "other"), [("skills_training.menu_courses", "contracted_courses"), ("skills_training.contracted_classes", "menu_courses"),
                        ("guidance.lectures", "advised"), ("guidance.advice", "lectures")],
)  # fmt: skip
def test_who_is_admitted_to_a_part_gets_nothing_of_the_other(
    part: str, other: str, scenario_of: Callable[..., Any], world_of: Callable[..., World], every_lever: Callable[[], Any],
) -> None:  # fmt: skip
    lever = lever_of(part)
    world = world_of(scenario_of(**SETTING, policy={lever: every_lever()[lever]}))
    people = world.tables["people"].rows
    admit_only(people, bits_at_stake([part]), np.full(people.size, bits_of([part]), np.uint32))
    world.advance(0, SETTING["days"])
    assert people[other].sum() == 0
    assert int(world.tables["services"].rows["served"][LeverId[lever.upper()]]) > 0
