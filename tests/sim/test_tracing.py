"""Headline counts are traced to persons: every outcome can be, or says why not, and the persons sum to the count."""

from collections.abc import Callable
from typing import Any

import pytest

from sim.outcomes import OUTCOMES
from sim.schema import GRADUATES
from sim.states import Count
from sim.tracing import PARTLY, TRACED, UntraceableError, persons_behind, reason_against, traceable
from sim.world import World

RARE = (
    "aged_out", "couples", "referrals_hired", "visit_signed", "campus_hires", "training_hired", "desk_consultations", "placements_kept", "fair_hires",
    "campus_intents", "gave_up", "anchor_hires",
)  # fmt: skip
"""Outcomes that may be zero in so small a run."""


@pytest.fixture(scope="module")
def world(run_of: Callable[..., World], every_lever: Callable[[], Any]) -> World:
    """Run everything there is, with firms that fail."""
    behaviour = {"opportunity_per_year": 3.0, "monthly_revenue": 6500, "growth_per_year": 2.0, "exit_per_year": 0.9, "outside_wage_premium": 0.3}
    behaviour |= {"dispute_per_year": 4.0, "dispute_loss": 100_000}
    policy = every_lever()
    policy["loans"] |= {"credit_line": 10**9, "firm_ceiling": 300_000}
    return run_of(graduates=600, days=330, policy=policy, behaviour=behaviour, population={"founders_earlier": 0.1})


STANDING = [name for name, outcome in OUTCOMES.items() if outcome.persons and not outcome.partly]
IN_PART = [*PARTLY, *(name for name, outcome in OUTCOMES.items() if outcome.persons and outcome.partly)]


@pytest.mark.parametrize("name", [*TRACED, *STANDING])
def test_the_persons_sum_to_the_count(name: str, world: World) -> None:
    counts = persons_behind(world, name)
    assert counts.shape == (world.tables["people"].count,)
    assert counts.min() >= 0
    assert int(counts.sum()) == OUTCOMES[name].at_end(world)
    assert counts.sum() > 0 or name in RARE


@pytest.mark.parametrize("name", IN_PART)
def test_the_persons_and_the_established_firms_sum_to_the_count(name: str, world: World) -> None:
    loans, founder = world.tables["loans"], world.tables["employers"].column("founder")
    of_firms = (founder[loans.column("employer")] < 0) & (loans.column("scheme") == 1)
    of_firms &= (loans.column("defaulted") == 1) if name == "loans_defaulted" else True
    rest = int(loans.column("amount")[of_firms].sum()) if "amount" in name else int(of_firms.sum())
    known = int(persons_behind(world, name).sum()) + rest
    assert known == OUTCOMES[name].at_end(world) or (name == "loans_applied" and known < OUTCOMES[name].at_end(world))
    assert persons_behind(world, name).sum() > 0
    assert rest > 0


def test_every_outcome_is_traced_or_says_why_not() -> None:
    of_columns = [outcome for column in GRADUATES for outcome in (*column.counts, *column.counts_partly)]
    assert sorted(set(of_columns) - set(OUTCOMES)) == [], "a column counts an outcome that there is not"
    for name, outcome in OUTCOMES.items():
        ways = of_columns.count(name) + (outcome.persons is not None)
        assert ways <= 1, f"{name}: two ways to find its persons"
        told_why = outcome.untraced or name.split(".")[0] in ("reached", "served", "turned_away")
        assert ways == 1 or told_why, f"{name}: name it in a column's `counts`, give it `persons`, or say why it is `untraced`"
        assert not (ways and outcome.untraced), name
        assert (name in traceable()) == (reason_against(name) == "")


@pytest.mark.parametrize(
    ("name", "reason"), [("posts_opened", "posts"), ("wage_mean", "mean"), ("spending.lodging", "money"), ("aware_share.loans", "share")]
)
def test_what_has_no_persons_says_so(name: str, reason: str, world: World) -> None:
    with pytest.raises(UntraceableError, match=reason):
        persons_behind(world, name)


def test_the_run_has_what_the_tests_need(world: World) -> None:
    assert world.counts[Count.STARTUPS_CLOSED] > 0
    assert world.counts[Count.LOANS_DEFAULTED] > 0
