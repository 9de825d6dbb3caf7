"""What is measured: the market that engine and references share, the region with everything in it, every lever at a generous size."""

from __future__ import annotations

from typing import Any

from sim.scenario import Scenario

LEFT_OUT = {
    "behaviour.opportunity_per_year": 0,
    "behaviour.growth_per_year": 0,
    "behaviour.internship_share": 0,
    "behaviour.course_per_month": 0,
    "behaviour.explore_per_month": 0,
    "population.founders_earlier": 0,
    "behaviour.arrears_per_year": 0,
    "behaviour.accident_manufacturing": 0,
    "behaviour.accident_elsewhere": 0,
    "behaviour.pay_answer": 0,
    "behaviour.entry_pay_slope": 0,
    "behaviour.growth_by_yield": 0,
    "behaviour.peer_posts": 0,
    "behaviour.leave_per_month": 0,
    "behaviour.ties_fade_per_year": 0,
    "exams.exempt_share": 0,
    "exams.postgraduate_share": 0,
    "exams.upgrade_share": 0,
    "exams.civil_service_share": 0,
    "exams.late_share": 0,
    "opening.preparing_recent": 0,
    "market.season_other": [1.0] * 12,
    "market.season_bachelor": [1.0] * 12,
    "market.season_vocational": [1.0] * 12,
    "market.bonus_wait_share": 0,
}
"""What the plain reference does not have, switched off in the engine: firms, loans, internships, courses, trips, unpaid wages, accidents, exams,
seasons, what pay and growth answer to, moving without a job to go to, and posts that peers tell of."""


def market_scenario(graduates: int, days: int) -> Scenario:
    """Return the labour market that engine and reference both simulate: no programme, nobody from elsewhere, no ventures.

    Args:
        graduates: People at the start.
        days: Length of the run in days.
    """
    scenario = Scenario.load("none", {"population.graduates": graduates, "days": days, **LEFT_OUT}, behaviour="evidence")
    local = tuple(campus for campus in scenario.region.campuses if not campus.outside)
    return scenario.model_copy(update={"region": scenario.region.model_copy(update={"campuses": local})})


def full_scenario(graduates: int, days: int) -> Scenario:
    """Return the default region with everything in it: travel, ventures, training, settling; no programme.

    Args:
        graduates: People at the start.
        days: Length of the run in days.
    """
    return Scenario.load("none", {"population.graduates": graduates, "days": days}, behaviour="evidence")


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
