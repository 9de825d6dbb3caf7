"""Where a person's money came from and went on a day, from what changed: the accounts of `sim.states.Money`, one person's share of them.

The amounts follow the rules of the phases that book them. What depends on luck that nobody sees (the profit of a firm, the price of a home, the first
nights after moving in) is what is left of the day's change; if none of these is due, it stands under `OTHER`, which the tests want to be
empty. So opening savings and flows always sum to the savings at the end, and the tests hold the sums over all persons against the ledger of the
run. One thing cannot be seen: when such an amount falls on the person's day of the month and nothing is left in the evening, it cannot be told apart
from family support; both then stand under the latter.
"""

from __future__ import annotations

from sim.calendar import MONTH_DAYS, YEAR_MONTHS
from sim.observers.sight import Change
from sim.states import Activity, Course, Education, Money, Place
from sim.watched import WATCHED

Flows = dict[str, int]
OTHER = "other"
UNSEEN = ("profits", "homes", "paid_nights")
"""Accounts whose amounts are what is left of a day's change."""
SAVED = tuple(column for column, watched in WATCHED.items() if watched.saved)
"""Columns whose rise is money that the person had."""
ACCOUNTS = (*(account.name.lower() for account in Money if account != Money.OPENING_SAVINGS), OTHER)
"""Names of the flows."""


def flows_of(change: Change) -> Flows:
    """Return what came in (positive) and went out (negative) on one day, CNY by account; nothing stands for zero."""
    flows: Flows = {}
    rules = change.world.rules[0]
    if change.rise("voucher") > 0:
        nights = int(rules.travel_vouchers.nights * rules.region.hotel_night)
        fares, voucher = fare_of(change), int(rules.travel_vouchers.amount)
        flows |= {"vouchers": voucher, "fares": -fares, "paid_nights": -nights, "living_costs": -max(0, voucher - fares - nights)}
    elif pays_fare(change):
        flows["fares"] = -fare_of(change) * change.rise("trips")
    if pays_night(change):
        flows["paid_nights"] = -int(rules.region.hotel_night)
    if change.begins(Activity.TRAINING) and change.now.course == Course.OWN:
        flows["course_fees"] = -int(rules.behaviour.course_fee)
    if change.begins(Activity.FOUNDER):
        flows["capital_invested"] = -_own_money_in(change)
    for column in SAVED:
        flows[column] = change.rise(column)
    flows["subsidies"] = grants_of(change)["rent"] + change.rise("fares_paid")
    flows["search_costs"] = -change.rise("search_costs")
    _settle_month(change, flows)
    account = _account_unseen(change)
    flows[account] = flows.get(account, 0) + change.rise("savings") - sum(flows.values())
    return {account: amount for account, amount in flows.items() if amount != 0}


def _own_money_in(change: Change) -> int:
    """Return the savings that a founder has put into the firm founded today, CNY: what is in it, but for what others put in."""
    firm, loan = change.after.firm, change.after.loan
    return int(firm.capital) - int(firm.family) - (int(loan.amount) if loan is not None else 0) - grants_of(change)["startup"]


def fare_of(change: Change) -> int:
    """Return the fare there and back from the person's campus, CNY."""
    return 2 * int(change.world.tables["campuses"].rows["fare"][change.now.campus])


def pays_fare(change: Change) -> bool:
    """Tell whether the person came to the region today at own cost: not on a voucher, and not to an internship place with board."""
    return change.rise("trips") > 0 and change.rise("voucher") == 0 and change.rise("placements") == 0


def pays_night(change: Change) -> bool:
    """Tell whether the person pays for a night on the spot: the rules of `sim/phases/travel.py`."""
    was, now = change.was, change.now
    if change.rise("trips") > 0:
        return bool(pays_fare(change) and now.station < 0 and now.place == Place.VISITING)
    if was.place != Place.VISITING or was.paid_nights_left > 0 or change.rise("guest_nights") > 0:
        return False
    end = was.visit_end
    if now.interview_day == change.day + 1 and end <= change.day:
        end = change.day + 1
    return bool(change.day < end and was.savings >= change.world.rules["region"]["hotel_night"][0])


def grants_of(change: Change) -> Flows:
    """Divide the day's rise of subsidies into rent (into savings), home (into its price) and start-up (into the firm's cash), CNY."""
    rise = change.rise("subsidies")
    if rise == 0:
        return {"startup": 0, "home": 0, "rent": 0}
    rules = change.world.rules[0]
    ratios = {Education.VOCATIONAL: rules.subsidies.vocational_ratio, Education.MASTER: rules.subsidies.master_ratio}
    ratio = ratios.get(Education(int(change.now.education)), 1.0)
    amounts = {
        "startup": int(rules.subsidies.startup_grant * ratio) if change.begins(Activity.FOUNDER) else 0,
        "home": int(rules.subsidies.home_purchase * ratio) if change.rise("home_owner") > 0 else 0,
    }
    rent = int(rules.subsidies.rent_per_month * ratio)
    for chosen in ((), ("home",), ("startup",), ("home", "startup")):
        grants = {name: amount if name in chosen else 0 for name, amount in amounts.items()}
        left = rise - sum(grants.values())
        if left in (0, rent):
            return grants | {"rent": left}
    return {"startup": 0, "home": 0, "rent": rise}


def _settle_month(change: Change, flows: Flows) -> None:
    """Add the entries of the person's own day of the month: the rules of `sim/phases/accounts.py`."""
    if (change.day + change.identity) % MONTH_DAYS != 0:
        return
    rules, now = change.world.rules[0], change.now
    at_study = now.activity == Activity.STUDYING or (now.activity == Activity.INTERN and now.graduation_day > change.day)
    living = int(rules.region.living_cost)
    if now.card == 1 and now.place == Place.RESIDENT:
        living -= int(living * rules.subsidies.card_discount)
    living += _paid_for_home(change)
    living = living // 2 if at_study else living
    wage = wage_of(change)
    recovered = change.rise("recovered") if wage else 0
    due = {
        "wages": wage - change.rise("arrears") - recovered,
        "arrears_recovered": recovered,
        "living_costs": -living,
    }
    for account, amount in due.items():
        flows[account] = flows.get(account, 0) + amount
    searched = now.activity == Activity.SEARCHING or change.rise("gave_up") > 0
    kept = _pocket_of(change, searched=searched) if at_study or searched else 0
    missing = kept - int(change.was.savings) - sum(flows.values()) - (living if at_study else 0)
    flows["family_support"] = (living if at_study else 0) + max(0, missing)


def _paid_for_home(change: Change) -> int:
    """Return the rent and the fares to work of a month, CNY: the rules of `sim/rules/utility.py`."""
    rules, now = change.world.rules[0], change.now
    works, employer = wage_of(change) > 0, _employer_at_pay(change)
    if now.place != Place.RESIDENT:
        return int(rules.region.rent_elsewhere) if works else 0
    at_home = now.from_elsewhere == 0 or now.home_owner == 1
    campus = change.world.tables["campuses"].rows[now.campus]
    if not at_home and 0 <= campus.way < rules.region.rent - now.rent_help + rules.living.way_near:
        return int(campus.way_fare) if works else 0
    rent = 0 if at_home else int(rules.region.rent)
    if works and employer >= 0:
        far = at_home and change.world.tables["employers"].rows["district"][employer] != now.district
        rent += int(rules.living.fare_far if far else rules.living.fare_near)
    return rent


def _pocket_of(change: Change, *, searched: bool) -> int:
    """Return the money at hand up to which the family added, CNY: the rules of `sim/rules/expenses.py`."""
    behaviour, now = change.world.scenario.behaviour, change.now
    months = (change.day - int(now.searching_since)) / MONTH_DAYS if searched else 0.0
    part = behaviour.family_pocket
    if months >= behaviour.family_months:
        part *= behaviour.pocket_later
    return int(part * change.world.rules["living"]["month"][0])


def _employer_at_pay(change: Change) -> int:
    """Return the employer of who was employed when the month was settled; a grave accident ends a job after that."""
    if change.now.activity == Activity.EMPLOYED:
        return int(change.now.employer)
    begun = change.was.contract_day == change.day and change.now.job_start_day == change.day
    return int(change.world.tables["posts"].rows["employer"][change.was.contract_post] if begun else change.was.employer)


def wage_of(change: Change) -> int:
    """Return the wage of who was employed when the month was settled, CNY; a grave accident ends a job after that."""
    if change.now.activity == Activity.EMPLOYED:
        return int(change.now.wage)
    if change.rise("accidents") <= 0:
        return 0
    begun = change.was.contract_day == change.day and change.now.job_start_day == change.day
    wage = int(change.was.contract_wage if begun else change.was.wage)
    months = (change.day - int(change.now.job_start_day)) // MONTH_DAYS
    raised = months > 0 and months % YEAR_MONTHS == 0
    return wage + int(wage * change.world.rules["behaviour"]["raise_per_year"][0]) if raised else wage


def _account_unseen(change: Change) -> str:
    """Name the account to which the rest of the day's change belongs."""
    was, firm = change.was, change.before.firm
    if was.place == Place.RESIDENT and was.next_trip_day == change.day and change.now.next_trip_day != change.day + 1:
        return "paid_nights"  # the first evening in the region without a station's bed, after a job began
    if change.rise("home_owner") > 0:
        return "homes"
    settles = firm is not None and change.day > firm.founded_day and (change.day - firm.founded_day) % MONTH_DAYS == 0
    return "profits" if settles else OTHER
