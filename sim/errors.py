"""Mistakes that are not of the program: what, where, why, and how to mend it."""

from __future__ import annotations


class LeverError(ValueError):
    """A lever of another package that cannot be used."""


class ConfigurationError(ValueError):
    """A mistake in the configuration: what, where, why, and how to mend it."""
