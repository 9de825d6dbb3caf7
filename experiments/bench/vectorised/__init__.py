"""The market in vectorised NumPy: the second yardstick."""
