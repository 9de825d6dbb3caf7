"""Which columns of a person a case file tells of, and in what words: one line a column.

A column of `WATCHED` tells its own story: whenever it rises (or falls), the case file has a moment of that name and the story has its sentence.
Columns that need more than their own change to be told (an application and its employer) are told by `sim/observers`; the rest is left out, with
the reason.
"""

from __future__ import annotations

from dataclasses import dataclass

from sim.columns import Column


@dataclass(frozen=True)
class Watched:
    """A column that tells its own story.

    A sentence is what follows "She …" or "He …" in English, and a clause without a subject in Chinese. ``{n}`` is by how much the column rose (in
    English ``{n:a fair|{n} fairs}`` chooses between one and more, ``{n:times}`` writes nothing, " twice", " 3 times"). Empty: not told.

    Attributes:
        column: Column of the table of graduates, and name of the moment.
        en: Sentence in English when the column rises.
        zh: Sentence in Chinese when the column rises.
        lever: Lever from which this was received; empty: none. The story's last lines list what came from levers.
        saved: What the column rises by (CNY) goes into the person's savings.
        falls_en: Sentence in English when the column falls.
        falls_zh: Sentence in Chinese when the column falls.
    """

    column: str
    en: str
    zh: str
    lever: str = ""
    saved: bool = False
    falls_en: str = ""
    falls_zh: str = ""

    def sentence(self, language: str, *, falls: bool = False) -> str:
        """Return the sentence in a language."""
        sentences = {"en": (self.en, self.falls_en), "zh": (self.zh, self.falls_zh)}
        return sentences[language][falls]


_WATCHED = (
    Watched("contacts", "was told of the services by outreach{n:times}", "收到服务宣传{n}次", "outreach"),
    Watched("fairs", "went to {n:a job fair|{n} job fairs}", "参加招聘会{n}场", "job_fairs"),
    Watched("guest_nights", "slept {n:one night|{n} nights} free of charge in a station", "在青年驿站免费住宿{n}晚", "lodging"),
    Watched("voucher", "used a travel voucher", "使用了一张体验券", "travel_vouchers"),
    Watched("mentored", "was taken on by a mentor", "有导师开始一对一指导", "mentoring"),
    Watched("mentor_refused", "asked for a mentor, but all were busy", "申请导师指导,但名额已满"),
    Watched("mentor", "", "", falls_en="finished the time with the mentor", falls_zh="导师指导期结束"),
)

WATCHED: dict[str, Watched] = {watched.column: watched for watched in _WATCHED}
"""Column → how it is told, in the order in which the story lists what was received."""

TOLD: dict[str, str] = {
    "applications": "applied",
    "interviews": "interviewed",
    "offers": "offered",
    "contract_outside": "signed",
    "trips": "trip",
    "guest_stays": "trip",
}
"""Column → the moment of `sim/observers` that tells its changes with more than a number."""

LEFT_OUT: dict[str, str] = {
    "savings": "told month by month, with where the money came from and went",
    "from_elsewhere": "who the person is: in the portrait",
    "sex": "who the person is: in the portrait",
    "prefers_state": "who the person is, and never changes",
    "credit_constrained": "who the person is, and never changes",
    "searches_on_the_job": "a state of mind: the applications that follow from it are told",
    "free_nights_left": "a plan: the nights are told when they are slept",
    "paid_nights_left": "a plan: the nights are told when they are slept",
    "guest_interviewed": "marks a guest for the headline count: the interview is told",
    "guest_signed": "marks a guest for the headline count: the contract is told",
    "guest_placed": "marks a guest for the headline count: the job is told",
    "travelled_aware": "marks a traveller for the headline count: the trip and what the person knows are told",
    "first_job_here": "repeats a job that is told",
}
"""Counts, flags and sums of money that no moment tells, with the reason."""

UNITS_LEFT_OUT: dict[str, str] = {
    "-": "a named state (activity, place) or a taste: told by the observers or in the portrait",
    "row": "a reference: what it leads to is told",
    "day": "a plan or a date: what happens on the day is told",
    "bits": "services known: told by name",
    "sd": "a trait",
    "share": "a trait",
    "ratio": "a trait",
    "persons": "a trait",
    "CNY/month": "pay: told with offers, contracts, jobs and raises",
}
"""Units of columns that need no line of their own, with the reason."""


def needs_telling(column: Column) -> bool:
    """Tell whether a column counts, marks or sums up something that happened to a person, so that it must stand in one of the tables above."""
    return column.unit not in UNITS_LEFT_OUT
