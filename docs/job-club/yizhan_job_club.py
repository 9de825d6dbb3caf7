"""Job clubs 求职互助小组: seekers who meet every week and tell each other of posts.

Mechanism: a resident who searches and knows of the clubs joins while there is room. After each session of search a member may hear of further posts,
those that others have come across and do not want; the member weighs them like any other and applies. Who has a job, a contract or another home
leaves. The club adds no post to anybody's plan, and no point to an application.
"""

from __future__ import annotations

from typing import ClassVar

from sim.columns import Column, Told
from sim.compiled import compiled
from sim.draws import own_number, uniform
from sim.lever import Lever, Rule
from sim.measures import Outcome, of_service, own_flow
from sim.parameters import parameter
from sim.rules.applying import look_for_post, submit
from sim.rules.services import knows, pay
from sim.states import Activity, Channel, Place, ServiceEntry
from sim.tables import Tables
from sim.units import Words, both

JOINS = own_number("job_club.joins")
HEARS = own_number("job_club.hears")
POST_HEARD_OF = own_number("job_club.post_heard_of")


class JobClub(Lever):
    """Parameters of job clubs."""

    name: ClassVar[str] = "job_club"
    label: ClassVar[Words] = both("Job clubs", "求职互助小组")
    summary: ClassVar[Words] = both(
        "Seekers meet and tell each other of posts; places are finite and no post is added.",
        "求职者定期聚会、互通岗位信息;名额有限,不新增岗位。",
    )
    bought: ClassVar[dict[str, int]] = {"places": 10}
    person: ClassVar[tuple[Column, ...]] = (
        Column(
            "job_club", "i1", "0/1", "member of a job club",
            told=Told("joined a job club", "加入求职互助小组", falls_en="left the job club", falls_zh="退出求职互助小组", received=False),
        ),
        Column(
            "job_club_times", "i4", "count", "times the person joined a job club", took_part=True, counts=("served.job_club",),
            told=Told("was a member of a job club{n:times}", "参加求职互助小组{n}次", by="job_club"),
        ),
    )  # fmt: skip
    counts: ClassVar[tuple[str, ...]] = ("applications",)
    outcomes: ClassVar[tuple[Outcome, ...]] = (
        of_service("job_club_members", "persons", "job_club", ServiceEntry.IN_USE, "Members of job clubs", "求职互助小组成员数"),
        own_flow("job_club_applications", "applications", "job_club", "applications", "Applications after a word in a job club", "互助小组互荐投递数"),
    )

    places: int = parameter(
        0, unit="places", low=0, high=1_000_000, source="choice of the planner", en="places in all clubs together", zh="小组名额总数",
    )  # fmt: skip
    demand: float = parameter(
        0.3, unit="1/month", low=0, high=1, prior=(0.1, 0.6), source="assumption", en="seekers who know of the clubs and join, a month", zh="知晓者月加入比例",
    )  # fmt: skip
    meetings_per_session: float = parameter(
        0.5, unit="share", low=0, high=1, prior=(0.1, 0.9), source="assumption", en="sessions of search after which a member hears of posts", zh="每次求职后获知岗位的概率",
    )  # fmt: skip
    posts_told: int = parameter(
        4, unit="posts", low=1, high=100, prior=(1, 10), source="assumption", en="posts that a member hears of then", zh="每次获知岗位数",
    )  # fmt: skip
    initial_awareness: float = parameter(
        0.3, unit="share", low=0, high=1, prior=(0.1, 0.7), source="assumption", en="people who know of the service at the start", zh="初始知晓率",
    )  # fmt: skip
    cost_per_member_month: int = parameter(
        60, unit="CNY/month", low=0, high=100_000, source="assumption", en="cost of a member for a month", zh="每名成员月成本",
    )  # fmt: skip

    @classmethod
    def met(cls) -> dict[str, Rule]:
        """Where people meet it."""
        return {"month": visit_club, "search": hear_of_post}

    @property
    def offers_something(self) -> bool:
        """Whether anybody can join and hear of anything."""
        return super().offers_something and self.places > 0 and self.meetings_per_session > 0

    @property
    def unit_cost(self) -> int:
        """Cost of a member for a month, CNY."""
        return self.cost_per_member_month


@compiled
def visit_club(world: Tables, day: int, identity: int) -> None:
    """One month: join while there is room and money, or leave the club when there is no need of it any more."""
    club = world.rules.job_club
    service = world.services[club.row]
    if service.on_offer == 0:
        return
    person = world.people[identity]
    searches = person.activity == Activity.SEARCHING and person.place == Place.RESIDENT and person.contract_day < 0
    if person.job_club == 1:
        if not searches or not pay(world, club.row, 1):
            person.job_club = 0
            service.in_use -= 1
        return
    if not searches or not knows(world, person, club.row) or uniform(world, JOINS, day, identity, 0) >= club.demand:
        return
    service.reached += 1
    if service.in_use >= club.places or not pay(world, club.row, 1):
        service.turned_away += 1
        return
    service.in_use += 1
    service.served += 1
    person.job_club = 1
    person.job_club_times += 1


@compiled
def hear_of_post(world: Tables, day: int, identity: int) -> None:
    """After a session of search: a member may hear of posts, and applies for the one that appeals most."""
    person = world.people[identity]
    club = world.rules.job_club
    if person.job_club == 0 or uniform(world, HEARS, day, identity, 0) >= club.meetings_per_session:
        return
    post = look_for_post(world, POST_HEARD_OF, day, identity, club.posts_told)
    if post >= 0 and submit(world, day, identity, post, Channel.ADVERT):
        world.counts[club.counts.applications] += 1
