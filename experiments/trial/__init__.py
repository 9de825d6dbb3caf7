"""``yizhan trial``: a study, carried out in simulated labour markets."""
