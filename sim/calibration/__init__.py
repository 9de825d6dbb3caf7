"""Calibration: which values of free parameters agree with what is known, given how well it is known and how much luck a run has."""
