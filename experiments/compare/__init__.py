"""``yizhan compare``: what a programme adds, on paired worlds."""
