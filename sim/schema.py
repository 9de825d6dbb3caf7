"""The tables of people and employers: their own columns, and those that levers bring."""

from __future__ import annotations

from sim.agents.employer import EMPLOYERS as OWN_OF_EMPLOYERS
from sim.agents.graduate import GRADUATES as OWN_OF_GRADUATES
from sim.columns import Column
from sim.levers import LEVERS

GRADUATES: tuple[Column, ...] = (*OWN_OF_GRADUATES, *(column for lever in LEVERS for column in lever.person))
EMPLOYERS: tuple[Column, ...] = (*OWN_OF_EMPLOYERS, *(column for lever in LEVERS for column in lever.firm))
LEVER_OF: dict[str, str] = {column.name: lever.name for lever in LEVERS for column in lever.person}
"""Column of persons → the lever that brings it."""
