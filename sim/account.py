"""The gross-to-net account: what a programme adds, counted person by person on paired worlds.

    gross placements of participants = deadweight + net effect on participants
    net additional jobs = net effect on participants - displacement + jobs made

The same person lives in both worlds with the same luck, so each row is a count of persons and the account closes to zero in every replicate.
Among people who took no part, some have a job only in one world and some only in the other. As many as gained have merely taken the place of as many
who lost: they are shown as `reshuffled`. What is left over is `displacement` if more lost, `jobs_made` if more gained (posts of start-ups,
vacancies that the programme called forth).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.states import Activity, Place

People = Mapping[str, NDArray[Any]]
Flags = NDArray[np.bool_]

ROWS = (
    "gross_placements", "deadweight", "net_on_participants", "displacement", "jobs_made", "net_additional_jobs", "residual", "reshuffled",
)  # fmt: skip
"""Rows of an account, in order."""
HALF_YEAR, YEAR = 182, 365


def works_here(people: People) -> Flags:
    """Tell who works in the region, employed or with a firm of their own, shape (people,)."""
    works = np.isin(people["activity"], (Activity.EMPLOYED, Activity.FOUNDER))
    flags: Flags = works & (np.asarray(people["employer"]) >= 0)
    return flags


def stays_here(people: People, days: int, length: int) -> Flags:
    """Tell who came from elsewhere during the run and has lived here for at least `length` days at its end, shape (people,)."""
    since = np.asarray(people["resident_since"])
    here = (np.asarray(people["from_elsewhere"]) == 1) & (np.asarray(people["place"]) == Place.RESIDENT)
    flags: Flags = here & (since >= 0) & (days - since >= length) & (np.asarray(people["left_day"]) < 0)
    return flags


def runs_a_firm(people: People) -> Flags:
    """Tell who runs a firm, shape (people,)."""
    flags: Flags = np.asarray(people["activity"]) == Activity.FOUNDER
    return flags


def make_account(without: Flags, given: Flags, participant: Flags) -> dict[str, int]:
    """Count one account.

    Args:
        without: Who is placed in the world without the programme, shape (people,).
        given: Who is placed in the world with it, the same people.
        participant: Who took part.

    Returns:
        Row → persons. `residual` is zero unless somebody was counted twice.
    """
    gross = int((given & participant).sum())
    deadweight = int((given & without & participant).sum())
    lost_by_participants = int((without & ~given & participant).sum())
    net = gross - deadweight - lost_by_participants
    lost, gained = int((without & ~given & ~participant).sum()), int((given & ~without & ~participant).sum())
    reshuffled = min(lost, gained)
    total = int(given.sum()) - int(without.sum())
    return {
        "gross_placements": gross,
        "deadweight": deadweight + lost_by_participants,
        "net_on_participants": net,
        "displacement": lost - reshuffled,
        "jobs_made": gained - reshuffled,
        "net_additional_jobs": total,
        "residual": total - (net - (lost - reshuffled) + (gained - reshuffled)),
        "reshuffled": reshuffled,
    }
