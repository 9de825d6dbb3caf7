"""``yizhan list``: what there is."""
