"""What happened to a person in a day, told from what changed: in the person's row and in the rows that point to it."""
