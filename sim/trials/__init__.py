"""Virtual randomised trials: what a field experiment would report, beside the truth that only a simulation knows."""
