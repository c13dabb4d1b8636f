"""Seeded streams of chance, one per purpose, so that a change in one part of the corpus leaves the others alone."""

import hashlib
import random


def stream(seed: int, *purpose: str) -> random.Random:
    """Open the stream of chance of one purpose; equal arguments give an equal stream on every machine."""
    return random.Random(f"{seed}|{'|'.join(purpose)}")


def hexadecimal(*parts: str) -> str:
    """Derive a stable 32-digit lower-case hexadecimal id from words."""
    return hashlib.blake2b("|".join(parts).encode(), digest_size=16).hexdigest()


def number(modulus: int, *parts: str) -> int:
    """Derive a stable number below ``modulus`` from words."""
    return int(hexadecimal(*parts), 16) % modulus
