"""``yizhan new``: folders to begin with."""
