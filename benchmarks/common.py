"""What the benchmarks share: the scenarios, the clock, and the words for the machine."""

from __future__ import annotations

import os
import platform
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from sim.scenario import Scenario
from sim.world import make_world

SEED = 1

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


def compile_engine() -> float:
    """Run a tiny world, so that compiling (or loading compiled code) is not counted later. Returns the seconds it took."""
    return seconds(lambda: make_world(market_scenario(50, 2), SEED, 0).advance(0, 2))


def seconds(action: Callable[[], object]) -> float:
    """Return the wall-clock seconds that an action takes."""
    began = time.perf_counter()
    action()
    return time.perf_counter() - began


def processor_seconds(action: Callable[[], object]) -> float:
    """Return the processor seconds that an action takes: what other processes take away is not counted."""
    began = time.process_time()
    action()
    return time.process_time() - began


def describe(values: Sequence[float], digits: int = 0) -> str:
    """Return median, lowest and highest of some figures as text."""
    return f"{statistics.median(values):.{digits}f} ({min(values):.{digits}f}-{max(values):.{digits}f})"


def machine() -> str:
    """Return one line on the machine, for whoever reads the figures."""
    model = ""
    information = Path("/proc/cpuinfo")
    if information.exists():
        names = [line.split(":", 1)[1].strip() for line in information.read_text(encoding="utf-8").splitlines() if line.startswith("model name")]
        model = names[0] if names else ""
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return f"{model or platform.processor() or 'unknown processor'}, {os.cpu_count()} cores{load}; Python {platform.python_version()}"
