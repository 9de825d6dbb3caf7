"""Whether pay and programmes of one province draw people: ``python -m benchmarks.drawn``.

Three provinces of a made-up nation, the third of which is changed: its mean pay is raised by a fifth, or it has a strong programme. Printed are
paired differences between nations with the same people and luck, the mean over seeds with its 95 % interval.
"""

from __future__ import annotations

import argparse

import numpy as np

from experiments.bench.timing import compile_engine
from sim.comparison import without_programme
from sim.nation.account import ROWS
from sim.nation.comparing import compare_nation
from sim.nation.results import read_nation
from sim.statistics import mean_interval
from tests.sim.nation.test_nation import PROVINCES, live, markets_of, nation_of

PAY, LAST = 1.2, len(PROVINCES) - 1
"""Factor on the mean pay of the last province, and its number."""
HIRES = {"policy.hiring_subsidy.enabled": True, "policy.hiring_subsidy.amount": 20_000}
RENT = {
    "policy.subsidies.enabled": True, "policy.subsidies.rent_per_month": 2_000, "policy.subsidies.rent_months": 24,
    "policy.subsidies.initial_awareness": 0.9,
}  # fmt: skip
PROGRAMMES = {
    "20,000 CNY for each hire": (HIRES, {}),
    "rent of newcomers, 2,000 CNY a month for 24 months, known to nobody elsewhere at the start": (RENT, {"known_elsewhere": 0.0}),
    "the same, known elsewhere to a quarter of those who know of it there": (RENT, {}),
    "the same, known elsewhere to as many": (RENT, {"known_elsewhere": 1.0}),
}  # fmt: skip
"""Title → policy, and what is said of the nation."""
SEARCH = {"look_months": 6.0, "stay_share": 0.72, "exchange_days": 7, "room": 2.0}
"""What is said of the nation of a programme, as in configs/region/national.yaml, but for room enough."""


def where_people_are(people: int, days: int, seed: int, factor: float) -> dict[str, float]:
    """Live a nation whose last province pays more; return who is and has gone where, of that province."""
    provinces = [dict(province) for province in PROVINCES]
    provinces[LAST]["pay"] *= factor
    nation = live(nation_of(people, days, {"provinces": provinces}), 1, seed)
    flows = read_nation(nation)[2]
    return {
        "people in its market": float((markets_of(nation)[LAST].present == 1).sum()),
        "at work there": float(flows.works[:, LAST].sum()),
        "at work in the others": float(flows.works[:, :LAST].sum()),
        "live there": float(flows.lives[:, LAST].sum()),
        "went there to look, times": float(flows.looked[:, LAST].sum()),
        "left another to live there": float(flows.settled[:, LAST].sum()),
        "left it to live elsewhere": float(flows.settled[LAST].sum()),
    }


def show(title: str, rows: dict[str, np.ndarray]) -> None:
    """Print rows of values by seed."""
    print(title)
    for row, values in rows.items():
        print("  {:28} {:+8.1f} [{:+.1f}, {:+.1f}]".format(row, *mean_interval(values)))


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description="What draws people from other provinces.")
    parser.add_argument("--people", type=int, default=3_000, help="young people of the nation")
    parser.add_argument("--days", type=int, default=365, help="days")
    parser.add_argument("--seeds", type=int, default=6, help="pairs")
    words = parser.parse_args()
    compile_engine()
    found = [[where_people_are(words.people, words.days, seed, factor) for factor in (1.0, PAY)] for seed in range(1, words.seeds + 1)]
    show("pay raised by a fifth", {row: np.array([more[row] - usual[row] for usual, more in found]) for row in found[0][0]})
    for title, (policy, nation) in PROGRAMMES.items():
        scenario = nation_of(words.people, words.days, SEARCH | nation | {"policy_in": PROVINCES[LAST]["name"]}, **policy)
        compared = compare_nation(without_programme(scenario), {"programme": scenario}, replicates=words.seeds)
        places = compared.places["programme"]
        show(title, {row: places[row] for row in ROWS} | {"drawn less gone": places["drawn"] - places["gone"]})


if __name__ == "__main__":
    main()
