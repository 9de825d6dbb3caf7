"""Capital: what a programme lends and invests, which is no spending, and what of it is lost by the end of a run.

A loan in default is lost as far as it is still owed when the borrower closes; what the guarantee pays of that is spending of the loans, the
rest falls on the lender. An investment is lost when its firm has closed. What either brings in is not counted.
"""

from __future__ import annotations

from sim.states import Count
from sim.world import World

CAPITAL = ("lent", "invested", "lost_on_loans", "lost_on_equity", "lost")
"""Amounts of capital, CNY: loans granted, equity invested, loans in default, equity in closed firms, both losses."""


def capital_of(world: World) -> dict[str, int]:
    """Return the capital of a world at its end.

    Args:
        world: The world.

    Returns:
        Each of `CAPITAL` → CNY.
    """
    totals = world.flows[-1]
    lost_on_loans, lost_on_equity = int(totals[Count.LOAN_AMOUNT_DEFAULTED]), int(totals[Count.EQUITY_LOST])
    amounts = (
        int(totals[Count.LOAN_AMOUNT_GRANTED]), int(totals[Count.EQUITY_INVESTED]), lost_on_loans, lost_on_equity, lost_on_loans + lost_on_equity,
    )  # fmt: skip
    return dict(zip(CAPITAL, amounts, strict=True))
