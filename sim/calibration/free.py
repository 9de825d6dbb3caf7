"""Which parameters a calibration frees: those that move what is known; those of a place; those that no target speaks of.

What moves the targets was found by runs over all plausible ranges at once (``docs/calibrating.md``). Of parameters that do the same to every
target one is free and the others keep their declared value.
"""

from __future__ import annotations

USUAL = (
    "behaviour.skill_bar_mean", "behaviour.idle_worth", "behaviour.separation_to_search_share", "behaviour.expected_over_offered",
    "behaviour.slow_employment_share", "behaviour.answer_days", "behaviour.running_cost", "behaviour.sessions_per_month",
    "behaviour.offers_expected", "behaviour.wage_floor_seen", "behaviour.creation_elasticity", "behaviour.opportunity_per_year",
    "behaviour.posts_seen", "behaviour.interviews_per_post", "behaviour.post_days", "behaviour.review_days", "behaviour.separation_bachelor",
    "behaviour.separation_vocational", "behaviour.student_effort", "behaviour.match_months", "behaviour.student_ideas_days",
    "behaviour.outside_finding_fresh", "behaviour.dispute_per_year", "exams.upgrade_share", "exams.postgraduate_share", "exams.late_share",
    "market.wage_spread", "market.tightness",
)  # fmt: skip
"""Of people, employers and exams everywhere: each moves a target."""

LOCAL = (
    "market.tightness", "behaviour.local_interest", "market.employer_size", "market.wage_spread", "exams.upgrade_share", "exams.postgraduate_share",
)  # fmt: skip
"""What differs between cities."""

SAME = {
    "market.slots_per_post": "behaviour.posts_seen", "behaviour.usual_gain": "behaviour.sessions_per_month",
    "behaviour.application_cost": "behaviour.sessions_per_month", "behaviour.monthly_revenue": "behaviour.running_cost",
    "behaviour.sales_cost": "behaviour.running_cost", "behaviour.capital_need": "behaviour.running_cost",
    "behaviour.idea_spread": "behaviour.opportunity_per_year", "behaviour.revenue_per_staff": "behaviour.opportunity_per_year",
    "exams.upgrade_success": "exams.upgrade_share", "exams.postgraduate_success": "exams.postgraduate_share",
    "exams.exempt_share": "exams.postgraduate_share", "behaviour.fit_output": "behaviour.skill_bar_mean",
    "behaviour.skill_output": "behaviour.match_months", "market.usual_filling": "behaviour.creation_elasticity",
    "behaviour.interview_days": "behaviour.review_days", "behaviour.dispute_loss": "behaviour.dispute_per_year",
}  # fmt: skip
"""Parameter that keeps its declared value → the free one from which the targets cannot tell it."""

SERVICES = (
    "behaviour.bid_news", "behaviour.contact_news", "behaviour.lecture_news", "behaviour.talk_news", "behaviour.advice_news", "behaviour.plan_news",
    "behaviour.mentor_news", "behaviour.plan_hours", "behaviour.introduction_noise", "behaviour.talk_noise", "behaviour.certificate_noise",
    "behaviour.nights_free", "behaviour.talk_recall", "behaviour.forget_per_month", "behaviour.contact_recall", "behaviour.help_half_life",
    "behaviour.mentor_skill", "behaviour.mentor_fade_months", "behaviour.career_targeting", "behaviour.referral_looks", "behaviour.desk_quality",
    "behaviour.lecture_targeting", "behaviour.advice_targeting", "behaviour.advice_signal", "behaviour.plan_targeting", "behaviour.trouble_days",
    "behaviour.trouble_settled", "behaviour.menu_skill", "behaviour.contracted_skill", "behaviour.graduate_place_skill",
    "behaviour.placement_attachment", "behaviour.placement_interest", "behaviour.deputy_attachment", "behaviour.course_confidence",
    "behaviour.camp_business_skill", "behaviour.event_attachment", "behaviour.couple_share", "behaviour.partner_attachment",
    "behaviour.seminar_quality", "behaviour.safety_knowledge", "behaviour.model_unit_safety", "behaviour.legal_knowledge",
    "behaviour.recovery_aided", "behaviour.equity_per_post",
)  # fmt: skip
"""What services do: nothing changes, to the bit, where no lever is on, so no target without a programme speaks of them. In a set they lie evenly
over their plausible ranges."""
