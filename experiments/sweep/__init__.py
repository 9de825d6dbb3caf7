"""``yizhan sweep``: a grid over levers."""
