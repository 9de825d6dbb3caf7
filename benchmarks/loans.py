"""What a loan does to young firms: ``python -m benchmarks.loans [--replicates R]``.

First a curve: every firm that is founded is lent a sum on its first day, of several sizes and at several rates, and nothing else is changed; the same
firms with the same luck without it stand beside it. Then the scheme as a programme, beside evidence 55 to 58: who takes it up at which rate, how many
of those who do are in business after five years, with and without it, what jobs it adds, and how much is in default.
"""

from __future__ import annotations

import argparse
from typing import Any

import numpy as np
from numpy.typing import NDArray

from experiments.bench.timing import SEED, compile_engine, machine
from sim.calendar import MONTH_DAYS
from sim.scenario import Scenario
from sim.states import Cash, Count, Stock
from sim.statistics import mean_interval
from sim.world import World, make_world

SIZES = (10_000, 30_000, 60_000, 120_000, 240_000)
RATES = (0.0, 0.06, 0.15, 0.4)
MONTHS = 36
FOUNDING_DAYS = 2 * 365
FOLLOWED = {"after 3 years": 36 * MONTH_DAYS, "after 5 years": 60 * MONTH_DAYS}
ALONE: dict[str, Any] = {"behaviour.bank_approval": 0.0, "population.youth_years": 12}
"""No bank lends beside what is lent here, and no founder ages out while the firm is followed."""
Key = tuple[int, int]
"""A firm: its founder and the day of founding."""


def lend(world: World, day: int, row: int, amount: int, rate: float, months: int = MONTHS) -> None:
    """Lend to a start-up in the evening, in instalments, and put the money into the business: as `grant_loan` and `invest` of the rules do.

    Args:
        world: The world.
        day: Day.
        row: Row of the firm, which has no loan.
        amount: CNY.
        rate: Interest a year.
        months: Term.
    """
    loans, firm = world.tables["loans"], world.tables["employers"].rows[row]
    if loans.capacity <= loans.count:
        loans.reserve(2 * loans.capacity)
    number = loans.count
    loans.count += 1
    terms: dict[str, float] = {"scheme": 0, "lender": -1, "amount": amount, "outstanding": amount, "product": 0, "months": months, "grace": 0}
    terms |= {"every": 1, "age": 0, "instalment": -(-amount // months), "subsidy": 0.0, "accrued": 0, "due_day": day + MONTH_DAYS, "defaulted": 0}
    terms |= {"employer": row, "rate": rate}
    for name, value in terms.items():
        loans.rows[name][number] = value
    behaviour = world.scenario.behaviour
    served = [min(1.0, capital / firm.need) ** behaviour.capital_elasticity for capital in (firm.capital, firm.capital + amount)]
    kept = int(behaviour.working_capital * amount)
    firm["loan"], firm["capital"], firm["cash"] = number, firm.capital + amount, firm.cash + kept
    firm["sales_expected"] *= served[1] / served[0]
    world.cashbook[Cash.LOANS_RECEIVED] += amount
    world.cashbook[Cash.EQUIPMENT] -= amount - kept


def follow(scenario: Scenario, replicate: int, amount: int, rate: float) -> dict[Key, tuple[int, float]]:
    """Run a world in which every firm founded in the first years is lent a sum.

    Returns:
        Founder and day of founding → days in business (of those still there: very many), and the part of its need that the firm had by itself.
    """
    world = make_world(scenario, SEED, replicate)
    firms = world.tables["employers"]
    short: dict[Key, float] = {}
    seen = firms.count
    for day in range(FOUNDING_DAYS):
        world.advance(day, day + 1, afresh=day == 0)
        for row in range(seen, firms.count):
            firm = firms.rows[row]
            short[(int(firm.founder), day)] = float(firm.capital / firm.need)
            if amount > 0:
                lend(world, day, row, amount, rate)
        seen = firms.count
    world.advance(FOUNDING_DAYS, scenario.days, afresh=False)
    return {key: (_days_in_business(world, key), part) for key, part in short.items()}


def _days_in_business(world: World, key: Key) -> int:
    firms = world.tables["employers"]
    row = int(np.flatnonzero((firms.column("founder") == key[0]) & (firms.column("founded_day") == key[1]))[0])
    closed = int(firms.column("closed_day")[row])
    return closed - key[1] if closed >= 0 else 10**6


def effects(scenario: Scenario, replicates: int, amount: int, rate: float, plain: list[dict[Key, tuple[int, float]]]) -> NDArray[np.float64]:
    """Return the effect of a loan on survival, percentage points, shape (replicates, 2 ages x 2 groups): short of money, and not."""
    found = np.full((replicates, 2 * len(FOLLOWED)), np.nan)
    for replicate in range(replicates):
        lent = follow(scenario, replicate, amount, rate)
        both = [key for key in plain[replicate] if key in lent]
        lasted = np.array([(plain[replicate][key][0], lent[key][0]) for key in both])
        is_short = np.array([plain[replicate][key][1] < 0.75 for key in both])
        for place, days in enumerate(FOLLOWED.values()):
            gain = 100.0 * ((lasted[:, 1] > days).astype(float) - (lasted[:, 0] > days))
            for group, chosen in enumerate((is_short, ~is_short)):
                found[replicate, 2 * place + group] = gain[chosen].mean() if chosen.any() else np.nan
    return found


def scenario_of(graduates: int) -> Scenario:
    """Return the market in which firms are founded and followed for five years."""
    return Scenario.load("none", {"population.graduates": graduates, "days": FOUNDING_DAYS + 61 * MONTH_DAYS, **ALONE}, behaviour="evidence")


def show_curve(graduates: int, replicates: int) -> None:
    """Print survival with a loan less survival without, by size and rate."""
    scenario = scenario_of(graduates)
    plain = [follow(scenario, replicate, 0, 0.0) for replicate in range(replicates)]
    firms = [value for one in plain for value in one.values()]
    usual = {name: 100 * np.mean([days > limit for days, _ in firms]) for name, limit in FOLLOWED.items()}
    print(f"{len(firms)} firms, {100 * np.mean([part < 0.75 for _, part in firms]):.0f} % with less than three quarters of what they need;", end=" ")
    print("in business without a loan", ", ".join(f"{name} {share:.0f} %" for name, share in usual.items()))
    groups = [f"{name}, {group}" for name in FOLLOWED for group in ("short of money", "others")]
    print(f"| lent, CNY | rate a year | {' | '.join(groups)} |\n|---|---|{'---|' * len(groups)}")
    for amount in SIZES:
        for rate in RATES:
            mean, low, high = mean_interval(effects(scenario, replicates, amount, rate, plain))
            cells = [f"{mean[k]:+.0f} [{low[k]:+.0f}, {high[k]:+.0f}]" for k in range(len(groups))]
            print(f"| {amount:,} | {100 * rate:g} % | {' | '.join(cells)} |", flush=True)


SCHEME: dict[str, Any] = {
    "policy.loans.enabled": True, "policy.loans.credit_line": 10**11, "policy.loans.firm_ceiling": 0, "policy.loans.initial_awareness": 0.9,
    "population.youth_years": 12,
}  # fmt: skip


def show_scheme(graduates: int, replicates: int) -> None:
    """Print what the scheme does, beside evidence 55 to 58."""
    days = FOUNDING_DAYS + 61 * MONTH_DAYS
    rates = (0.0385, 0.05775)
    rows = []
    for replicate in range(replicates):
        settings = {"population.graduates": graduates, "days": days, "population.youth_years": 12}
        without = make_world(Scenario.load("none", settings, behaviour="evidence"), SEED, replicate)
        without.advance(0, days)
        cheap, dear = (_with_scheme(settings | {"policy.loans.rate_per_year": rate}, replicate, days) for rate in rates)
        rows.append([*_of_scheme(without, cheap, days), np.log(_granted(dear) / _granted(cheap)) / np.log(rates[1] / rates[0])])
    mean, low, high = mean_interval(np.array(rows))
    names = (
        "E56 borrowers' firms in business after 5 years, pp beyond the same founders without the scheme (+4 to +26)",
        "E57 jobs in start-ups beyond, the founder's among them, a loan (0.5 to 2)",
        "E58 loans in default after their term, % (1.8 to 10)",
        "firms founded because of it, a loan",
        "E55 elasticity of loans to the rate, 3.85 % and half as much again (-1.1 to 0)",
    )
    print("| measure | mean | 95 % interval |\n|---|---|---|")
    for name, *values in zip(names, mean, low, high, strict=True):
        print("| {} | {:.2f} | {:.2f} … {:.2f} |".format(name, *values))


def _with_scheme(settings: dict[str, Any], replicate: int, days: int) -> World:
    world = make_world(Scenario.load("none", SCHEME | settings, behaviour="evidence"), SEED, replicate)
    world.advance(0, days)
    return world


def _granted(world: World) -> int:
    return int(world.counts[Count.LOANS_GRANTED])


def _of_scheme(without: World, world: World, days: int) -> list[float]:
    firms, others, loans = world.tables["employers"], without.tables["employers"], world.tables["loans"]
    scheme = loans.column("scheme") == 1
    borrowed = np.zeros(firms.count, bool)
    borrowed[loans.column("employer")[scheme]] = True
    followed = firms.column("founded_day") + FOLLOWED["after 5 years"] < days
    borrowed &= followed & (firms.column("founded_day") >= 0)
    gain = []
    for row in np.flatnonzero(borrowed).tolist():
        same = (others.column("founder") == firms.rows["founder"][row]) & (others.column("founded_day") == firms.rows["founded_day"][row])
        there = np.flatnonzero(same)
        if len(there):
            gain.append(float(_lasts(firms, row)) - float(_lasts(others, int(there[0]))))
    number = max(1, int(scheme.sum()))
    jobs = world.stocks[-1, Stock.STARTUP_JOBS] - without.stocks[-1, Stock.STARTUP_JOBS]
    old = scheme & ((loans.column("age") >= loans.column("months")) | (loans.column("defaulted") == 1) | (loans.column("outstanding") == 0))
    founded = int(world.counts[Count.STARTUPS_FOUNDED] - without.counts[Count.STARTUPS_FOUNDED])
    return [100 * float(np.mean(gain)), float(jobs) / number, 100 * float(loans.column("defaulted")[old].mean()), founded / number]


def _lasts(firms: Any, row: int) -> bool:  # noqa: ANN401
    closed = int(firms.column("closed_day")[row])
    return closed < 0 or closed - int(firms.column("founded_day")[row]) > FOLLOWED["after 5 years"]


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description="What loans do to young firms.")
    parser.add_argument("--graduates", type=int, default=4_000, help="people")
    parser.add_argument("--replicates", type=int, default=8, help="replicates")
    words = parser.parse_args()
    print(machine())
    compile_engine()
    show_curve(words.graduates, words.replicates)
    show_scheme(words.graduates, words.replicates)


if __name__ == "__main__":
    main()
