"""The complete register of near misses: importing this module fills it."""

from sandbox.corpus.near_misses import contacts, files, registry, terms, texts

FAMILIES = (contacts, files, terms, texts)
NEAR_MISSES = tuple(registry.NEAR_MISSES.values())
