"""Persons of the first morning who are known: their file, and how they come into a world."""
