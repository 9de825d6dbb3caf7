"""Employers and their posts. A start-up is an employer with a founder."""

from __future__ import annotations

from sim.columns import MOST_PAY, Column
from sim.compiled import NEVER
from sim.states import PostState, Stage

EMPLOYERS = (
    # The first cache line of a row: what every day, a search and a review of the staff look at
    Column("alive", "i1", "0/1", "in business", line=1),
    Column("industry", "i1", "-", "industry, in the classes of fields of study", line=1),
    Column("state_owned", "i1", "0/1", "state-owned", line=1),
    Column("founder", "i4", "row", "founder, or none", NEVER, line=1),
    Column("gone_behind", "i4", "rows", "rows behind this one that the day passes over: start-ups that have closed", line=1),
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
    Column("target_staff", "i4", "posts", "posts the employer wants to have filled", line=1),
    Column("skill_bar", "f8", "sd", "lowest score that is hired", line=1),
    # The employer
    Column("wage_level", "f8", "ratio", "pay relative to the market's usual pay"),
    Column("pay_premium", "f8", "log wage", "what the employer posts above that of late: it answers to how its adverts fare, and returns"),
    Column("output", "f8", "ratio", "output of a filled post relative to the market's usual pay; established employers"),
    Column("days_to_fill", "f8", "days", "how long the employer's posts take to fill, as it has seen"),
    Column("post_yield", "f8", "months", "what a post is expected to yield, in months of usual pay"),
    Column("post_support", "f8", "months", "what a subsidy is expected to add to that yield, in months of usual pay"),
    Column("growth_weight", "f8", "posts", "weight of the employer in the region's growth"),
    Column("first_target", "i4", "posts", "size of the premises at the start, by which growth falls on them"),
    Column("planned_growth", "i4", "posts", "posts planned for the coming class and not yet opened"),
    Column("wage_bill", "i8", "CNY/month", "sum of the wages of the employed"),
    Column("paused", "i4", "posts", "openings whose advert has lapsed, not advertised for a while"),
    Column("interns", "i4", "persons", "interns at present"),
    # Start-ups
    Column("handed_on", "i1", "0/1", "the founder has aged out: a start-up no more, which looks for nobody"),
    Column("business_skill", "f8", "sd", "what the founder knows of running a business"),
    Column("learned", "f8", "sd", "part of the business skill that came from a mentor and fades"),
    Column("market", "f8", "CNY/month", "what a start-up could sell with all the money that its idea needs and a founder of usual skill"),
    Column("need", "i8", "CNY", "money in the business beyond which more would not sell more"),
    Column("capital", "i8", "CNY", "money put into the business so far"),
    Column("sales_expected", "f8", "CNY/month", "what the founder has come to expect to sell"),
    Column("family", "i8", "CNY", "money of the family that is to be returned"),
    Column("cash", "i8", "CNY", "cash of a start-up"),
    Column("closed_day", "i4", "day", "day on which the employer closed; kept for checks", NEVER),
    Column("opening_day", "i4", "day", "first day on which a start-up may sell: registration is through", NEVER),
    # Schemes
    Column("aware", "u4", "bits", "services of the programme that the employer knows of, one bit a lever"),
    Column("ordered", "i4", "persons", "trainees and interns for whom no opening is kept yet"),
    Column("risk", "f8", "ratio", "risk of accidents relative to the industry", 1.0, line=2),
)

ANCHORS = (
    Column("industry", "i1", "-", "industry of the anchor employer"),
    Column("staff", "i4", "persons", "young people who work there on the first morning"),
    Column("pay", "f8", "ratio", "pay relative to the market's usual pay"),
    Column("employer", "i4", "row", "row of the employer", NEVER),
)

PLAN = (
    Column("posts_a_head", "f8", "posts/person", "posts planned for each person who has left education and is young"),
    Column("heads", "f8", "persons", "those persons"),
    Column("tilt", "f8", "log ratio", "how far the plan stands above a plan a head, for adverts that are filled sooner than usual"),
    Column("wanted", "f8", "posts", "posts that the employers together want"),
    Column("planned", "f8", "posts", "posts that they have planned, as of the last morning; of start-ups, those that there are"),
    Column("sizes", "f8", "posts", "posts that the established ones began with"),
    Column("shares", "f8", "posts", "their weights in growth together"),
    Column("yields", "f8", "months", "what a post of theirs is expected to yield, times size, together"),
    Column("supports", "f8", "months", "what a subsidy is expected to add to that, times size, together"),
    Column("hires", "f8", "persons", "jobs begun of late, while there is a hiring subsidy: their weight falls with time"),
    Column("hires_subsidised", "f8", "persons", "of these, those that it is for"),
    Column("class_posts", "f8", "posts", "posts for the coming class that are due and not yet planned by an employer; too many: below zero"),
    Column("class_day", "i8", "day", "day on which a post opened today for the coming class wants somebody"),
    Column("class_share", "f8", "share", "of the posts planned today, those for the coming class"),
    Column("unemployment", "f8", "share", "unemployment of late"),
    Column("usual_unemployment", "f8", "share", "unemployment over a long time"),
    Column("entry_pay", "f8", "log wage", "how far entry pay stands above its usual level"),
    Column("adverts", "f8", "posts", "adverts that have ended, filled or lapsed: their weight falls with time"),
    Column("queues", "f8", "1/day", "applications a day for each of them, together, weighted alike"),
    Column("emptiness", "f8", "-", "how empty they were, from -1 to 1, together, weighted alike"),
    Column("filled", "f8", "posts", "posts filled of late: their weight falls with time"),
    Column("advertised", "f8", "days", "days for which posts stood open, weighted alike"),
    Column("filled_before", "f8", "posts", "posts filled since the start, as of the last morning"),
)
"""How many posts there are to be in the region: one row."""

POSTS = (
    Column("employer", "i4", "row", "employer"),
    Column("slot", "i4", "row", "advertising slot"),
    Column("state", "i1", "-", "state", PostState.OPEN),
    Column("education", "i1", "-", "education tier asked for"),
    Column("wanted_day", "i4", "day", "day on which the employer wants somebody to start"),
    Column("wage", "i8", "CNY/month", "posted wage", most=MOST_PAY),
    Column("opened_day", "i4", "day", "day of opening"),
    Column("review_day", "i4", "day", "next day on which the applications are read", NEVER),
    Column("interview_day", "i4", "day", "day of the interviews", NEVER),
    Column("offer_day", "i4", "day", "day of the next offer or, while one is in somebody's hand, of the answer", NEVER),
    Column("lapse_day", "i4", "day", "day after which the post lapses"),
    Column("applications", "i4", "count", "applications received"),
    Column("kept", "i4", "count", "applications kept at present"),
    Column("holder", "i4", "row", "person who has its offer in hand, or who signed for it", NEVER),
    Column("field", "i1", "-", "field asked for"),
    Column("closed_day", "i4", "day", "day on which it was filled or lapsed", NEVER),
    Column("first_round_day", "i4", "day", "day of the first of two rounds of interviews, once somebody is called to the second", NEVER),
    Column("next_offered", "i4", "row", "next post whose offer its holder has in hand, or none", NEVER),
    Column("channel", "i1", "-", "channel through which it was filled"),
)
"""A row is one cache line."""

APPLICATIONS = (
    Column("person", "i4", "row", "applicant", NEVER),
    Column("channel", "i1", "-", "channel"),
    Column("stage", "i1", "-", "stage", Stage.KEPT),
    Column("score", "f8", "sd", "what the employer sees; of an offer that waits for its answer, what it is worth to the person, in log yuan a month"),
)
"""The best applications that a post keeps, a pile of `behaviour.applications_kept` rows a post; see `first_of_pile` in `sim/rules/posts.py`."""

SLOTS = (
    Column("employer", "i4", "row", "employer that advertises here", NEVER),
    Column("post", "i4", "row", "post advertised, or none", NEVER),
    # What the advert says of this post and its employer
    Column("education", "i1", "-", "education tier asked for"),
    Column("industry", "i1", "-", "industry of the employer"),
    Column("state_owned", "i1", "0/1", "the employer is state-owned"),
    Column("district", "i4", "row", "district of the employer"),
    Column("wage", "i8", "CNY/month", "posted wage"),
    Column("wanted_day", "i4", "day", "day on which the employer wants somebody to start"),
)
"""Places on the job boards, sorted by field: what a seeker can come across. Fixed in number, so that one post more or less leaves all
other seekers' luck alone. What an advert says is a copy (`put_up` of `sim/rules/posts.py`): half a cache line tells all that a look needs."""

SEEN = (
    Column("post", "i4", "row", "post"),
    Column("slot", "i4", "row", "advertising slot in which it was seen"),
    Column("employer", "i4", "row", "employer"),
    Column("channel", "i1", "-", "how an application would reach the employer"),
    Column("worth", "f8", "log wage", "what the post is worth to the person; 0: nothing any more"),
)
"""What somebody who looks through the boards has come across that appeals."""

LOANS = (
    Column("employer", "i4", "row", "borrower"),
    Column("scheme", "i1", "0/1", "from the programme (1) or an ordinary bank loan (0)"),
    Column("lender", "i4", "row", "lender of the programme, or none", NEVER),
    Column("amount", "i8", "CNY", "amount granted"),
    Column("outstanding", "i8", "CNY", "principal outstanding"),
    Column("product", "i1", "-", "how it is repaid: a `Repayment`"),
    Column("months", "i4", "months", "term"),
    Column("grace", "i4", "months", "months before the first part of the principal is due"),
    Column("every", "i4", "months", "months between the days on which interest is due"),
    Column("age", "i4", "months", "months since it was granted"),
    Column("instalment", "i8", "CNY/month", "principal due each month after the grace, in instalments"),
    Column("rate", "f8", "1/year", "interest rate"),
    Column("subsidy", "f8", "1/year", "part of the rate that the programme pays"),
    Column("accrued", "i8", "CNY", "interest run up and not yet due"),
    Column("due_day", "i4", "day", "next due day", NEVER),
    Column("defaulted", "i1", "0/1", "in default"),
)
