"""Figures of a sweep."""

from __future__ import annotations
