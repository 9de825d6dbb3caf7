"""Internships and courses, found without help or given by the programme."""

from __future__ import annotations

from sim.observers.sight import Change, Details, Found, employer_of
from sim.states import Activity, Course, Placement

AFTERWARDS = (Activity.SEARCHING, Activity.STUDYING, Activity.INACTIVE, Activity.FOUNDER, Activity.AGED_OUT)
"""What somebody does on the evening of the day on which a course or an internship has ended as planned."""


def observe_training(change: Change) -> Found:
    """Yield internships and courses that begin and end; a student's class to order, school and firm in turn, is a course."""
    was, now = change.was, change.now
    ended = was.return_day == change.day and now.activity in AFTERWARDS
    how = "finished" if ended else "left" if now.activity == Activity.EMPLOYED else "dropped"
    if change.ends(Activity.TRAINING) or (change.ends(Activity.INTERN) and was.placement == Placement.CONTRACTED):
        yield "course_ended", {"how": how, "kind": Course(int(was.course)).name.lower()}
    elif change.ends(Activity.INTERN):
        kind, kept = Placement(int(was.placement)).name.lower(), change.rise("internships_kept") > 0
        yield "internship_ended", {"how": how, "kind": kind, "kept": kept, **_host(change, was.employer)}
    if change.begins(Activity.TRAINING) or (change.begins(Activity.INTERN) and now.placement == Placement.CONTRACTED):
        fee = int(change.world.rules["behaviour"]["course_fee"][0]) if now.course == Course.OWN else 0
        host = now.employer if now.employer >= 0 else now.course_host
        yield "course_began", {"how": Course(int(now.course)).name.lower(), "fee": fee, **_dates(change), **_host(change, host)}
    elif change.begins(Activity.INTERN):
        yield "internship_began", {"how": Placement(int(now.placement)).name.lower(), **_dates(change), **_host(change, now.employer)}


def _dates(change: Change) -> Details:
    return {"until": change.date_of(change.now.return_day).isoformat()}


def _host(change: Change, row: int) -> Details:
    return {"employer": employer_of(change.world, row) if row >= 0 else None}
