"""Where a person's money came from and went on a day, from what changed: the accounts of `sim.states.Money`, one person's share of them.

The amounts follow the rules of the phases that book them; what they do not explain stands under `OTHER`, so that opening savings and flows always
sum to the savings at the end. The tests hold the sums over all persons against the ledger of the run. One thing cannot be seen: when a founder's firm
settles on the founder's own day of the month and nothing is left in the evening, profit and family support are told apart no longer; both stand under
the latter.
"""

from __future__ import annotations

from sim.compiled import NEVER
from sim.observers.sight import Change
from sim.phases.accounts import MONTH_DAYS
from sim.states import Activity, Money, Place
from sim.watched import WATCHED

Flows = dict[str, int]
OTHER = "other"
ACCOUNTS = (*(account.name.lower() for account in Money if account != Money.OPENING_SAVINGS), OTHER)
"""Names of the flows; and columns that are saved (see `Watched`)."""


def flows_of(change: Change) -> Flows:
    """Return what came in (positive) and went out (negative) on one day, CNY by account; nothing stands for zero."""
    flows: Flows = {}
    rules = change.world.rules[0]
    if change.rise("voucher") > 0:
        nights = int(rules.travel_vouchers_nights * rules.region_hotel_night)
        fares, voucher = fare_of(change), int(rules.travel_vouchers_amount)
        flows |= {"vouchers": voucher, "fares": -fares, "paid_nights": -nights, "living_costs": -max(0, voucher - fares - nights)}
    elif change.rise("trips") > 0:
        flows["fares"] = -fare_of(change)
    if pays_night(change):
        flows["paid_nights"] = -int(rules.region_hotel_night)
    if change.begins(Activity.TRAINING):
        flows["course_fees"] = -int(rules.course_fee)
    for column, watched in WATCHED.items():
        if watched.saved:
            flows[column] = change.rise(column)
    if change.begins(Activity.FOUNDER):
        flows["capital_invested"] = -((int(change.was.savings) + sum(flows.values())) // 2)
    _settle_month(change, flows)
    left = change.rise("savings") - sum(flows.values())
    flows["profits" if _firm_settles(change) else OTHER] = left
    return {account: amount for account, amount in flows.items() if amount != 0}


def fare_of(change: Change) -> int:
    """Return the fare there and back from the person's campus, CNY."""
    return 2 * int(change.world.tables["campuses"].rows["fare"][change.now.campus])


def pays_night(change: Change) -> bool:
    """Tell whether the person pays for a night on the spot: the rules of `sim/phases/travel.py`."""
    was, now = change.was, change.now
    if change.rise("voucher") > 0:
        return False
    if change.rise("trips") > 0:
        return bool(now.station < 0)
    if was.place != Place.VISITING or was.paid_nights_left > 0 or change.rise("guest_nights") > 0:
        return False
    end = was.visit_end
    if now.interview_day == change.day + 1 and end <= change.day:
        end = change.day + 1
    return bool(change.day < end and was.savings >= change.world.rules["region_hotel_night"][0])


def _settle_month(change: Change, flows: Flows) -> None:
    """Add the entries of the person's own day of the month: the rules of `sim/phases/accounts.py`."""
    if (change.day + change.identity) % MONTH_DAYS != 0:
        return
    rules, now = change.world.rules[0], change.now
    at_study = now.activity in (Activity.STUDYING, Activity.INTERN)
    living = int(rules.region_living_cost) + (int(rules.region_rent) if now.from_elsewhere == 1 and now.place == Place.RESIDENT else 0)
    living = living // 2 if at_study else living
    due = {
        "wages": int(now.wage) if now.activity == Activity.EMPLOYED else 0,
        "living_costs": -living,
        "search_costs": -(int(rules.search_cost) // 3) if now.activity == Activity.SEARCHING else 0,
    }
    for account, amount in due.items():
        flows[account] = flows.get(account, 0) + amount
    if at_study:
        flows["family_support"] = living
    elif now.savings == 0:
        flows["family_support"] = max(0, -int(change.was.savings) - sum(flows.values()))


def _firm_settles(change: Change) -> bool:
    """Tell whether the firm that the person runs settled its month today, and may have paid a profit."""
    firm = change.before.firm
    if firm is None or change.before.firm_row == NEVER:
        return False
    return bool(change.day > firm.founded_day and (change.day - firm.founded_day) % MONTH_DAYS == 0)
