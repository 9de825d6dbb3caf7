"""Contracts, jobs, graduation and pauses."""

from __future__ import annotations

from sim.compiled import NEVER
from sim.observers.search import accepted_today, offers_of_hosts
from sim.observers.sight import Change, Details, Found, employer_of, post_of
from sim.states import Activity, Place, Preparation, Stage


def observe_studies(change: Change) -> Found:
    """Yield entering the final year, beginning to search, and graduating."""
    if change.ends(Activity.ABSENT):
        yield "entered", {}
        return
    at_study = (Activity.STUDYING, Activity.INTERN, Activity.TRAINING)
    if change.was.activity in at_study and change.now.graduation_day == change.day:
        how = "signed" if change.now.contract_day >= 0 else "search"
        if change.now.activity in (Activity.INTERN, Activity.TRAINING):
            how = "busy"
        elif change.now.activity == Activity.INACTIVE:
            how = {Preparation.NONE: "pause", Preparation.ADMITTED: "study"}.get(change.now.preparing, "exam")
        yield "graduated", {"how": how}
    elif change.now.activity == Activity.STUDYING and change.was.searching_since < 0 <= change.now.searching_since:
        yield "search_began", {"how": "student"}
    elif change.was.activity == Activity.INACTIVE and change.now.activity == Activity.SEARCHING:
        yield "search_began", {"how": "pause" if change.was.preparing == Preparation.NONE else "exam"}


def observe_exams(change: Change) -> Found:
    """Yield being admitted to further study."""
    if change.now.preparing == Preparation.ADMITTED != change.was.preparing and not change.ends(Activity.ABSENT):
        yield "admitted", {}


def begins_job(change: Change) -> bool:
    """Tell whether the contract that the person had this morning has begun."""
    due = change.was.contract_day == change.day and change.now.job_start_day == change.day
    return bool(due and not accepted_today(change) and not _signed_outside(change))


def observe_contracts(change: Change) -> Found:
    """Yield contracts signed and broken, in the order in which they followed one another."""
    held: Details | None = None
    if change.was.contract_day >= 0 and change.was.contract_outside:
        held = {"how": "elsewhere", "wage": int(change.was.contract_wage)}
    elif change.was.contract_day >= 0:
        held = _contract(change, change.was.contract_post)
    before = change.before.pile
    signed = [
        {**_contract(change, post), "thought_over": post in before and before[post].stage == Stage.OFFERED} for post in accepted_today(change)
    ]
    if _signed_outside(change):
        signed.append({"how": "elsewhere", "wage": int(change.now.contract_wage)})
    signed += [{**offer, "how": "here"} for offer in offers_of_hosts(change) if offer["how"] == "accepted"]
    for number, contract in enumerate(signed):
        if held is not None:
            yield "contract_broken", {**held, "why": "better"}
        stands = number == len(signed) - 1 and change.now.contract_day >= 0
        yield "signed", {**contract, "start": change.date_of(change.now.contract_day).isoformat() if stands else None}
        held = contract
    if held is not None and change.now.contract_day < 0 and not begins_job(change):
        yield "contract_broken", {**held, "why": _why_broken(change, held)}


def observe_jobs(change: Change) -> Found:
    """Yield jobs left and begun, and raises."""
    begun = begins_job(change)
    worked, works = change.was.activity == Activity.EMPLOYED, change.now.activity == Activity.EMPLOYED
    if worked and (begun or not works):
        days = change.day - int(change.was.job_start_day)
        yield "job_left", {**_job(change, change.was.employer, change.was.wage), "days": days, "why": _why_left(change, begun=begun)}
    if begun:
        outside = change.was.contract_outside == 1
        row = NEVER if outside else change.world.tables["posts"].rows["employer"][change.was.contract_post]
        job = _job(change, row, change.was.contract_wage)
        yield "job_began", job
        if not works:
            yield "job_left", {**job, "days": 0, "why": _why_left(change, begun=False)}
    elif worked and works and change.now.wage > change.was.wage:
        yield "raise", {"wage": int(change.now.wage)}


def _signed_outside(change: Change) -> bool:
    """Tell whether a contract elsewhere stands this evening that did not this morning."""
    was, now = change.was, change.now
    same = was.contract_outside == 1 and was.contract_day == now.contract_day and was.contract_wage == now.contract_wage
    return bool(now.contract_day >= 0 and now.contract_outside == 1 and not same)


def _contract(change: Change, post: int) -> Details:
    return {"how": "here", **post_of(change.world, int(post))}


def _job(change: Change, employer: int, wage: int) -> Details:
    if employer < 0:
        return {"how": "elsewhere", "wage": int(wage)}
    return {"how": "here", "employer": employer_of(change.world, employer), "wage": int(wage)}


def _is_closed(change: Change, details: Details) -> bool:
    employer = details.get("employer")
    return employer is not None and change.world.tables["employers"].rows["alive"][employer["row"]] == 0


def leaves_region(change: Change) -> bool:
    """Tell whether the person has ceased to live in the region without a job elsewhere to go to."""
    resident = change.was.place == Place.RESIDENT or (begins_job(change) and change.was.contract_outside == 0)
    return bool(resident and change.now.place == Place.ELSEWHERE and not (begins_job(change) and change.was.contract_outside == 1))


def _why_broken(change: Change, contract: Details) -> str:
    if change.begins(Activity.FOUNDER):
        return "own_firm"
    return "closed" if _is_closed(change, contract) else "left_region" if leaves_region(change) else "other"


def _why_left(change: Change, *, begun: bool) -> str:
    if begun:
        return "new_job"
    if change.begins(Activity.FOUNDER):
        return "own_firm"
    if change.rise("accidents") > 0 and change.now.activity == Activity.INACTIVE:
        return "accident"
    if change.was.employer >= 0 and _is_closed(change, {"employer": {"row": int(change.was.employer)}}):
        return "closed"
    return "left_region" if leaves_region(change) else "ended"
