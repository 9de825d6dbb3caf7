"""``yizhan bench``: how fast, how large and how quick to start this machine runs the model, beside the same market written otherwise."""
