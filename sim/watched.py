"""Which columns of a person a case file tells of, and in what words: read from the columns themselves."""

from __future__ import annotations

from sim.columns import Told
from sim.schema import GRADUATES, LEVER_OF

WATCHED: dict[str, Told] = {column.name: column.told for column in GRADUATES if column.told}
"""Column that tells its own story → how, in the order in which a story lists what happened and what was received."""

RECEIVED_FROM: dict[str, str] = {name: LEVER_OF[name] for name, told in WATCHED.items() if name in LEVER_OF and told.received}
"""Column that counts what was received from a lever → the lever."""

TOLD: dict[str, str] = {column.name: column.told_by for column in GRADUATES if column.told_by}
"""Column → the moment of `sim/observers` that tells its changes with more than a number."""

LEFT_OUT: dict[str, str] = {column.name: column.left_out for column in GRADUATES if column.left_out}
"""Counts, flags and sums of money that no moment tells, with the reason."""
