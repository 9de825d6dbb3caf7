"""Outreach 宣传: contacts that make services known, to people by channel, and to employers.

Mechanism: a contact may make each service on offer known; the first of a search also tells how offers usually come, which gives hope to those whose
applications have met silence. Visits, kiosks, newspapers and local stations meet residents; job boards, chat groups and online communities meet
anybody. Contacts that meet somebody who is not concerned are paid for all the same. An employer that is told may use what is for employers (loans, a
subsidy, the ledger of posts of casework), and tells those whom it calls to an interview of a bed.
"""

from __future__ import annotations

from typing import ClassVar

from sim.columns import Column, Told
from sim.compiled import compiled
from sim.draws import Decision
from sim.lever import Lever
from sim.measures import OF_FIRMS, Outcome, World, own_flow
from sim.parameters import parameter
from sim.rules.services import is_admitted, pay, pay_fixed, share_of_day
from sim.rules.telling import contact, is_concerned, met_by, tell_employer
from sim.states import OutreachChannel
from sim.tables import Tables
from sim.units import Words, both

_CHOICE = "choice of the planner"
BY_OUTREACH = 0
"""What tells the luck of its contacts with employers from that of others."""


def _reach(en: str, zh: str) -> int:
    field: int = parameter(0, unit="contacts/month", low=0, high=10_000_000, source=_CHOICE, en=en, zh=zh)
    return field


class Outreach(Lever):
    """Parameters of outreach: contacts a month by channel."""

    name: ClassVar[str] = "outreach"
    label: ClassVar[Words] = both("Outreach", "宣传推广")
    summary: ClassVar[Words] = both(
        "Contacts by channel make the other services known to people and employers; a first contact also tells how offers usually come.",
        "通过各类渠道触达青年与用人单位，让其他服务为人所知；首次触达青年时也告知录用的通常难易。",
    )
    bought: ClassVar[dict[str, int]] = {
        "job_boards": 50, "recruitment_events": 0, "campus_groups": 50, "visits": 0, "kiosks": 0, "media": 0, "online_communities": 0,
        "firm_contacts": 10, "service_points": 0,
    }  # fmt: skip
    person: ClassVar[tuple[Column, ...]] = (
        Column("contacts", "i4", "count", "contacts by outreach", told=Told("was told of the services{n:times}", "收到服务宣传{n}次")),
    )
    counts: ClassVar[tuple[str, ...]] = ("employers",)
    outcomes: ClassVar[tuple[Outcome, ...]] = (
        own_flow("employer_contacts", "approaches", "outreach", "employers", "Contacts with employers", "用人单位触达次数", untraced=OF_FIRMS),
    )

    job_boards: int = _reach("contacts a month through job boards, to people who search", "招聘网站月触达人次")
    recruitment_events: int = _reach("contacts a month at fairs, campus trips and group visits", "招聘活动月触达人次")
    campus_groups: int = _reach("contacts a month in chat groups of campuses, to students", "高校学生群月触达人次")
    visits: int = _reach("household visits a month by volunteers, to unemployed residents", "志愿者走访月人次")
    kiosks: int = _reach("contacts a month at kiosks and information points, to residents", "报亭等信息点月触达人次")
    media: int = _reach("contacts a month through newspapers, television and web, to residents", "媒体宣传月触达人次")
    online_communities: int = _reach("contacts a month in online communities and by telephone, to residents and students", "网上社群与电话月触达人次")
    cost_per_contact: int = parameter(2, unit="CNY/contact", low=0, high=10_000, source="assumption", en="cost of a contact", zh="每次触达成本")
    firm_contacts: int = parameter(0, unit="approaches/month", low=0, high=10_000_000, source=_CHOICE, en="contacts a month with employers, by job boards, visits and publicity", zh="用人单位月触达次数（招聘网站、走访、宣传）")
    cost_per_firm_contact: int = parameter(20, unit="CNY/contact", low=0, high=100_000, source="assumption", en="cost of a contact with an employer", zh="每次触达用人单位的成本")

    service_points: int = parameter(0, unit="points", low=0, high=100_000, source="choice of the planner", en="information points: centre, stations, communities, kiosks", zh="服务点数量（中心、站点、社区、报亭）")
    contacts_per_point: int = parameter(20, unit="contacts/month", low=0, high=1_000_000, source="assumption", en="contacts of an information point a month, with residents", zh="每个服务点月触达人次")

    @property
    def reach_by_channel(self) -> tuple[int, ...]:
        """Contacts a month, in the order of `OutreachChannel`."""
        points = self.kiosks + self.service_points * self.contacts_per_point
        return (self.job_boards, self.recruitment_events, self.campus_groups, self.visits, points, self.media, self.online_communities)

    @property
    def unit_cost(self) -> int:
        """Cost of a contact with a person, CNY; one with an employer is a cost of its own."""
        return self.cost_per_contact

    @property
    def offers_something(self) -> bool:
        """Whether anybody can be reached."""
        return super().offers_something and sum(self.reach_by_channel) + self.firm_contacts > 0

    def furnish(self, world: World) -> None:
        """Note the contacts a day by channel."""
        world.reach[:] = self.reach_by_channel


@compiled
def spread_word(world: Tables, day: int) -> None:
    """Make the contacts of one day with employers, and with people through every channel but events.

    Args:
        world: The world.
        day: Day.
    """
    if world.services[world.rules.outreach.row].on_offer == 0:
        return
    for channel in range(world.reach.size):
        if channel == OutreachChannel.RECRUITMENT_EVENTS:
            continue
        for index in range(share_of_day(world.reach[channel], day)):
            if not pay(world, world.rules.outreach.row, 1):
                world.services[world.rules.outreach.row].turned_away += 1
                continue
            identity = met_by(world, Decision.CONTACT_TARGET, day, index, channel)
            if identity >= 0 and is_concerned(channel, world.people[identity]) and is_admitted(world.people[identity], world.rules.outreach.row):
                contact(world, day, channel, identity, world.rules.outreach.row, 1.0)
    _tell_employers(world, day)


@compiled
def _tell_employers(world: Tables, day: int) -> None:
    """Make the contacts of one day with employers."""
    for index in range(share_of_day(world.rules.outreach.firm_contacts, day)):
        if pay_fixed(world, world.rules.outreach.row, world.rules.outreach.cost_per_firm_contact):
            world.counts[world.rules.outreach.counts.employers] += 1
            tell_employer(world, day, index, BY_OUTREACH, 1.0)
        else:
            world.services[world.rules.outreach.row].turned_away += 1
