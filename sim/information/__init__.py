"""What is worth finding out before choosing: the expected value of perfect information, of parts of it, and of a trial."""
