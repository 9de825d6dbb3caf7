"""``yizhan calibrate``: a set of plausible behaviours, given targets."""
