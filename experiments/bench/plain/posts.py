"""Posts and applications of the plain reference (see `experiments.bench.plain.market`): small objects with slots."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sim.states import Activity, Channel, Education, Place, PostState, Stage

if TYPE_CHECKING:
    from experiments.bench.plain.known import Employer, Graduate

# Whole numbers compare three times as fast as members of an enumeration.
STUDYING, SEARCHING, EMPLOYED, INACTIVE, AGED_OUT = (
    int(activity) for activity in (Activity.STUDYING, Activity.SEARCHING, Activity.EMPLOYED, Activity.INACTIVE, Activity.AGED_OUT)
)
ELSEWHERE, RESIDENT = int(Place.ELSEWHERE), int(Place.RESIDENT)
VOCATIONAL, BACHELOR, MASTER = (int(tier) for tier in Education)
OPEN, INTERVIEWING, OFFERING, FILLED, LAPSED, _ = (int(state) for state in PostState)
KEPT, CALLED, INTERVIEWED, MISSED, REFUSED, ACCEPTED, OFFERED = (int(stage) for stage in Stage)
ADVERT, REFERRAL = int(Channel.ADVERT), int(Channel.REFERRAL)

NEVER = -1
MONTH = 30
YEAR = 365
PILE = 10
BAR_FOR_CALL = 0.4


@dataclass(slots=True, eq=False)
class Application:
    """One application on an employer's pile."""

    person: Graduate
    score: float
    channel: int
    stage: int = KEPT
    signal: float = 0.0
    worth: float = 0.0


@dataclass(slots=True, eq=False)
class Post:
    """One post and the best ten applications for it."""

    employer: Employer
    slot: int
    education: int
    wage: int
    review_day: int
    lapse_day: int
    wanted_day: int
    state: int = OPEN
    interview_day: int = NEVER
    offer_day: int = NEVER
    offered: Application | None = None
    second_round: bool = False
    signed_for_class: int = 0
    pile: list[Application] = field(default_factory=list)


def score_of(application: Application) -> float:
    """Return the score of an application, to sort by."""
    return application.score
