"""The market in plain Mesa: the yardstick."""
