"""The mean of blocks that were drawn as one each, drawn again: all queries of an item, all walks of a task."""

import numpy as np
from numpy.typing import NDArray

from scoring.consistency import SAMPLE_FLOOR

GHOSTS = (0.0, 1.0)
"""Below twenty blocks the pool holds every block twice, and once each a wholly bad and a perfect one that nobody saw:
otherwise one block, or three that happen to be equal, would look certain. Their weight of one half is Jeffreys' prior
of a share (docs/uncertainty.md)."""


def draw_means(
    blocks: tuple[float, ...], sizes: tuple[float, ...], stream: np.random.Generator, draws: int
) -> NDArray[np.float64]:
    """Draw as many blocks as there are with replacement, ``draws`` times, and return Σ block·size / Σ size of each.

    ``sizes`` is empty where all blocks count alike. Raises ``ValueError`` without a block.
    """
    pool, weights = pool_of(blocks, sizes)
    chosen = stream.integers(0, len(pool), size=(draws, len(blocks)))
    if not sizes:
        means: NDArray[np.float64] = pool[chosen].mean(axis=1)
        return means
    ratios: NDArray[np.float64] = (pool * weights)[chosen].sum(axis=1) / weights[chosen].sum(axis=1)
    return ratios


def pool_of(blocks: tuple[float, ...], sizes: tuple[float, ...]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the blocks that are drawn from, all with the same chance, and their sizes; ghosts have the mean size."""
    if not blocks:
        raise ValueError("without a block there is nothing to draw again")
    known = sizes or (1.0,) * len(blocks)
    if len(blocks) >= SAMPLE_FLOOR:
        return np.asarray(blocks), np.asarray(known)
    mean_size = sum(known) / len(known)
    return np.asarray(blocks * 2 + GHOSTS), np.asarray(known * 2 + (mean_size,) * len(GHOSTS))
