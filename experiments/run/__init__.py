"""``yizhan run``: one scenario over replicates."""
