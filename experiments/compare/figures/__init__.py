"""Figures of a comparison."""

from __future__ import annotations
