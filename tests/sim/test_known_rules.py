"""Rules that are a formula: their value for numbers that can be worked out by hand."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from sim.behaviour import Behaviour
from sim.compiled import NEVER
from sim.levers.internships import Internships, may_take_place
from sim.levers.loans import cut_for, rate_for
from sim.levers.subsidies import amount_for, is_entitled
from sim.rules import effort, paying, searching, services
from sim.rules.preparing import effort_beside_exams
from sim.rules.searching import session_rate
from sim.rules.telling import is_concerned
from sim.rules.visiting import grow_ties
from sim.states import Activity, OutreachChannel, Place, Placement, Preparation


def as_python(rule: Any) -> Callable[..., Any]:
    """Return a rule that calls no other as Python runs it."""
    return getattr(rule, "py_func", rule)  # type: ignore[no-any-return]


def rules(**behaviour: float) -> Any:
    """Return a world of which only the behaviour is asked: the usual one, but for what is given."""
    values = SimpleNamespace(behaviour=Behaviour().model_copy(update=behaviour), internships=Internships())
    return SimpleNamespace(rules=values, plan=SimpleNamespace(entry_pay=0.0))


@pytest.fixture
def never_helped(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let Python run the rules of a search."""
    monkeypatch.setattr(effort, "effort_beside_exams", as_python(effort_beside_exams))
    monkeypatch.setattr(effort, "hours_free", as_python(effort.hours_free))
    monkeypatch.setattr(searching, "sessions_a_day", as_python(effort.sessions_a_day))
    monkeypatch.setattr(searching, "effort_after_signing", as_python(paying.effort_after_signing))
    for rule in ("free_day", "months_without_pay"):
        monkeypatch.setattr(paying, rule, as_python(getattr(paying, rule)))


EFFORT = rules(
    sessions_per_month=30.0, sessions_most=100.0, student_effort=0.8, employed_effort=0.35, intern_effort=0.4, signed_effort=0.1, visiting_effort=3.0
)  # fmt: skip


@pytest.mark.parametrize(
    ("activity", "place", "signed", "rate"),
    [
        (Activity.SEARCHING, Place.RESIDENT, False, 2.0 * 0.5),
        (Activity.STUDYING, Place.RESIDENT, False, 2.0 * 0.8 * 0.5),
        (Activity.EMPLOYED, Place.RESIDENT, False, 2.0 * 0.35 * 0.5),
        (Activity.TRAINING, Place.RESIDENT, False, 2.0 * 0.4 * 0.5),
        (Activity.INTERN, Place.ELSEWHERE, False, 2.0 * 0.4 * 0.5),
        (Activity.SEARCHING, Place.VISITING, False, 2.0 * 3.0),
        (Activity.STUDYING, Place.VISITING, True, 2.0 * 0.8 * 0.1 * 3.0),
        (Activity.SEARCHING, Place.ELSEWHERE, True, 2.0 * 0.1 * 0.5),
    ],
)
def test_sessions_a_day(activity: int, place: int, signed: bool, rate: float, never_helped: None) -> None:  # noqa: ARG001
    usual = {"region_interest": 0.5, "graduation_day": -9, "preparing": Preparation.NONE}
    person = SimpleNamespace(activity=activity, place=place, contract_day=9 if signed else NEVER, **usual)
    world = SimpleNamespace(rules=EFFORT.rules, people=[person])
    assert as_python(session_rate)(world, 0, 0, 2.0) == pytest.approx(rate)
    fewer = EFFORT.rules.behaviour.model_copy(update={"sessions_most": 30.0})  # hours for half of it
    bound = SimpleNamespace(rules=SimpleNamespace(behaviour=fewer), people=[person])
    assert as_python(session_rate)(bound, 0, 0, 2.0) == pytest.approx(rate / 2)


@pytest.mark.parametrize(
    ("on_offer", "budget", "spent", "promised", "units", "can"),
    [
        (1, 100, 0, 0, 10, True), (1, 100, 0, 0, 11, False), (1, 100, 50, 0, 5, True), (1, 100, 50, 1, 5, False), (1, 100, 50, 1, 4, True),
        (1, NEVER, 10**9, 10, 10, True), (0, NEVER, 0, 0, 1, False), (1, 0, 0, 0, 0, True),
    ],
)  # fmt: skip
def test_a_budget_covers_what_is_spent_promised_and_asked(
    on_offer: int, budget: int, spent: int, promised: int, units: int, can: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "_is_covered", as_python(services._is_covered))
    service = SimpleNamespace(on_offer=on_offer, budget=budget, spent=spent, promised=promised, unit_cost=10)
    assert bool(as_python(services.can_pay)(SimpleNamespace(services=[service]), 0, units)) is can


@pytest.mark.parametrize(("age", "may"), [(0, True), (730, True), (731, False)])
def test_a_graduate_place_is_for_two_years_after_graduation(age: int, may: bool) -> None:
    usual = {"activity": Activity.SEARCHING, "place": Place.RESIDENT, "contract_day": NEVER, "station": NEVER}
    asked = as_python(may_take_place)
    assert bool(asked(rules(), 1_000, Placement.GRADUATE, SimpleNamespace(graduation_day=1_000 - age, **usual))) is may
    for other in ({"activity": Activity.EMPLOYED}, {"place": Place.VISITING}, {"place": Place.ELSEWHERE}, {"contract_day": 1_010}, {"station": 0}):
        assert not asked(rules(), 1_000, Placement.GRADUATE, SimpleNamespace(**({"graduation_day": 1_000} | usual | other)))


@pytest.mark.parametrize(("years", "age", "entitled"), [(3, 1095, True), (3, 1096, False), (5, 1825, True), (5, 1826, False)])
def test_a_subsidy_is_for_some_years_after_graduation(years: int, age: int, entitled: bool) -> None:
    world = SimpleNamespace(rules=SimpleNamespace(subsidies=SimpleNamespace(within_years=years, newcomers_only=1)))
    usual = {"activity": Activity.EMPLOYED, "employer": 0, "place": Place.RESIDENT, "from_elsewhere": 1, "resident_since": 10}
    asked = as_python(is_entitled)
    assert bool(asked(world, 2_000, SimpleNamespace(graduation_day=2_000 - age, **usual))) is entitled
    excluded: list[dict[str, Any]] = [{"employer": NEVER}, {"activity": Activity.SEARCHING}, {"place": Place.ELSEWHERE}, {"from_elsewhere": 0}]
    for other in (*excluded, {"resident_since": NEVER}):
        assert not asked(world, 2_000, SimpleNamespace(**({"graduation_day": 2_000} | usual | other)))


@pytest.mark.parametrize(("amount", "education", "paid"), [(1_000, 0, 500), (1_000, 1, 1_000), (1_000, 2, 1_500), (999, 0, 499)])
def test_subsidies_by_tier(amount: int, education: int, paid: int) -> None:
    world = SimpleNamespace(rules=SimpleNamespace(subsidies=SimpleNamespace(vocational_ratio=0.5, master_ratio=1.5)))
    assert as_python(amount_for)(world, SimpleNamespace(education=education), amount) == paid


@pytest.mark.parametrize(
    ("cut", "leader", "card", "pays"),
    [(0.25, 0, 0, 0.04), (0.25, 1, 0, 0.03), (1.0, 1, 0, 0.0), (0.25, 0, 1, 0.02), (0.25, 1, 1, 0.02), (1.0, 1, 1, 0.0)],
)
def test_leaders_and_holders_of_the_card_pay_less_interest(cut: float, leader: int, card: int, pays: float) -> None:
    world = SimpleNamespace(rules=SimpleNamespace(loans=SimpleNamespace(rate_per_year=0.04, leader_rate_cut=cut, card_rate_cut=0.5)))
    assert as_python(rate_for)(world, as_python(cut_for)(world, SimpleNamespace(leader=leader, card=card))) == pytest.approx(pays)


@pytest.mark.parametrize(
    ("channel", "met"),
    [
        (OutreachChannel.JOB_BOARDS, {"seeker", "searching student"}), (OutreachChannel.CAMPUS_GROUPS, {"student", "searching student"}),
        (OutreachChannel.VISITS, {"seeker", "pausing"}), (OutreachChannel.KIOSKS, {"seeker", "pausing", "employee", "student"}),
        (OutreachChannel.MEDIA, {"seeker", "pausing", "employee", "student"}),
        (OutreachChannel.ONLINE_COMMUNITIES, {"seeker", "pausing", "employee", "student", "searching student"}),
    ],
)  # fmt: skip
def test_whom_a_channel_meets(channel: int, met: set[str]) -> None:
    people = {
        "seeker": (Activity.SEARCHING, Place.RESIDENT, 9), "pausing": (Activity.INACTIVE, Place.RESIDENT, NEVER),
        "employee": (Activity.EMPLOYED, Place.RESIDENT, NEVER), "student": (Activity.STUDYING, Place.RESIDENT, NEVER),
        "searching student": (Activity.STUDYING, Place.ELSEWHERE, 9), "away": (Activity.INACTIVE, Place.ELSEWHERE, NEVER),
        "visitor": (Activity.EMPLOYED, Place.VISITING, NEVER),
    }  # fmt: skip
    rows = {name: SimpleNamespace(activity=what, place=where, next_search_day=day) for name, (what, where, day) in people.items()}
    assert {name for name, row in rows.items() if as_python(is_concerned)(channel, row)} == met


@pytest.mark.parametrize(
    ("place", "placement", "tie"),
    [
        (Place.VISITING, Placement.OWN, 0.35), (Place.VISITING, Placement.SUMMER, 0.3), (Place.VISITING, Placement.GRADUATE, 0.3),
        (Place.RESIDENT, Placement.OWN, 0.3), (Place.ELSEWHERE, Placement.OWN, 0.3),
    ],
)  # fmt: skip
def test_a_night_ties_a_visitor_whom_no_programme_placed(place: int, placement: int, tie: float) -> None:
    person = SimpleNamespace(place=place, placement=placement, attachment=0.3)
    as_python(grow_ties)(rules(visit_attachment=0.05), person)
    assert person.attachment == pytest.approx(tie)
