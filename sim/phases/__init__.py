"""What happens in a day, one file a phase."""
