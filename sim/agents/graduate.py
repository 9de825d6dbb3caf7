"""Graduates: the young people of the simulation."""

from __future__ import annotations

from sim.columns import LONGEST_RUN, MOST_PAY, MOST_ROWS, Column, Told
from sim.compiled import LONG_AGO, NEVER
from sim.states import Activity, Place, Preparation

GRADUATES = (
    # The first cache line of a row: what the day looks at for everybody
    Column("activity", "i1", "-", "activity", Activity.ABSENT, line=1),
    Column("place", "i1", "-", "place", Place.ELSEWHERE, line=1),
    Column(
        "from_elsewhere", "i1", "0/1", "grew up and studied outside the region; the others, locals, have a home here, wherever they live", line=1,
        left_out="who the person is: in the portrait",
    ),
    Column("employer", "i4", "row", "employer, host of an internship, or own firm; none while employed elsewhere", NEVER, line=1),
    Column("next_search_day", "i4", "day", "next day of a session of search", NEVER, line=1),
    Column("next_outside_day", "i4", "day", "next day on which an offer from elsewhere comes", NEVER, line=1),
    Column("next_trip_day", "i4", "day", "next evening on which a trip to explore is considered, or on which a newcomer needs a bed", NEVER, line=1),
    Column("return_day", "i4", "day", "day on which an inactive person, a trainee or an intern returns to the search", NEVER, line=1),
    Column("opportunity_day", "i4", "day", "next day on which a business opportunity is considered", NEVER, line=1),
    Column("internship_day", "i4", "day", "day on which a student looks for an internship", NEVER, line=1),
    Column("contract_day", "i4", "day", "day on which the signed contract begins", NEVER, line=1),
    Column("separation_day", "i4", "day", "day on which the present job will end", NEVER, line=1),
    Column("graduation_day", "i4", "day", "day of graduation; negative: before the start", line=1),
    Column("aware", "u4", "bits", "services the person knows of, one bit a lever", line=1),
    Column("barred", "u4", "bits", "services that a trial does not admit the person to, one bit a lever, and those of `Admission`", line=1),
    Column("helped", "u1", "bits", "kinds of help had in the present search, one bit each of `Help`", line=1),
    Column("savings", "i8", "CNY", "money at hand", line=1, left_out="told month by month, with where the money came from and went"),
    # The second: most of what a session of search looks at
    Column("field", "i1", "-", "field of study", line=2),
    Column("education", "i1", "-", "education tier", line=2),
    Column("prefers_state", "i1", "0/1", "prefers a state-owned employer", line=2, left_out="who the person is, and never changes"),
    Column("certificate", "i1", "-", "industry of a certificate earned, or none", NEVER, line=2),
    Column("district", "i4", "row", "district of home or, for people from elsewhere, of preference", most=MOST_ROWS, line=2),
    Column("campus", "i4", "row", "campus of study", most=MOST_ROWS, line=2),
    Column("circle", "i4", "persons", "people of the same campus and the same or an earlier class: those who can be peers", line=2),
    Column("targeting", "f8", "share", "share of search sessions within the own field, without help", line=2),
    Column("region_interest", "f8", "share", "share of the search that goes to this region", line=2),
    Column("effort", "f8", "ratio", "diligence: search effort relative to the average seeker, for the same gain and price", line=2),
    Column("expected_wage", "f8", "CNY/month", "pay expected of an offer, at the usual level of entry pay", line=2),
    Column("skill", "f8", "sd", "productive skill, standard normal at graduation", line=2),
    Column("interview_skill", "f8", "sd", "how well the person shows the skill, without help", line=2),
    # The third: the rest of what a session looks at
    Column("offer_belief", "f8", "share", "offers expected for each application", line=3),
    Column(
        "applications_weighed", "f8", "applications", "applications, with what news of them counts for, that this belief rests on",
        left_out="what a belief rests on", line=3,
    ),
    Column(
        "reservation_wage", "f8", "CNY/month", "what a job like any other has to pay, as reckoned when the last session of search was planned",
        line=3,
    ),
    Column("offer_worth", "f8", "log wage", "what the best of them is worth to the person, in log yuan a month", line=3),
    Column("attachment", "f8", "-", "ties to the region", line=3),
    Column(
        "pay_signals", "f8", "offers", "offers, with what news of them counts for, that the pay expected rests on",
        left_out="what a belief rests on", line=3,
    ),
    Column("searching_since", "i4", "day", "day on which the present search began", NEVER, line=3),
    Column("last_session_day", "i4", "day", "day of the last session of search in the region", LONG_AGO, line=3),
    Column("rent_help", "i4", "CNY/month", "help with the rent of a room here that the person counts on, over the time looked ahead", line=3),
    Column("offers_in_hand", "i1", "offers", "offers that wait for the person's answer, from here and from elsewhere", told_by="offered", line=3),
    Column("preparing", "i1", "-", "exam that the person prepares for, or a place to study on", Preparation.NONE, line=3),
    Column(
        "searches_on_the_job", "i1", "0/1", "looks for a better job while employed",
        left_out="a state of mind: the applications that follow from it are told", line=3,
    ),
    Column(
        "home_owner", "i1", "0/1", "has bought a home in the region", counts=("homes_bought",),
        told=Told("bought a home in the region", "在本地购房"), line=3,
    ),
    # The fourth: what a pay day looks at, and what a session pays
    Column("wage", "i8", "CNY/month", "present wage", most=MOST_PAY, line=4),
    Column("contract_wage", "i8", "CNY/month", "wage of the signed contract", most=MOST_PAY, line=4),
    Column("safety", "f8", "log hazard", "knowledge of safety at work", line=4),
    Column("search_help", "f8", "share", "part of the money cost of the search that a service pays", line=4),
    Column(
        "search_costs", "i8", "CNY", "paid for applications and interviews",
        left_out="told month by month, with where the money came from and went", line=4,
    ),
    Column("job_start_day", "i4", "day", "day on which the present job began", line=4),
    Column("refused_employer", "i4", "row", "employer whose offer was turned down last in the present search: not applied to again", NEVER, line=4),
    Column("outside_offer", "i4", "CNY/month", "pay of the offer from elsewhere in hand, which is to be answered when the next could come", line=4),
    Column("applications", "i4", "count", "applications sent in the region", counts=("applications_sent",), told_by="applied", line=4),
    Column("contract_post", "i4", "row", "post for which a contract is signed and not yet begun", NEVER, line=4),
    Column("contract_outside", "i1", "0/1", "the signed contract is with an employer elsewhere", told_by="signed", line=4),
    Column("search_payer", "i1", "row", "lever that pays it", NEVER, line=4),
    Column("fare_help", "i1", "0/1", "counts on having fares of the search paid in part", left_out="a plan: what is paid is told", line=4),
    Column("credit_constrained", "i1", "0/1", "the family could put no money into an own firm", left_out="who the person is: never changes", line=4),
    # The fifth: help with the search, and what levers look at on a pay day
    Column("time_help", "f8", "share", "hours of an application that help saved", line=5),
    Column("aim_help", "f8", "share", "what help added to the share of sessions within the own field", line=5),
    Column("signal_help", "f8", "sd", "what help added to how well the person shows the skill", line=5),
    Column("helped_day", "i4", "day", "day of the last help with the present search", NEVER, most=LONGEST_RUN, line=5),
    # The sixth: interviews, offers and contracts, and what employers can see (`sim/rules/scoring.py`)
    Column(
        "interview_day", "i4", "day", "today or tomorrow, where the person has to be in the region for an interview then", NEVER,
        most=LONGEST_RUN + 1, line=6,
    ),
    Column(
        "day_trip", "i4", "day", "last day on which the person comes without needing a bed: for the day, or home", NEVER,
        most=LONGEST_RUN, line=6,
    ),
    Column("day_trips_from", "i4", "day", "first of such days in a row", NEVER, most=LONGEST_RUN, line=6),
    Column("interviews", "i4", "count", "interviews held", counts=("interviews_held",), told_by="interviewed", line=6),
    Column("offers", "i4", "count", "offers received in the region", counts=("offers_made",), told_by="offered", line=6),
    Column("interviews_missed", "i4", "count", "interviews missed", counts=("interviews_missed",), told_by="missed", line=6),
    Column(
        "contracts_signed", "i4", "count", "contracts signed in the region",
        most=2 * LONGEST_RUN, counts=("contracts_signed",), told_by="signed", line=6,
    ),
    Column(
        "contracts_broken", "i2", "count", "contracts in the region broken before the start", counts=("contracts_broken",),
        told_by="contract_broken", line=6,
    ),
    Column("post", "i4", "row", "post held", NEVER, line=6),
    Column("offered_post", "i4", "row", "first of the posts whose offers the person has in hand, or none", NEVER, line=6),
    Column(
        "proof", "f8", "1/sd2", "precision of what practice and certificates show of the skill to every employer",
        left_out="what it rests on is told", line=6,
    ),
    Column("proof_error", "f8", "sd", "by how much they show another skill than the person has", line=6),
    # Beliefs, and money for the search (`sim/rules/beliefs.py`, `sim/rules/expenses.py`)
    Column("fare_until", "i4", "day", "last day on which they are, from the first fare on; none before", NEVER, most=LONGEST_RUN + 520 * 7, line=5),
    Column("hoped_wage", "f8", "CNY/month", "pay expected before any search"),
    Column(
        "gave_up", "i2", "count", "searches given up for a while", counts=("gave_up",),
        told=Told("gave up the search for a while{n:times}", "一度放弃求职{n}次"),
    ),
    # Who the person is
    Column(
        "entry_day", "i4", "day", "day on which the person enters the population; later classes stand behind the count of the table until then",
        most=LONGEST_RUN,
    ),
    Column("sex", "i1", "-", "0 male, 1 female", left_out="who the person is: in the portrait"),
    Column("confidence", "f8", "sd", "confidence in an own business"),
    # Offers, contract and job
    # Stay and visit
    Column("resident_since", "i4", "day", "day on which a person from elsewhere first settled", NEVER),
    Column("left_day", "i4", "day", "day on which a resident first left the region", NEVER, most=LONGEST_RUN),
    Column("aged_out_day", "i4", "day", "day on which the person aged out", NEVER, most=LONGEST_RUN),
    Column("visit_end", "i4", "day", "first morning after the visit", NEVER),
    Column(
        "paid_nights_left", "i4", "nights", "nights paid for in advance",
        most=36 * 30, left_out="a plan: the nights are told when they are slept",
    ),
    # What the person has met with
    Column("offers_refused", "i2", "count", "offers in the region turned down", told_by="offered"),
    Column("trips", "i4", "count", "trips to the region", most=3 * LONGEST_RUN, told_by="trip"),
    Column("first_job_here", "i1", "0/1", "that job was in the region", left_out="repeats a job that is told"),
    Column("first_job_day", "i4", "day", "day of the first job, here or elsewhere, that began during the run", NEVER, most=LONGEST_RUN),
    Column("first_left_day", "i4", "day", "day on which that employer was left", NEVER, most=LONGEST_RUN),
    Column("first_job_wage", "i8", "CNY/month", "wage of that job", most=MOST_PAY),
    # Counts of what happened during the run: a headline count is the sum of one of them over persons
    Column("hires", "i2", "count", "jobs begun in the region", counts=("hires",), told_by="job_began"),
    Column("separations", "i2", "count", "jobs in the region that ended", counts=("separations",), told_by="job_left"),
    Column("arrivals", "i2", "count", "arrivals from elsewhere", counts=("arrivals",), told_by="trip"),
    Column("departures", "i2", "count", "departures from the region for good", counts=("left_region",), told_by="left_region"),
    Column("returns", "i2", "count", "times a local has come home to live here", counts=("locals_returned",), told_by="moved_in"),
    Column("day_trips", "i2", "count", "trips to the region for which no bed was needed", counts=("day_trips",), told_by="trip"),
    Column(
        "appointment_day", "i4", "day", "day of the fair or the exam in the region for which the latest trip was planned", NEVER,
        most=LONGEST_RUN + 2,
    ),
    Column("appointment", "i1", "-", "which of the two it is, a reason of `Trip`", left_out="a plan: the trip is told"),
    Column(
        "internships", "i2", "count", "internships begun, own ones and places of the programme", counts=("interns_started",),
        told_by="internship_began",
    ),
    Column(
        "internships_kept", "i2", "count", "internships after which the host put the person forward or hired", counts=("interns_kept",),
        told_by="internship_ended",
    ),
    Column("courses_finished", "i2", "count", "courses finished, own ones and those of the programme", counts=("trained",), told_by="course_ended"),
    Column(
        "exams", "i2", "count", "exams sat: for postgraduate study, for a bachelor's course or for the civil service", counts=("exams_sat",),
        told=Told("sat {n:an exam|{n} exams} for further study or the civil service", "参加升学或公务员考试{n}次"),
    ),
    Column("firms_founded", "i2", "count", "firms founded", counts=("startups_founded",), told_by="founded"),
    Column(
        "accidents", "i2", "count", "accidents at work", counts=("accidents",),
        told=Told("had {n:an accident|{n} accidents} at work", "发生工伤{n}次"),
    ),
    # How things stood on the day on which the person aged out (`sim/account.py`)
    Column("last_activity", "i1", "-", "activity on the day of ageing out", Activity.ABSENT),
    Column("last_place", "i1", "-", "place on that day", Place.ELSEWHERE),
    Column("last_employer", "i4", "row", "employer in the region or own firm on that day, or none", NEVER),
    Column("last_wage", "i8", "CNY/month", "wage on that day", most=MOST_PAY),
    # Troubles of jobs
    Column("arrears", "i8", "CNY", "wages lost", told=Told("was not paid {n} CNY of wages", "被拖欠工资{n}元")),
    Column(
        "troubles_settled", "i2", "count", "troubles at work settled in a talk of follow-up or at a desk",
        told=Told("had a trouble at work settled{n:times}", "经谈心化解工作困难{n}次"),
    ),
)
