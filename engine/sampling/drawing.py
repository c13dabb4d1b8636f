"""Orders items by a hash that nobody can steer, so that every sample can be drawn again by whoever knows the salt."""

import hashlib


def draw(salt: str, period: str, unit: str, code: str) -> str:
    """Return the place of an item in the draw, as SHA-256 of period, body, item and salt (methodology.md §3.5)."""
    return hashlib.sha256(f"{period}|{unit}|{code}|{salt}".encode()).hexdigest()
