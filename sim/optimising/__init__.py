"""Dividing a budget over levers: what money buys of each, which mixes are tried, which are best, and how sure that is."""
