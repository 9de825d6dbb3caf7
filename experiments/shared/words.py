"""The two languages of everything that a person sees."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Language = Literal["zh", "en"]
"""Simplified Chinese or English."""

Labels = Mapping[str, Mapping[str, str]]
"""Name → language → label."""
