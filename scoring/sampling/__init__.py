"""Samples that people check: frames, sizes, the draw, intervals, and what the checks prove (methodology.md §3.5)."""
