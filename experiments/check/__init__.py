"""``yizhan check``: what moved against the baselines."""
