"""From a case file to a story: what a person did often is told once, turning points stand alone. No words yet: those are in `narrator.py`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any

from sim.history import History, Moment
from sim.watched import WATCHED

TURNS = (
    "entered", "search_began", "graduated", "signed", "contract_broken", "job_left", "job_began", "internship_began", "internship_ended",
    "aged_out", "studies_on", "admitted", "course_began", "course_ended", "founded", "borrowed", "loan_repaid", "firm_closed", "moved_in",
    "left_region",
)  # fmt: skip
"""Kinds of moments that get a line of their own."""
WAYS = ("fair", "campus", "referral", "casework", "desk")
"""Channels of applications that are worth a word."""
QUIET = ("learned", "forgot")
"""Kinds of moments that are told on another's line."""
MOST_LINES = 24
"""With more lines than this, trips are summed up like applications."""


@dataclass(frozen=True)
class Clause:
    """A part of a line, in no language yet.

    Attributes:
        key: Which sentence.
        values: What stands in it.
    """

    key: str
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Chapter:
    """A line of the story: a day, or a stretch of days."""

    first: date
    last: date
    clauses: tuple[Clause, ...]


def chapters_of(history: History) -> list[Chapter]:
    """Return the lines of a story, in order."""
    detailed = _chapters(history.moments, visits=True)
    return detailed if len(detailed) <= MOST_LINES else _chapters(history.moments, visits=False)


def received_clauses(history: History) -> list[Clause]:
    """Return what the person received from the programme."""
    found = [Clause(column, {"n": total}) for column, total in history.received.items() if total > 0 and column != "voucher"]
    vouchers = history.money.get("vouchers", 0)
    if vouchers:
        found.append(Clause("received.vouchers", {"amount": vouchers}))
    return found


def _chapters(moments: Sequence[Moment], *, visits: bool) -> list[Chapter]:
    """Cut the days at turning points and, if asked for, at the beginning and the end of visits; sum up what lies between."""
    found: list[Chapter] = []
    stretch: list[Moment] = []

    def close(*, at_end: bool = False) -> None:
        telling = [moment for moment in stretch if moment.kind not in QUIET] or (stretch if at_end else [])
        if not telling:
            return  # what was only learned or forgotten waits for the next stretch
        clauses = tuple(sum_up(stretch))
        if clauses:
            found.append(Chapter(telling[0].date, telling[-1].date, clauses))
        stretch.clear()

    for _, day in groupby(filter(_is_told, moments), key=lambda moment: moment.day):
        today = list(day)
        turns = [moment for moment in today if moment.kind in TURNS]
        home = [moment for moment in today if moment.kind == "went_home"]
        others = [moment for moment in today if moment.kind not in TURNS and moment.kind != "went_home"]
        travels = visits and any(moment.kind == "trip" for moment in today)
        later = bool(turns) and not any(moment.kind not in QUIET for moment in stretch)  # nothing to add the rest of the day to: it comes after
        stretch += home if travels or later else [*others, *home]
        if visits and (home or travels):
            close()
        if travels and not later:
            stretch += others
        if turns:
            close()
            found.append(Chapter(turns[0].date, turns[0].date, tuple(_turn(moment) for moment in turns)))
        if later:
            stretch += others
    close(at_end=True)
    return found


def _is_told(moment: Moment) -> bool:
    """Tell whether a moment shows in a story: an accepted offer shows as a contract, and that nobody answered an application goes without saying."""
    if moment.kind == "passed_over":
        return bool(moment.details["stage"] == "interviewed")
    return moment.kind not in ("offered", "answered") or bool(moment.details["how"] != "accepted")


def _turn(moment: Moment) -> Clause:
    """Return the clause of a turning point."""
    details = moment.details
    variant = details.get("why") or details.get("how")
    if details.get("thought_over"):
        variant = "thought_over"
    return Clause(f"{moment.kind}.{variant}" if variant else moment.kind, details)


def sum_up(moments: Sequence[Moment]) -> Iterator[Clause]:
    """Yield the clauses of a stretch of everyday moments."""
    by_kind: dict[str, list[Moment]] = {}
    for moment in moments:
        by_kind.setdefault(moment.kind, []).append(moment)
    trips = by_kind.get("trip", [])
    yield from _trips(trips)
    yield from _columns(by_kind, trips)
    yield from _knowledge(by_kind)
    nights = by_kind.get("paid_night", [])
    if nights:
        yield Clause("paid_night", {"n": sum(moment.details["n"] for moment in nights), "cost": sum(moment.details["price"] for moment in nights)})
    yield from _applications(by_kind.get("applied", []))
    yield from _answers(by_kind)
    for moment in by_kind.get("raise", [])[-1:]:
        yield Clause("raise", moment.details)
    staff: Counter[str] = Counter()
    for moment in by_kind.get("firm_staff", []):
        staff[moment.details["how"]] += moment.details["n"]
    for how, number in sorted(staff.items()):
        yield Clause(f"firm_staff.{how}", {"n": number})
    for moment in by_kind.get("firm_desk", []):
        yield Clause(f"firm_desk.{moment.details['how']}")
    if "firm_mentor_ended" in by_kind:
        yield Clause("firm_mentor_ended")
    if set(by_kind) == {"went_home"}:
        yield Clause("went_home")


def _trips(trips: list[Moment]) -> Iterator[Clause]:
    if len(trips) == 1:
        yield Clause(f"trip.{trips[0].details['how']}", trips[0].details)
    elif trips:
        paid = sum(moment.details["fare"] for moment in trips if moment.details["how"] != "group_visit")
        interviews = sum(moment.details["how"] == "interview" for moment in trips)
        yield Clause("trip", {"n": len(trips), "fare": paid, "interviews": interviews})


def _columns(by_kind: dict[str, list[Moment]], trips: list[Moment]) -> Iterator[Clause]:
    """Yield the clauses of columns that tell their own story, in the order in which they first did."""
    stations = {moment.details["station"] for moment in trips if moment.details["station"]}
    station = next(iter(stations)) if len(stations) == 1 else None
    found: dict[tuple[str, bool], int] = {}
    moments = [moment for column in WATCHED for moment in by_kind.get(column, [])]
    for moment in sorted(moments, key=lambda moment: moment.day):
        key = moment.kind, bool(moment.details.get("falls"))
        found[key] = found.get(key, 0) + moment.details["n"]
    for (column, falls), number in found.items():
        yield Clause(column, {"n": number, "falls": falls, "station": station})


def _knowledge(by_kind: dict[str, list[Moment]]) -> Iterator[Clause]:
    """Yield what the person knows at the end of the stretch and did not before, and the other way round."""
    moments = sorted((moment for kind in ("learned", "forgot") for moment in by_kind.get(kind, [])), key=lambda moment: moment.day)
    first: dict[str, str] = {}
    last: dict[str, str] = {}
    for moment in moments:
        first.setdefault(moment.details["lever"], moment.kind)
        last[moment.details["lever"]] = moment.kind
    for kind in ("learned", "forgot"):
        levers = [lever for lever in last if last[lever] == first[lever] == kind]
        if levers:
            yield Clause(kind, {"levers": levers})


def _applications(applied: list[Moment]) -> Iterator[Clause]:
    lost = sum(moment.details["how"] == "not_kept" for moment in applied)
    if len(applied) == 1:
        yield Clause("applied.lost" if lost else "applied.one", applied[0].details)
    elif applied:
        ways = Counter(moment.details.get("channel") for moment in applied)
        yield Clause("applied", {"n": len(applied), "lost": lost} | {way: ways[way] for way in WAYS})


def _answers(by_kind: dict[str, list[Moment]]) -> Iterator[Clause]:
    """Yield calls, interviews, refusals."""
    called, held, missed = (by_kind.get(kind, []) for kind in ("called", "interviewed", "missed"))
    if held:
        yield Clause("interviewed" if len(held) > 1 else "interviewed.one", {"n": len(held)} | held[0].details)
    answered = {moment.details["post"] for moment in (*held, *missed)}
    waiting = [moment for moment in called if moment.details["post"] not in answered]
    if waiting:
        key = "called.more" if answered else "called.one" if len(waiting) == 1 else "called"
        yield Clause(key, {"n": len(waiting)} | waiting[0].details)
    for why, number in sorted(Counter(moment.details["how"] for moment in missed).items()):
        yield Clause(f"missed.{why}", {"n": number})
    yield from _offers(by_kind)
    refused = len(by_kind.get("passed_over", []))
    if refused:
        yield Clause("turned_down", {"n": refused})


def _offers(by_kind: dict[str, list[Moment]]) -> Iterator[Clause]:
    """Yield offers to think over, those withdrawn, and those turned down: one by one where another was preferred."""
    offered = by_kind.get("offered", [])
    answered = [*(moment for moment in offered if moment.details["how"] == "declined"), *by_kind.get("answered", [])]
    declined = [moment for moment in answered if moment.details["wage"] is not None]
    settled = {moment.details["post"] for moment in (*declined, *by_kind.get("offer_withdrawn", []))}
    waiting = [moment for moment in offered if moment.details["how"] == "open" and moment.details["post"] not in settled]
    for moment in waiting:
        yield Clause("offered", moment.details)
    for moment in by_kind.get("offered_outside", []):
        yield Clause("offered_outside", moment.details)
    for moment in by_kind.get("offer_withdrawn", []):
        yield Clause("offer_withdrawn", moment.details)
    if len(declined) < len(answered):
        yield Clause("declined.host")
    beaten = [moment for moment in declined if moment.details.get("preferred")]
    for moment in beaten:
        yield Clause("declined.preferred", moment.details)
    others = [moment for moment in declined if not moment.details.get("preferred")]
    if others:
        yield Clause("declined" if len(others) > 1 else "declined.one", {"n": len(others)} | others[0].details)
