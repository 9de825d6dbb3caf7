"""Scenario: everything one run is made from, checked before anything runs."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import Field, model_validator

from sim.behaviour import Behaviour
from sim.calendar import Horizon
from sim.parameters import Lever, ParameterGroup
from sim.policies.campus_recruitment import CampusRecruitment
from sim.policies.casework import Casework
from sim.policies.equity import Equity
from sim.policies.guidance import Guidance
from sim.policies.incubator import Incubator
from sim.policies.integration import Integration
from sim.policies.internships import Internships
from sim.policies.job_fairs import JobFairs
from sim.policies.legal_aid import LegalAid
from sim.policies.loans import Loans
from sim.policies.lodging import Lodging
from sim.policies.mentoring import Mentoring
from sim.policies.organisation import Organisation
from sim.policies.outreach import Outreach
from sim.policies.safety_training import SafetyTraining
from sim.policies.skills_training import SkillsTraining
from sim.policies.startup_courses import StartupCourses
from sim.policies.subsidies import Subsidies
from sim.policies.travel_vouchers import TravelVouchers
from sim.region import Market, Population, Region


class Policy(ParameterGroup):
    """The levers. Declared in the order of `LeverId`."""

    lodging: Lodging = Lodging()
    outreach: Outreach = Outreach()
    job_fairs: JobFairs = JobFairs()
    campus_recruitment: CampusRecruitment = CampusRecruitment()
    travel_vouchers: TravelVouchers = TravelVouchers()
    mentoring: Mentoring = Mentoring()
    loans: Loans = Loans()
    guidance: Guidance = Guidance()
    skills_training: SkillsTraining = SkillsTraining()
    internships: Internships = Internships()
    startup_courses: StartupCourses = StartupCourses()
    equity: Equity = Equity()
    legal_aid: LegalAid = LegalAid()
    incubator: Incubator = Incubator()
    subsidies: Subsidies = Subsidies()
    integration: Integration = Integration()
    casework: Casework = Casework()
    safety_training: SafetyTraining = SafetyTraining()
    organisation: Organisation = Organisation()

    @property
    def levers(self) -> dict[str, Lever]:
        """Name → parameters of each lever."""
        return {name: getattr(self, name) for name in type(self).model_fields}


class ReportedFigure(ParameterGroup):
    """A figure that the operator of a programme reported: a gross count, not an effect."""

    outcome: str = Field(description="name of the outcome it stands beside")
    value: float = Field(description="the figure")
    source: str = Field(description="document and place")
    note: str = Field(default="", description="what to know when reading it")


class Scenario(ParameterGroup):
    """One scenario.

    Attributes:
        programme: Name of the programme.
        title: Title in English.
        title_zh: Title in Chinese.
        start: Date of day 0.
        days: Length in days.
        region: The region.
        population: Who is simulated.
        market: The demand side.
        behaviour: Behaviour of people and employers.
        policy: The levers.
        reported: What the operator reported.
    """

    programme: str = Field(default="none", description="name of the programme")
    title: str = Field(default="No programme", description="title in English")
    title_zh: str = Field(default="无项目", description="title in Chinese")
    start: date = Field(default=date(2020, 11, 1), description="date of the first day (ISO)")
    days: int = Field(default=365, ge=1, le=3660, description="length in days")
    region: Region
    population: Population = Population()
    market: Market = Market()
    behaviour: Behaviour = Behaviour()
    policy: Policy = Policy()
    reported: tuple[ReportedFigure, ...] = ()

    @model_validator(mode="after")
    def _check(self) -> Scenario:
        campuses = {campus.name for campus in self.region.campuses}
        for lever_name, lever in self.policy.levers.items():
            for name in type(lever).model_fields:
                value = getattr(lever, name)
                if isinstance(value, date) and value < self.start:
                    key = f"policy.{lever_name}.{name}"
                    message = f"{key} is {value}, before the start of the run ({self.start}); choose a later date or an earlier start"
                    raise ValueError(message)
            first, last = getattr(lever, "first_date", None), getattr(lever, "last_date", None)
            if first is not None and last is not None and first > last:
                message = f"policy.{lever_name}.first_date is after policy.{lever_name}.last_date; exchange them"
                raise ValueError(message)
            for campus in getattr(lever, "campuses", ()):
                if campus not in campuses:
                    known = ", ".join(sorted(campuses))
                    message = f"policy.{lever_name}.campuses names {campus!r}, which the region does not have; it has: {known}"
                    raise ValueError(message)
            if lever_name in ("campus_recruitment", "travel_vouchers") and lever.offers_something and not self._campuses_of(lever):
                message = f"policy.{lever_name} is enabled, but the region has no campus outside to go to; name campuses or switch it off"
                raise ValueError(message)
        return self

    def _campuses_of(self, lever: Lever) -> list[str]:
        named = list(getattr(lever, "campuses", ()))
        return named or [campus.name for campus in self.region.campuses if campus.outside]

    def horizon(self, lever: Lever) -> Horizon:
        """Return when and where a lever plans its events."""
        names = [campus.name for campus in self.region.campuses]
        return Horizon(self.start, self.days, tuple(names.index(name) for name in self._campuses_of(lever)))

    @classmethod
    def load(cls, programme: str, overrides: dict[str, Any] | None = None) -> Scenario:
        """Load a programme from the shipped configuration.

        Args:
            programme: Name of a programme, such as ``"zibo"``.
            overrides: Dotted key → value, such as ``{"policy.lodging.free_nights": 14}``.

        Returns:
            The scenario.

        Raises:
            ConfigurationError: An unknown programme or key, or a value that is not allowed.
        """
        from sim.configuration import load_scenario

        return load_scenario(programme, overrides or {})
