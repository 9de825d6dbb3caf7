"""What the figures of all commands share: pure functions from results to matplotlib figures.

Nothing in the figures touches pyplot or its global state, and matplotlib is imported only when something is drawn. Settings of matplotlib
belong to the process, so draw in one thread at a time.
"""

from __future__ import annotations
