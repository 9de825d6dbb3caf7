"""Stations (青年驿站): houses with free beds for young people from elsewhere."""

from __future__ import annotations

from sim.columns import Column
from sim.compiled import NEVER

STATIONS = (
    Column("district", "i8", "row", "district"),
    Column("opening_day", "i8", "day", "first day of business"),
    Column("beds", "i8", "beds", "beds"),
    Column("beds_used", "i8", "beds", "beds taken now"),
    Column("guests", "i8", "stays", "stays begun; kept for checks"),
    Column("nights", "i8", "nights", "nights given; kept for checks"),
    Column("desk_paid", "i1", "0/1", "the desk is staffed this month"),
    Column("desk_used", "i8", "persons", "consultations at the desk today"),
)

MENTORS = (
    Column("career", "i1", "0/1", "career mentor (1) or business mentor (0)"),
    Column("field", "i1", "-", "field"),
    Column("quality", "f8", "ratio", "quality relative to the average mentor"),
    Column("capacity", "i8", "persons", "mentees at a time"),
    Column("mentees", "i8", "persons", "mentees at present"),
    Column("served", "i8", "persons", "mentees taken on; kept for checks"),
)

SERVICES = (
    Column("on_offer", "i1", "0/1", "somebody can get something from the service today"),
    Column("opening_day", "i8", "day", "first day on which it is offered; none: never during the run", NEVER),
    Column("closing_day", "i8", "day", "last day on which it is offered"),
    Column("to_be_known", "i1", "0/1", "people have to know of it to use it"),
    Column("for_firms", "i1", "0/1", "employers can know of it, and do something with it"),
    Column("passed_on", "i1", "0/1", "employers who know of it tell those whom they call to an interview"),
    Column("firm_awareness", "f8", "share", "employers who know of it when they open"),
    Column("budget", "i8", "CNY", "money that may be spent; -1: no limit", NEVER),
    Column("spent", "i8", "CNY", "money spent"),
    Column("units", "i8", "units", "units of service paid for; kept for checks"),
    Column("unit_cost", "i8", "CNY/unit", "price of a unit of service"),
    Column("fixed_spent", "i8", "CNY", "money spent on what stands ready (houses, events), as part of `spent`; kept for checks"),
    Column("reached", "i8", "persons", "person-times reached"),
    Column("served", "i8", "persons", "person-times served"),
    Column("turned_away", "i8", "persons", "person-times turned away: no capacity or no money left"),
    Column("promised", "i8", "units", "units promised and not yet paid for"),
    Column("this_month", "i8", "persons", "places of the present month given"),
    Column("in_use", "i8", "places", "places taken at present: desks of an incubator, open case files"),
)

EVENTS = (
    Column("kind", "i1", "-", "kind of event"),
    Column("lever", "i1", "row", "lever that has planned it"),
    Column("day", "i8", "day", "day"),
    Column("campus", "i8", "row", "campus, or none", NEVER),
    Column("firms", "i8", "firms", "firms that take part"),
    Column("posts", "i8", "posts", "posts advertised there"),
    Column("places", "i8", "persons", "places"),
    Column("taken", "i8", "persons", "places taken"),
    Column("variant", "i8", "-", "what the lever makes of it: kind of placement, number of the class"),
    Column("key", "i8", "-", "what its luck is keyed by: its kind and its number among those of its kind, whatever else is planned"),
)

DISTRICTS = (
    Column("share", "f8", "share", "share of employers and homes"),
    Column("beds", "i8", "beds", "station beds open"),
    Column("beds_used", "i8", "beds", "station beds taken"),
)

CAMPUSES = (
    Column("outside", "i1", "0/1", "outside the region"),
    Column("fare", "i8", "CNY", "fare to the region, one way; of a campus inside: from where those live who have left"),
    Column("day_trip", "i1", "0/1", "outside, and near enough to come for a day and be home in the evening"),
    Column("same_day", "f8", "share", "appointments in the region from which somebody of this campus is home in the evening"),
    Column("way", "i8", "CNY/month", "what coming to work from there every day costs, fares and hours; none where it is too far, or inside", NEVER),
    Column("way_fare", "i8", "CNY/month", "fares of it"),
    Column("graduation_shift", "i8", "day", "days after the middle of the weeks of graduation on which the campus graduates"),
    Column("share", "f8", "share", "share of the graduates"),
    Column("vocational", "f8", "share", "share of vocational graduates"),
    Column("master", "f8", "share", "share of master graduates"),
    Column("interest", "f8", "share", "mean share of the search that goes to this region"),
    Column("locals_share", "f8", "share", "share of its students who grew up in the region"),
    Column("first_member", "i8", "row", "first entry in the list of campus members"),
    Column("members", "i8", "persons", "people of this campus"),
    Column("first_members", "i8", "persons", "those of them who were there on the first morning: as many as can know each other"),
)


CASES = (
    Column("person", "i4", "row", "client", NEVER),
    Column("opened_day", "i4", "day", "day of opening"),
    Column("next_day", "i4", "day", "day of the next contact", NEVER),
    Column("contacts", "i4", "count", "contacts so far"),
    Column("promised", "i4", "units", "contacts that the budget still keeps for this file"),
    Column("hired_day", "i4", "day", "day on which the client began to work, from which follow-up counts", NEVER),
    Column("closed_day", "i4", "day", "day of closing", NEVER),
)
"""Case files (青春台账), one a person."""

LENDERS = (
    Column("line", "i8", "CNY", "credit line"),
    Column("granted", "i8", "CNY", "credit granted"),
    Column("guarantee_share", "f8", "share", "share of a default that the guarantee pays"),
    Column("founders", "i1", "0/1", "lends to young founders"),
    Column("young_firms", "i1", "0/1", "lends to firms of young founders that grow"),
    Column("firms", "i1", "0/1", "lends to established firms that grow"),
    Column("park_share", "f8", "share", "young firms that are in its park, and approved in advance; above zero: it lends to no others"),
)

DUTIES = (
    Column("hours", "i8", "hours", "hours of staff and volunteers given today"),
    Column("other", "i8", "hours", "of these, for other duties"),
    Column("visits", "i8", "visits", "household visits that today's hours carry"),
    Column("firm_visits", "i8", "visits", "visits to employers that today's hours carry"),
    Column("clients", "i8", "persons", "case files that today's hours carry"),
    Column("talks", "i8", "contacts", "contacts at events that this month's hours carry"),
    Column("visit_hours", "f8", "hours", "hours for visits not used up yet"),
    Column("firm_hours", "f8", "hours", "hours for visits to employers not used up yet"),
    Column("talk_hours", "f8", "hours", "hours for talks not used up yet"),
    Column("quality", "f8", "ratio", "quality of the staff relative to the usual", 1.0),
    Column("deputies", "i8", "persons", "student deputies in office"),
)
"""One row: how the organisation's hours are divided today."""
