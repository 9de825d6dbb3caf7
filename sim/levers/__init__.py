"""The levers, one whole file each; and which there are."""

from __future__ import annotations

from enum import IntEnum

from sim.installed import installed
from sim.lever import Lever
from sim.levers.campus_recruitment import CampusRecruitment
from sim.levers.casework import Casework
from sim.levers.equity import Equity
from sim.levers.guidance import Guidance
from sim.levers.hiring_subsidy import HiringSubsidy
from sim.levers.incubator import Incubator
from sim.levers.integration import Integration
from sim.levers.internships import Internships
from sim.levers.job_fairs import JobFairs
from sim.levers.labour_export import LabourExport
from sim.levers.legal_aid import LegalAid
from sim.levers.loans import Loans
from sim.levers.lodging import Lodging
from sim.levers.mentoring import Mentoring
from sim.levers.organisation import Organisation
from sim.levers.outreach import Outreach
from sim.levers.safety_training import SafetyTraining
from sim.levers.skills_training import SkillsTraining
from sim.levers.startup_courses import StartupCourses
from sim.levers.subsidies import Subsidies
from sim.levers.transport_support import TransportSupport
from sim.levers.travel_vouchers import TravelVouchers
from sim.units import Words

OWN: tuple[type[Lever], ...] = (
    Lodging, Outreach, JobFairs, CampusRecruitment, TravelVouchers, Mentoring, Loans, Guidance, SkillsTraining, Internships, StartupCourses,
    Equity, LegalAid, Incubator, Subsidies, Integration, Casework, SafetyTraining, Organisation, LabourExport,
    HiringSubsidy, TransportSupport,
)  # fmt: skip
"""Those of this package."""
OF_OTHERS = installed(OWN)
"""Those of other packages."""
LEVERS = (*OWN, *OF_OTHERS)
"""In the order of their rows in the table of services, on which luck is keyed: a new one is added at the end; then those of installed packages."""

LeverId = IntEnum("LeverId", [(lever.name.upper(), row) for row, lever in enumerate(LEVERS)])  # type: ignore[misc]
"""Name of a lever in capitals → its row in the table of services, for Python; rules read ``world.rules.NAME.row``."""

LEVER_LABELS: dict[str, Words] = {lever.name: lever.label for lever in LEVERS}
"""Lever → language → what a reader calls it."""
