"""``yizhan optimise``: the best use of a budget."""
