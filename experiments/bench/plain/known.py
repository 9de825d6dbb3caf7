"""What people, employers and the market call each other: they know each other, and imports for types alone would go round in a circle."""

from __future__ import annotations

from typing import Any

Graduate = Any
Employer = Any
LabourMarket = Any
