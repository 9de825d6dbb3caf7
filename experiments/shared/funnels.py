"""From contact to job: which outcomes are the steps of which funnel, for figures and pages."""

from __future__ import annotations

from sim.bilingual import Sentence

FUNNELS: dict[str, tuple[str, ...]] = {
    "market": ("posts_opened", "applications_sent", "interviews_held", "offers_made", "contracts_signed", "hires"),
    "campus": ("campus_posts", "campus_cvs", "campus_interviews", "campus_intents", "campus_contracts", "campus_hires"),
    "visitors": (
        "lodging_aware", "lodging_travelled", "station_guests", "station_guests_interviewed", "station_guests_signed", "station_guests_placed",
    ),
}  # fmt: skip
"""Name of a funnel → outcomes in the order of the steps."""
TITLES: dict[str, Sentence] = {
    "market": Sentence("Local market", "本地市场"),
    "campus": Sentence("Campus recruitment", "高校引才"),
    "visitors": Sentence("Station visitors", "驿站来访者"),
}  # fmt: skip
"""Name of a funnel → what it is called."""
