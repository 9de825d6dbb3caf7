"""Applications and what becomes of them: kept on a pile, called, interviewed, offered, passed over."""

from __future__ import annotations

from sim.compiled import NEVER
from sim.observers.sight import Change, Details, Found, employer_of, post_of
from sim.states import Activity, Channel, Place, PostState, Stage

HELD = (Stage.INTERVIEWED, Stage.REFUSED, Stage.ACCEPTED)
OFFERED = {Stage.ACCEPTED: "accepted", Stage.REFUSED: "declined"}


def observe_applications(change: Change) -> Found:
    """Yield a moment for each application of the day: with its employer where it lies on a pile, without where it does not."""
    new = [post for post in change.after.pile if post not in change.before.pile]
    for post in new:
        kept = change.after.pile[post]
        yield "applied", {**post_of(change.world, post), "how": "kept", "channel": kept.channel.name.lower(), "score": round(kept.score, 3)}
    lost = change.rise("applications") - len(new)
    on_campus = change.rise("campus_cvs") - sum(change.after.pile[post].channel == Channel.CAMPUS for post in new)
    for number in range(lost):
        yield "applied", {"how": "not_kept", "channel": "campus" if number < on_campus else None}


def observe_answers(change: Change) -> Found:
    """Yield calls, interviews, offers, and the ends of applications that came to nothing."""
    for post in sorted(change.before.pile.keys() | change.after.pile.keys()):
        earlier = change.before.pile.get(post)
        if earlier is not None and not earlier.is_open:
            continue
        stage = earlier.stage if earlier is not None else Stage.KEPT
        later = change.after.pile.get(post)
        facts = post_of(change.world, post)
        if later is None:
            yield from _dropped(change, post, stage, facts)
            continue
        if stage == Stage.KEPT and later.stage != Stage.KEPT:
            yield "called", {**facts, "on": change.date_of(change.world.tables["posts"].rows["interview_day"][post]).isoformat()}
        if stage in (Stage.KEPT, Stage.CALLED) and later.stage in HELD:
            yield "interviewed", facts
        if later.stage == Stage.MISSED and stage != Stage.MISSED:
            yield "missed", {**facts, "how": _why_missed(change)}
        if later.stage in OFFERED and stage != later.stage:
            yield "offered", {**facts, "how": OFFERED[later.stage]}
        elif not later.is_open and later.stage not in (Stage.MISSED, *OFFERED):
            yield "passed_over", {**facts, "how": "filled", "stage": later.stage.name.lower()}
    for offer in offers_of_hosts(change):
        yield "offered", offer


def accepted_today(change: Change) -> list[int]:
    """Return the posts that the person said yes to today; the one whose contract stands this evening comes last."""
    before, after = change.before.pile, change.after.pile
    posts = [post for post, kept in after.items() if kept.stage == Stage.ACCEPTED and (post not in before or before[post].stage != Stage.ACCEPTED)]
    standing = int(change.now.contract_post) if change.now.contract_day >= 0 else NEVER
    return sorted(posts, key=lambda post: (post == standing, post))


def offers_of_hosts(change: Change) -> list[Details]:
    """Return the day's offers of the host of a class or an internship, which go past the pile: with the employer and, where signed, the wage."""
    before, after = change.before.pile, change.after.pile
    usual = [post for post, kept in after.items() if kept.stage in OFFERED and (post not in before or before[post].stage != kept.stage)]
    number = change.rise("offers") - len(usual)
    signed = change.rise("contracts_signed") - len(accepted_today(change))
    host = int(change.was.course_host if change.was.course_host >= 0 else change.was.employer)
    facts = {"employer": employer_of(change.world, host) if host >= 0 else None}
    accepted = [{**facts, "wage": int(change.now.contract_wage), "how": "accepted"}] * signed
    return accepted + [{**facts, "wage": None, "how": "declined"}] * (number - signed)


def _dropped(change: Change, post: int, stage: Stage, facts: Details) -> Found:
    """An application is on the pile no longer: the post lapsed, a better one took its place, or the interview did not convince."""
    if stage in (Stage.MISSED, *OFFERED):
        return
    lapsed = change.world.tables["posts"].rows["state"][post] == PostState.LAPSED
    how = "lapsed" if lapsed else "displaced" if stage == Stage.KEPT else "turned_down"
    yield "passed_over", {**facts, "how": how, "stage": stage.name.lower()}


def _why_missed(change: Change) -> str:
    """Return why an interview was missed: a firm of one's own, a contract in hand that the post could not outdo, being away, or no money to go."""
    if change.now.activity == Activity.FOUNDER:
        return "founder"
    if change.was.contract_day >= 0 or change.now.contract_day >= 0:
        return "engaged"
    return "away" if change.was.place == Place.ELSEWHERE else "short"
