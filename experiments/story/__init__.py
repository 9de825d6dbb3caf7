"""The story of one person, and who stands behind a count."""
