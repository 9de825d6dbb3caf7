"""The command ``yizhan import``: a ledger of graduates, as people keep it, made into persons that the simulation knows."""
