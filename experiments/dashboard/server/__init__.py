"""What answers requests: the application, its rules of safety, the queue of runs, events, and what is kept."""
