"""Timings side by side, as ratios within one run: `python -m benchmarks`."""
