"""Trips, stays, moving in and leaving; what the person knows of services; columns that tell their own story."""

from __future__ import annotations

from sim.levers import LEVERS
from sim.observers.money import fare_of, flows_of, pays_fare, pays_night
from sim.observers.sight import Change, Found, district_of
from sim.observers.work import begins_job, leaves_region
from sim.states import Place, Stage
from sim.watched import WATCHED


def observe_knowledge(change: Change) -> Found:
    """Yield services learned of and forgotten."""
    was, now = int(change.was.aware), int(change.now.aware)
    if was == now:
        return
    on_offer = change.world.tables["services"].rows["on_offer"]
    for row, lever in enumerate(LEVERS):
        bit = 1 << row
        if on_offer[row] and lever.is_to_be_known() and (was ^ now) & bit:
            yield ("learned" if now & bit else "forgot"), {"lever": lever.name}


def observe_columns(change: Change) -> Found:
    """Yield a moment for each column that tells its own story."""
    was, now = change.was, change.now
    for column, watched in WATCHED.items():
        if now[column] == was[column]:
            continue
        rise = change.rise(column)
        if rise > 0 and watched.en and not watched.by:
            yield column, {"n": rise}
        elif rise < 0 and watched.falls_en:
            yield column, {"n": -rise, "falls": True}


def observe_trips(change: Change) -> Found:
    """Yield going home, coming to the region, and nights paid for; who travels twice on a day comes back from a fair before setting out again."""
    travels, visited = change.rise("trips") > 0, change.was.place == Place.VISITING
    if visited and (travels or (change.now.place == Place.ELSEWHERE and not begins_job(change))):
        yield "went_home", {}
    if travels:
        station = int(change.now.station)
        at = district_of(change.world, change.world.tables["stations"].rows["district"][station]) if station >= 0 else None
        fare = fare_of(change) if pays_fare(change) else 0
        for _ in range(change.rise("trips") - 1):
            yield "trip", {"how": "fair", "fare": fare, "station": None}
        yield "trip", {"how": _why_travelled(change), "fare": fare, "station": at}
    paid = -flows_of(change).get("paid_nights", 0) if change.rise("voucher") == 0 and pays_night(change) else 0
    if paid > 0:
        yield "paid_night", {"n": max(1, round(paid / change.world.rules["region"]["hotel_night"][0])), "price": paid}


def observe_moves(change: Change) -> Found:
    """Yield settling in the region and leaving it."""
    was, now = change.was.place == Place.RESIDENT, change.now.place == Place.RESIDENT
    begun = begins_job(change)
    begun_here = begun and change.was.contract_outside == 0
    if not was and (now or begun_here):
        yield "moved_in", {"how": "job" if begun_here else "home"}
    if leaves_region(change):
        yield "left_region", {"how": "left"}
    elif was and not now and begun:
        yield "left_region", {"how": "job"}


def _why_travelled(change: Change) -> str:
    if change.rise("voucher") > 0:
        return "group_visit"
    if change.rise("placements") > 0:
        return "place"
    days = change.world.tables["posts"].rows["interview_day"]
    waiting = [post for post, kept in change.after.pile.items() if kept.stage == Stage.CALLED and days[post] == change.day + 1]
    if change.rise("fairs") > 0 and change.now.day_trip == change.day and change.rise("trips") == 1:
        return "fair"
    return "interview" if waiting else "explore"

