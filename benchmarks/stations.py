"""Who uses the stations of Zibo and Chengyang and what becomes of them: ``python -m benchmarks.stations``, and ``--histories`` for why guests came.

Each line changes one thing of one programme. Lodged: persons who slept in a station; signed: in the region within `stay_counts_days` of a stay;
of the stay: with who interviewed them during it; users: lodged, or asked at a desk. Intervals are of 95 %.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from typing import Any

import numpy as np

from experiments.bench.timing import SEED, compile_engine, machine
from sim.model import YouthEmploymentModel
from sim.scenario import Scenario
from sim.simulation import simulate
from sim.states import Place, Trip
from sim.statistics import mean_interval

PICKY = {"behaviour.interviews_per_post": 8, "behaviour.skill_bar_mean": -0.2, "behaviour.review_days": 16}
"""A market in which fewer interviews bring an offer, within the plausible ranges: nearer to the middle of evidence 12."""
EMPLOYERS_TELL = {
    "policy.outreach.firm_contacts": 300, "policy.outreach.job_boards": 650,
    "policy.outreach.campus_groups": 650, "policy.outreach.recruitment_events": 400,
}  # fmt: skip
"""Reach that brings as many guests where groups sleep in hotels, most of them told of the stations by who interviews them."""
SHORT, LONG = 7, 3_660
"""Days within which a contract is known at once, and within which all are."""
WINDOW = 60
"""Days of a history after the first stay."""
WATCHED = ("guest_stays", "interviews", "offers", "contracts_signed")


def cases() -> tuple[tuple[str, str, dict[str, Any]], ...]:
    """Return name, programme, and what is changed of each line."""
    no_desks = {"policy.lodging.desk_staff_per_station": 0}
    each_stay = {"policy.lodging.stays_per_person": None}
    tightness = {name: Scenario.load(name).market.tightness for name in ("zibo", "chengyang")}
    days = {name: Scenario.load(name).days for name in ("zibo", "chengyang")}
    return (
        ("Zibo", "zibo", {}),
        ("Zibo, contracts known within 7 days", "zibo", {"policy.lodging.stay_counts_days": SHORT}),
        ("Zibo, contracts known whenever signed", "zibo", {"policy.lodging.stay_counts_days": LONG}),
        ("Zibo, groups sleep in hotels", "zibo", {"policy.travel_vouchers.in_stations": False}),
        ("Zibo, the same, employers tell more", "zibo", {"policy.travel_vouchers.in_stations": False} | EMPLOYERS_TELL),
        ("Zibo, who comes to begin a job, too", "zibo", {"policy.lodging.newly_employed": True}),
        ("Zibo, a night before every interview", "zibo", {"behaviour.same_day_km": 0.0}),
        ("Zibo, employers do not tell", "zibo", {"policy.outreach.firm_contacts": 0}),
        ("Zibo, 6 nights each stay", "zibo", each_stay | {"policy.lodging.free_nights": 6}),
        ("Zibo, nobody comes because of a bed", "zibo", {"policy.lodging.thoughts_per_month": 0.0}),
        ("Zibo, such thoughts as often as is plausible", "zibo", {"policy.lodging.thoughts_per_month": 0.08}),
        ("Zibo, fewer interviews bring an offer", "zibo", PICKY),
        ("Zibo, market as tight as Chengyang's", "zibo", {"market.tightness": tightness["chengyang"]}),
        ("Zibo, without desks", "zibo", no_desks),
        ("Zibo, as long as Chengyang", "zibo", {"days": days["chengyang"]}),
        ("Chengyang", "chengyang", {}),
        ("Chengyang, a night before every interview", "chengyang", {"behaviour.same_day_km": 0.0}),
        ("Chengyang, without walk-ins", "chengyang", {"policy.lodging.walk_ins": False}),
        ("Chengyang, without desks", "chengyang", no_desks),
        ("Chengyang, as short as Zibo", "chengyang", {"days": days["zibo"]}),
    )


def figures(programme: str, changed: dict[str, Any], replicates: int) -> list[tuple[float, float, float]]:
    """Return mean and interval of lodged, signed of them, signed of the stay, placed of them, users, placed of them."""
    outcomes = simulate(Scenario.load(programme, changed, behaviour="evidence"), replicates, SEED).outcomes
    lodged, users, signed, of_stay, placed, users_placed = (
        np.asarray(outcomes[f"station_{name}"], float)
        for name in ("persons", "users", "guests_signed", "stay_signed", "guests_placed", "users_placed")
    )
    with np.errstate(invalid="ignore"):
        found = [mean_interval(values) for values in (lodged, signed / lodged, of_stay / lodged, placed / lodged, users, users_placed / users)]
    return [(interval.mean, interval.low, interval.high) for interval in found]


def reason_of(person: np.void, day: int) -> str:
    """Return why somebody takes a bed on an evening: of what is planned for the next day."""
    if person["place"] == Place.RESIDENT:
        return "begins a job"
    if person["interview_day"] == day + 1:
        return "interview"
    if person["appointment_day"] == day + 1:
        return Trip(int(person["appointment"])).name.lower()
    return "looks round"


def histories(programme: str, changed: dict[str, Any], replicates: int) -> dict[str, Counter[str]]:
    """Return, by why guests took their first bed: persons, and what they had in the time after it."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for replicate in range(replicates):
        scenario = Scenario.load(programme, changed, behaviour="evidence")
        model = YouthEmploymentModel(scenario, seed=SEED, replicate=replicate)
        people = model.world.tables["people"].rows
        before = {name: people[name].copy() for name in WATCHED}
        first: dict[int, tuple[int, str]] = {}
        for day in range(scenario.days):
            model.step()
            for identity in np.flatnonzero((people["guest_stays"] > before["guest_stays"]) & (before["guest_stays"] == 0)).tolist():
                first[identity] = day, reason_of(people[identity], day)
            for name in WATCHED:
                for identity in np.flatnonzero(people[name] > before[name]).tolist():
                    if (identity in first and 0 < day - first[identity][0] <= WINDOW) or name == "guest_stays":
                        found[first[identity][1]][name] += int(people[name][identity] - before[name][identity])
                before[name][:] = people[name]
        for identity, (_, reason) in first.items():
            found[reason].update(persons=1, signed=int(people["guest_signed"][identity]), of_the_stay=int(people["guest_stay_signed"][identity]))
    return found


def tell_histories(size: dict[str, Any], replicates: int) -> None:
    """Print why guests came, and what they had within `WINDOW` days."""
    for programme in ("zibo", "chengyang"):
        print(f"\n{programme}: persons a replicate; stays, interviews, offers within {WINDOW} days, signed, of the stay: a person")
        for reason, counts in sorted(histories(programme, size, replicates).items(), key=lambda item: -item[1]["persons"]):
            persons = counts["persons"]
            each = [f"{counts[name] / persons:.2f}" for name in ("guest_stays", "interviews", "offers", "signed", "of_the_stay")]
            print(f"{reason:<14} {persons / replicates:8.1f}   {'  '.join(each)}", flush=True)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Conversion of those who use stations in Zibo and Chengyang.")
    parser.add_argument("--replicates", type=int, default=6, help="replicates a line")
    parser.add_argument("--graduates", type=int, default=0, help="people, instead of the programme's own number")
    parser.add_argument("--histories", action="store_true", help="why guests came, and what became of it, instead of the table")
    arguments = parser.parse_args()
    print(machine())
    compile_engine()
    size = {"population.graduates": arguments.graduates} if arguments.graduates else {}
    if arguments.histories:
        tell_histories(size, arguments.replicates)
        return
    print(f"{'':<46} {'lodged':>16} {'signed of them':>20} {'of the stay':>20} {'placed of them':>20} {'users':>16} {'placed of them':>20}")
    for name, programme, changed in cases():
        lodged, signed, of_stay, placed, users, users_placed = figures(programme, changed | size, arguments.replicates)
        counts = [f"{mean:.0f} [{low:.0f}, {high:.0f}]" for mean, low, high in (lodged, users)]
        shares = [f"{mean:.0%} [{low:.0%}, {high:.0%}]" for mean, low, high in (signed, of_stay, placed, users_placed)]
        print(f"{name:<46} {counts[0]:>16} {shares[0]:>20} {shares[1]:>20} {shares[2]:>20} {counts[1]:>16} {shares[3]:>20}", flush=True)


if __name__ == "__main__":
    main()
