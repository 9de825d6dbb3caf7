"""Rules that several phases and levers share."""
