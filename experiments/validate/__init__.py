"""``yizhan validate``: every target and reported figure beside the model, misses included."""
