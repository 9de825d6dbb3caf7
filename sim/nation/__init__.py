"""A nation: the markets of many provinces, between which people move."""
