"""Figures of a scorecard."""
