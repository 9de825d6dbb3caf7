"""Benchmarks: what a simulated day costs, beside a plain Mesa model of the same market."""
