"""Employers and their posts. A start-up is an employer with a founder."""

from __future__ import annotations

from sim.columns import Column
from sim.compiled import NEVER
from sim.states import PostState, Stage

EMPLOYERS = (
    # The first cache line of a row: what every day, a search and a review of the staff look at
    Column("alive", "i1", "0/1", "in business", line=1),
    Column("industry", "i1", "-", "industry, in the classes of fields of study", line=1),
    Column("state_owned", "i1", "0/1", "state-owned", line=1),
    Column("founder", "i4", "row", "founder, or none", NEVER, line=1),
    Column("founded_day", "i4", "day", "first day of business; negative: before the start", line=1),
    Column("growth_day", "i4", "day", "next day on which a growth opportunity comes", NEVER, line=1),
    Column("loan", "i4", "row", "loan outstanding", NEVER, line=1),
    Column("district", "i4", "row", "district", line=1),
    Column("first_slot", "i4", "row", "first advertising slot", line=1),
    Column("slots", "i4", "count", "advertising slots", line=1),
    Column("open_posts", "i4", "posts", "posts advertised", line=1),
    Column("staff", "i4", "persons", "employed persons", line=1),
    Column("pending", "i4", "persons", "contracts signed and not yet begun", line=1),
    Column("held", "i4", "posts", "openings kept off the boards for trainees and interns", line=1),
    Column("target_staff", "i8", "posts", "posts the employer wants to have filled", line=1),
    Column("skill_bar", "f8", "sd", "lowest score that is hired", line=1),
    # The employer
    Column("wage_level", "f8", "ratio", "pay relative to the market's usual pay"),
    Column("first_target", "i4", "posts", "posts at the start"),
    Column("planned_growth", "i4", "posts", "posts planned for growth and not yet opened"),
    Column("wage_bill", "i8", "CNY/month", "sum of the wages of the employed"),
    Column("interns", "i4", "persons", "interns at present"),
    Column("applicants_recent", "f8", "applications", "applications in the last month, smoothed"),
    Column("applicants_normal", "f8", "applications", "applications a month, smoothed over a year"),
    Column("months_known", "i4", "months", "months of own experience with applicants"),
    # Start-ups
    Column("business_skill", "f8", "sd", "what the founder knows of running a business"),
    Column("learned", "f8", "sd", "part of the business skill that came from a mentor and fades"),
    Column("productivity", "f8", "ratio", "quality of the business idea"),
    Column("cash", "i8", "CNY", "cash of a start-up"),
    Column("closed_day", "i4", "day", "day on which the employer closed; kept for checks", NEVER),
    Column("opening_day", "i4", "day", "first day on which a start-up may sell: registration is through", NEVER),
    # Schemes
    Column("ordered", "i4", "persons", "trainees and interns for whom no opening is kept yet"),
    Column("risk", "f8", "ratio", "risk of accidents relative to the industry", 1.0),
)

POSTS = (
    Column("employer", "i4", "row", "employer"),
    Column("slot", "i4", "row", "advertising slot"),
    Column("state", "i1", "-", "state", PostState.OPEN),
    Column("field", "i1", "-", "field asked for"),
    Column("education", "i1", "-", "education tier asked for"),
    Column("for_graduates", "i1", "0/1", "planned for the coming class: the employer waits for graduation"),
    Column("wage", "i8", "CNY/month", "posted wage"),
    Column("opened_day", "i4", "day", "day of opening"),
    Column("closed_day", "i4", "day", "day on which it was filled or lapsed; kept for checks", NEVER),
    Column("review_day", "i4", "day", "next day on which the applications are read", NEVER),
    Column("interview_day", "i4", "day", "day of the interviews", NEVER),
    Column("offer_day", "i4", "day", "day of the next offer", NEVER),
    Column("lapse_day", "i4", "day", "day after which the post lapses"),
    Column("applications", "i4", "count", "applications received"),
    Column("kept", "i4", "count", "applications kept at present"),
    Column("holder", "i4", "row", "person who signed for it; kept for checks", NEVER),
    Column("channel", "i1", "-", "channel through which it was filled"),
)

APPLICATIONS = (
    Column("person", "i4", "row", "applicant", NEVER),
    Column("channel", "i1", "-", "channel"),
    Column("stage", "i1", "-", "stage", Stage.KEPT),
    Column("score", "f8", "sd", "what the employer sees"),
)
"""The best applications that a post keeps: row = post * `behaviour.applications_kept` + place."""

SLOTS = (
    Column("employer", "i4", "row", "employer that advertises here", NEVER),
    Column("post", "i4", "row", "post advertised, or none", NEVER),
)
"""Places on the job boards, sorted by field: what a seeker can come across. Fixed in number, so that one post more or less leaves all
other seekers' luck alone."""

LOANS = (
    Column("employer", "i4", "row", "borrower"),
    Column("scheme", "i1", "0/1", "from the programme (1) or an ordinary bank loan (0)"),
    Column("lender", "i4", "row", "lender of the programme, or none", NEVER),
    Column("amount", "i8", "CNY", "amount granted"),
    Column("outstanding", "i8", "CNY", "principal outstanding"),
    Column("instalment", "i8", "CNY/month", "principal due each month"),
    Column("rate", "f8", "1/year", "interest rate"),
    Column("due_day", "i4", "day", "next due day", NEVER),
    Column("defaulted", "i1", "0/1", "in default"),
)
