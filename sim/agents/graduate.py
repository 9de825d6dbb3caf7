"""Graduates: the young people of the simulation."""

from __future__ import annotations

from typing import ClassVar

from sim.agents.rows import RowAgent
from sim.columns import Column
from sim.compiled import NEVER
from sim.states import Activity, Place

GRADUATES = (
    # What the day looks at for everybody: kept together, so that a pass over all people touches few cache lines
    Column("activity", "i1", "-", "activity", Activity.ABSENT),
    Column("place", "i1", "-", "place", Place.ELSEWHERE),
    Column("from_elsewhere", "i1", "0/1", "studied and lived outside the region"),
    Column("employer", "i8", "row", "employer, host of an internship, or own firm; none while employed elsewhere", NEVER),
    Column("next_search_day", "i8", "day", "next day on which an application is written", NEVER),
    Column("next_outside_day", "i8", "day", "next day on which an offer from elsewhere comes", NEVER),
    Column("next_trip_day", "i8", "day", "next day on which a trip to explore is considered", NEVER),
    Column("return_day", "i8", "day", "day on which an inactive person, a trainee or an intern returns to the search", NEVER),
    Column("opportunity_day", "i8", "day", "next day on which a business opportunity is considered", NEVER),
    Column("internship_day", "i8", "day", "day on which a student looks for an internship", NEVER),
    Column("contract_day", "i8", "day", "day on which the signed contract begins", NEVER),
    Column("separation_day", "i8", "day", "day on which the present job will end", NEVER),
    Column("station", "i8", "row", "station where a bed is taken", NEVER),
    Column("savings", "i8", "CNY", "money at hand"),
    Column("graduation_day", "i8", "day", "day of graduation; negative: before the start"),
    Column("aware", "u4", "bits", "services the person knows of, one bit a lever"),
    # Who the person is
    Column("entry_day", "i8", "day", "day on which the person enters the population; later classes stand behind the count of the table until then"),
    Column("campus", "i8", "row", "campus of study"),
    Column("circle", "i8", "persons", "people of the same campus and the same or an earlier class: those who can be peers"),
    Column("education", "i1", "-", "education tier"),
    Column("field", "i1", "-", "field of study"),
    Column("sex", "i1", "-", "0 male, 1 female"),
    Column("prefers_state", "i1", "0/1", "prefers a state-owned employer"),
    Column("credit_constrained", "i1", "0/1", "money would bind if the person founded a firm"),
    Column("searches_on_the_job", "i1", "0/1", "looks for a better job while employed"),
    Column("district", "i8", "row", "district of home or, for people from elsewhere, of preference"),
    Column("skill", "f8", "sd", "productive skill, standard normal at graduation"),
    Column("interview_skill", "f8", "sd", "how well the person shows the skill: signal, certificates, practice"),
    Column("confidence", "f8", "sd", "confidence in an own business"),
    Column("attachment", "f8", "-", "ties to the region"),
    Column("region_interest", "f8", "share", "share of the search that goes to this region"),
    Column("targeting", "f8", "share", "share of search sessions within the own field"),
    Column("effort", "f8", "ratio", "search effort relative to the average seeker"),
    Column("expected_wage", "f8", "CNY/month", "pay expected at graduation"),
    Column("reservation_wage", "f8", "CNY/month", "lowest pay that is fully acceptable"),
    # What the person does
    Column("searching_since", "i8", "day", "day on which the present search began", NEVER),
    # Contract and job
    Column("contract_post", "i8", "row", "post for which a contract is signed and not yet begun", NEVER),
    Column("contract_wage", "i8", "CNY/month", "wage of the signed contract"),
    Column("contract_outside", "i1", "0/1", "the signed contract is with an employer elsewhere"),
    Column("post", "i8", "row", "post held", NEVER),
    Column("wage", "i8", "CNY/month", "present wage"),
    Column("job_start_day", "i8", "day", "day on which the present job began"),
    # Stay and visit
    Column("resident_since", "i8", "day", "day on which a person from elsewhere first settled", NEVER),
    Column("left_day", "i8", "day", "day on which a resident first left the region", NEVER),
    Column("visit_end", "i8", "day", "first morning after the visit", NEVER),
    Column("free_nights_left", "i8", "nights", "free nights left in this stay"),
    Column("paid_nights_left", "i8", "nights", "nights paid for in advance"),
    Column("interview_day", "i8", "day", "latest day on which an interview in the region is due", NEVER),
    # What the person has met with
    Column("applications", "i8", "count", "applications sent in the region"),
    Column("interviews", "i8", "count", "interviews held"),
    Column("offers", "i8", "count", "offers received in the region"),
    Column("trips", "i8", "count", "trips to the region"),
    Column("guest_stays", "i8", "count", "stays in a station"),
    Column("stay_day", "i8", "day", "day on which the latest stay began", NEVER),
    Column("guest_nights", "i8", "nights", "nights in a station"),
    Column("guest_interviewed", "i1", "0/1", "was interviewed after a stay began"),
    Column("guest_signed", "i1", "0/1", "signed in the region after a stay began"),
    Column("guest_placed", "i1", "0/1", "began a job in the region after a stay began"),
    Column("travelled_aware", "i1", "0/1", "came to the region knowing of the stations"),
    Column("voucher", "i1", "0/1", "used a travel voucher"),
    Column("fairs", "i8", "count", "fairs attended"),
    Column("contacts", "i8", "count", "contacts by outreach"),
    Column("mentor", "i8", "row", "mentor at present", NEVER),
    Column("mentor_until", "i8", "day", "last day of mentoring", NEVER),
    Column("mentored", "i1", "0/1", "has had a mentor"),
    Column("mentor_refused", "i1", "0/1", "wanted a mentor when all were busy, and still has none"),
    Column("first_job_day", "i8", "day", "day of the first job, here or elsewhere, that began during the run", NEVER),
    Column("first_job_wage", "i8", "CNY/month", "wage of that job"),
    Column("first_job_here", "i1", "0/1", "that job was in the region"),
    Column("first_left_day", "i8", "day", "day on which that employer was left", NEVER),
)


class Graduate(RowAgent):
    """A young person: a view of one row of the table of graduates."""

    table_name: ClassVar[str] = "people"
    columns: ClassVar[tuple[Column, ...]] = GRADUATES
    type_number: ClassVar[int] = 0
