"""Scenario: everything one run is made from, checked before anything runs."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import model_validator

from sim.behaviour import Behaviour
from sim.calendar import Horizon
from sim.opening import Opening
from sim.parameters import Lever, ParameterGroup, parameter
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

_CHOICE = "choice"
_PROGRAMME = "see the programme's file"
_OPERATOR = "the programme's document"


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

    outcome: str = parameter(..., unit="-", source=_OPERATOR, en="name of the outcome it stands beside", zh="对应的结果指标")
    value: float = parameter(..., unit="the outcome's", source=_OPERATOR, en="the figure", zh="公开报道值")
    source: str = parameter(..., unit="-", source=_OPERATOR, en="document and place", zh="出处")
    note: str = parameter("", unit="-", source=_OPERATOR, en="what to know when reading it", zh="说明")


class Scenario(ParameterGroup):
    """One scenario.

    Attributes:
        programme: Name of the programme.
        title: Title in English.
        title_zh: Title in Chinese.
        document: Document that the programme is modelled on.
        start: Date of day 0.
        days: Length in days.
        region: The region.
        population: Who is simulated.
        opening: What people and firms bring with them, and the first morning.
        market: The demand side.
        behaviour: Behaviour of people and employers.
        policy: The levers.
        reported: What the operator reported.
    """

    programme: str = parameter("none", unit="-", source=_CHOICE, en="name of the programme", zh="项目")
    title: str = parameter("No programme", unit="-", source=_PROGRAMME, en="title in English", zh="英文名称")
    title_zh: str = parameter("无项目", unit="-", source=_PROGRAMME, en="title in Chinese", zh="中文名称")
    document: str = parameter("", unit="-", source=_PROGRAMME, en="document that the programme is modelled on", zh="依据文件")
    start: date = parameter(date(2020, 11, 1), unit="date", source=_CHOICE, en="date of the first day", zh="起始日期")
    days: int = parameter(365, unit="days", low=1, high=3660, source=_CHOICE, en="length in days", zh="天数")
    region: Region
    population: Population = Population()
    opening: Opening = Opening()
    market: Market = Market()
    behaviour: Behaviour = Behaviour()
    policy: Policy = Policy()
    reported: tuple[ReportedFigure, ...] = parameter((), unit="-", source=_OPERATOR, en="figures that the operator reported", zh="公开报道值")

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
