"""What the files of the NumPy reference call the market, which imports them all."""

from __future__ import annotations

from typing import Any

VectorisedMarket = Any
