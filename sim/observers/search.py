"""Applications and what becomes of them: kept on a pile, called, interviewed, offered, passed over."""

from __future__ import annotations

from sim.compiled import NEVER
from sim.observers.sight import Change, Details, Found, employer_of, post_of
from sim.states import Activity, Channel, Place, PostState, Stage

HELD = (Stage.INTERVIEWED, Stage.OFFERED, Stage.REFUSED, Stage.ACCEPTED)
ANSWERED = {Stage.ACCEPTED: "accepted", Stage.REFUSED: "declined"}
OFFERED = {Stage.OFFERED: "open", **ANSWERED}


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
        if (stage == Stage.KEPT and later.stage != Stage.KEPT) or (stage == Stage.INTERVIEWED and later.stage == Stage.CALLED):
            yield "called", {**facts, "on": change.date_of(change.world.tables["posts"].rows["interview_day"][post]).isoformat()}
        if stage in (Stage.KEPT, Stage.CALLED) and later.stage in HELD:
            yield "interviewed", facts
        if later.stage == Stage.MISSED and stage != Stage.MISSED:
            yield "missed", {**facts, "how": _why_missed(change)}
        if later.stage in OFFERED and stage not in OFFERED:
            yield "offered", {**facts, "how": OFFERED[later.stage], **_answer_by(change, post, later.stage)}
        elif later.stage in ANSWERED and stage == Stage.OFFERED:
            yield "answered", {**facts, "how": ANSWERED[later.stage], "preferred": _preferred(change, post)}
        elif not later.is_open and later.stage not in (Stage.MISSED, *OFFERED):
            yield "passed_over", {**facts, "how": "filled", "stage": later.stage.name.lower()}
    for offer in offers_of_hosts(change):
        yield "offered", offer
    if change.now.outside_offer > 0 and change.now.outside_offer != change.was.outside_offer:
        yield "offered_outside", {"wage": int(change.now.outside_offer), "by": change.date_of(change.now.next_outside_day).isoformat()}


def accepted_today(change: Change) -> list[int]:
    """Return the posts that the person said yes to today; the one whose contract stands this evening comes last."""
    before, after = change.before.pile, change.after.pile
    posts = [post for post, kept in after.items() if kept.stage == Stage.ACCEPTED and (post not in before or before[post].stage != Stage.ACCEPTED)]
    standing = int(change.now.contract_post) if change.now.contract_day >= 0 else NEVER
    return sorted(posts, key=lambda post: (post == standing, post))


def offers_of_hosts(change: Change) -> list[Details]:
    """Return the day's offers of the host of a class or an internship, which go past the pile: with the employer and, where signed, the wage."""
    before, after = change.before.pile, change.after.pile
    usual = [post for post, kept in after.items() if kept.stage in OFFERED and (post not in before or before[post].stage not in OFFERED)]
    number = change.rise("offers") - len(usual)
    signed = change.rise("contracts_signed") - len(accepted_today(change))
    host = int(change.was.course_host if change.was.course_host >= 0 else change.was.employer)
    facts = {"employer": employer_of(change.world, host) if host >= 0 else None}
    accepted = [{**facts, "wage": int(change.now.contract_wage), "how": "accepted"}] * signed
    return accepted + [{**facts, "wage": None, "how": "declined"}] * (number - signed)


def _dropped(change: Change, post: int, stage: Stage, facts: Details) -> Found:
    """An application is on the pile no longer: the post lapsed, a better one took its place, or the interview did not convince."""
    if stage == Stage.OFFERED:
        yield "offer_withdrawn", facts
    if stage in (Stage.MISSED, *OFFERED):
        return
    lapsed = change.world.tables["posts"].rows["state"][post] == PostState.LAPSED
    how = "lapsed" if lapsed else "displaced" if stage == Stage.KEPT else "turned_down"
    yield "passed_over", {**facts, "how": how, "stage": stage.name.lower()}


def _why_missed(change: Change) -> str:
    """Return why an interview was missed: a firm of one's own, a contract in hand that the post could not outdo, being away, or no money to go."""
    if change.now.activity == Activity.FOUNDER:
        return "founder"
    engaged = max(change.was.contract_day, change.now.contract_day) >= 0 or max(change.was.offers_in_hand, change.now.offers_in_hand) > 0
    if engaged:
        return "engaged"
    return "away" if change.was.place == Place.ELSEWHERE else "short"


def _answer_by(change: Change, post: int, stage: Stage) -> Details:
    """Return the day by which an offer that is thought over has to be answered."""
    if stage != Stage.OFFERED:
        return {}
    return {"by": change.date_of(change.world.tables["posts"].rows["offer_day"][post]).isoformat()}


def _preferred(change: Change, post: int) -> Details | None:
    """Return whom a person has preferred today to the employer whose offer was turned down, none for one elsewhere; nothing where nobody was."""
    chosen = [other for other in accepted_today(change) if other != post]
    if chosen:
        return {"employer": post_of(change.world, chosen[-1])["employer"]}
    signed_elsewhere = change.now.contract_outside == 1 and change.now.contract_day != change.was.contract_day
    return {"employer": None} if signed_elsewhere else None
