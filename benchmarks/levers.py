"""What all levers at once cost: ``python -m benchmarks.levers``.

The same region and luck with no lever and with all of them, sized to the population, in turn; the aim is less than 2.5 times.
"""

from __future__ import annotations

import argparse
import statistics
from typing import Any

from benchmarks.common import SEED, compile_engine, describe, machine, processor_seconds
from sim.scenario import Scenario
from sim.world import World, make_world


def every_lever(graduates: int) -> dict[str, Any]:
    """Return settings that switch every lever on, in the size of a generous city programme for so many people."""
    thousands = max(1, graduates // 1000)
    settings: dict[str, dict[str, Any]] = {
        "lodging": {"stations": max(2, thousands), "free_nights": 6, "desk_staff_per_station": 1, "newly_employed": True},
        "outreach": {"job_boards": 30 * thousands, "campus_groups": 30 * thousands, "recruitment_events": 15 * thousands,
            "service_points": thousands},
        "job_fairs": {"fairs_per_year": 24, "firms_per_fair": 40, "visitors_per_fair": 30 * thousands, "evening_share": 0.2},
        "campus_recruitment": {"trips": 5, "firms": 8 * thousands, "posts": 170 * thousands},
        "travel_vouchers": {"amount": 500, "places": 8 * thousands, "group_visits": 7},
        "mentoring": {"mentors": thousands, "career_mentors": thousands},
        "loans": {"credit_line": 6_000_000 * thousands, "one_stop_registration": True},
        "guidance": {"lectures": 50, "seats_per_lecture": 3 * thousands, "advisers": max(1, thousands // 3)},
        "skills_training": {"menu_courses": 12, "seats_per_menu_course": 3 * thousands, "contracted_classes": 12,
            "seats_per_contracted_class": thousands},
        "internships": {"graduate_places": 5 * thousands, "government_places": 3 * thousands, "industry_places": 12 * thousands,
            "summer_places": 10 * thousands},
        "startup_courses": {"lectures": 12, "seats_per_lecture": 3 * thousands, "camps": 6, "seats_per_camp": thousands,
            "book_club_members": 3 * thousands},
        "equity": {"amount": 20_000_000, "investments": 4},
        "legal_aid": {"lawyers": max(1, thousands // 5), "trainings": 12, "seats_per_training": 5 * thousands},
        "incubator": {"desks": 2 * thousands},
        "subsidies": {"rent_per_month": 500, "home_purchase": 20_000, "startup_grant": 5_000, "card_discount": 0.03, "card_places": 100 * thousands},
        "integration": {"parlours": max(1, thousands // 4), "social_events": 24, "seats_per_event": 5 * thousands,
            "matchmaking_events": 12, "community_members": 100 * thousands},
        "casework": {"caseworkers": max(1, thousands // 2)},
        "safety_training": {"courses": 12, "seats_per_course": 4 * thousands, "model_units": thousands},
        "organisation": {"staff": thousands, "volunteers": 10 * thousands, "cadres": thousands, "student_deputies": thousands,
            "leaders": 3 * thousands, "seminars": 4},
        "labour_export": {"staff": max(1, thousands // 3)},
        "hiring_subsidy": {"amount": 1500},
        "transport_support": {"share": 0.5, "places": 20 * thousands, "for_visitors": True},
    }  # fmt: skip
    return {f"policy.{lever}.{key}": value for lever, keys in settings.items() for key, value in {"enabled": True, **keys}.items()}


def scenarios(graduates: int, days: int) -> dict[str, Scenario]:
    """Return the market alone and the market with every lever.

    Args:
        graduates: People at the start.
        days: Length of the run in days.
    """
    size = {"population.graduates": graduates, "days": days}
    return {
        "market alone": Scenario.load("none", size, behaviour="evidence"),
        "all levers": Scenario.load("none", size | every_lever(graduates), behaviour="evidence"),
    }


def measure(scenario: Scenario) -> float:
    """Return the processor seconds of the days of one world, without making it."""
    world: World = make_world(scenario, SEED, 0)
    return processor_seconds(lambda: world.advance(0, scenario.days))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Cost of all levers relative to the market alone.")
    parser.add_argument("--people", type=int, default=100_000, help="people")
    parser.add_argument("--days", type=int, default=365, help="days")
    parser.add_argument("--repeat", type=int, default=3, help="pairs")
    arguments = parser.parse_args()
    print(machine())
    compile_engine()
    chosen = scenarios(arguments.people, arguments.days)
    pairs = [{name: measure(scenario) for name, scenario in chosen.items()} for _ in range(arguments.repeat)]
    for name in chosen:
        print(f"{name:>14}: {describe([pair[name] for pair in pairs], 2)} processor seconds, {arguments.people:,} people, {arguments.days} days")
    ratios = [pair["all levers"] / pair["market alone"] for pair in pairs]
    print(f"all levers over market alone, median of pairs: {statistics.median(ratios):.2f} ({min(ratios):.2f}-{max(ratios):.2f})")


if __name__ == "__main__":
    main()
