"""The true counts behind one item sample that several rows share: whole items are drawn again, stratum by stratum.

Every item that was looked at gets one random weight for all rows (a Bayesian bootstrap of items, docs/decisions/0018).
An item of which rows know nothing is then drawn from the known ones by these weights: all rows that know the drawn item
take its results together, so that faults which came together come together again. In each row by itself the true count
follows the beta-binomial posterior of the row's own counts.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from domain.spread import ELSEWHERE, HELD, REFUTED, STRATUM_END, UNKNOWN, SampledShare

PRIOR = 2.0
"""Weight of the prior in items: one that holds and one that does not, shared among a row's strata by their sizes."""

Signs = NDArray[np.str_]
"""Items × rows of one stratum."""
Flags = NDArray[np.bool_]
Draws = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Donors:
    """What an unknown item may turn out to be like: seen items, and ghosts that stand for the prior."""

    knows: Flags  # donors × rows
    holds: Flags
    weights: Draws  # donors × draws
    own: Draws  # rows × draws: weight of the ghosts that one row alone has
    own_holds: Draws

    @property
    def rates(self) -> Draws:
        """Rows × draws: the chance that an unknown item of a row holds."""
        held = np.stack([self.weights[flags].sum(axis=0) for flags in self.holds.T])
        known = np.stack([self.weights[flags].sum(axis=0) for flags in self.knows.T])
        rates: Draws = (held + self.own_holds) / (known + self.own)
        return rates


def draw_together(samples: Mapping[int, SampledShare], stream: np.random.Generator, draws: int) -> dict[int, Draws]:
    """Draw the true share of every row ``draws`` times, 0..1, all rows of one body together.

    A row of which some stratum was not looked at counts as a simple sample; such rows are drawn with each other. Raises
    ``ValueError`` for samples without ``looks`` or with ``looks`` of different frames.
    """
    strata = read_strata([samples[row].looks for row in sorted(samples)])
    whole = [np.concatenate(strata)]
    layered = np.array([all(is_looked_at(part[:, place]) for part in strata) for place in range(len(samples))])
    shares: dict[int, Draws] = {}
    for parts, members in ((strata, np.flatnonzero(layered)), (whole, np.flatnonzero(~layered))):
        rows = [sorted(samples)[place] for place in members]
        if rows:
            counts = draw_counts([part[:, members] for part in parts], stream, draws)
            shares |= {row: counts[place] / samples[row].population for place, row in enumerate(rows)}
    return shares


def read_strata(looks: list[str]) -> list[Signs]:
    """Read the looks of a body's rows, stratum by stratum; raise ``ValueError`` unless they lie on one frame."""
    parts = [one.split(STRATUM_END) for one in looks]
    if not all(looks) or len({tuple(map(len, one)) for one in parts}) != 1:
        raise ValueError("the rows of one body must tell item by item of one and the same frame")
    return [np.array([list(row) for row in stratum]).T for stratum in zip(*parts, strict=True)]


def is_looked_at(signs: Signs) -> bool:
    """Say whether somebody looked at a stratum for one row, or the row has nothing in it."""
    return bool(np.isin(signs, (HELD, REFUTED)).any() or (signs == ELSEWHERE).all())


def draw_counts(strata: list[Signs], stream: np.random.Generator, draws: int) -> Draws:
    """Return how many items hold in each row, by draw: rows × draws."""
    populations = sum((part != ELSEWHERE).sum(axis=0) for part in strata)
    counts = np.zeros((strata[0].shape[1], draws))
    for part in strata:
        sizes = (part != ELSEWHERE).sum(axis=0)
        rows = np.flatnonzero((part == UNKNOWN).any(axis=0))
        counts += (part == HELD).sum(axis=0)[:, None]
        if rows.size:
            counts[rows] += draw_stratum(part[:, rows], (PRIOR * sizes / populations)[rows], stream, draws)
    return counts


def draw_stratum(signs: Signs, priors: Draws, stream: np.random.Generator, draws: int) -> Draws:
    """Return how many of the unknown items of one stratum hold in each row, by draw."""
    donors = weigh_donors(signs, priors, stream, draws)
    rates = donors.rates
    unknown = signs == UNKNOWN
    alike, times = np.unique(unknown[unknown.any(axis=1)], axis=0, return_counts=True)
    counts = np.zeros((signs.shape[1], draws))
    for flags, items in zip(alike, times, strict=True):
        rows = np.flatnonzero(flags)
        counts[rows] += draw_alike(int(items), rows, donors, rates, stream)
    return counts


def weigh_donors(signs: Signs, priors: Draws, stream: np.random.Generator, draws: int) -> Donors:
    """Give every seen item and every ghost its weight in each draw.

    Sums of these weights are gamma variables, so that a row's rate follows Beta(x + prior/2, n − x + prior/2).
    """
    known = np.isin(signs, (HELD, REFUTED))
    seen = known.any(axis=1)
    ghosts = ghost_patterns(signs.shape[1])
    shared = float(priors.min())
    own = stream.standard_gamma(((priors - shared) / 2)[None, :, None], size=(2, len(priors), draws))
    return Donors(
        knows=np.concatenate((known[seen], np.ones_like(ghosts))),
        holds=np.concatenate((signs[seen] == HELD, ghosts)),
        weights=np.concatenate(
            (
                stream.standard_exponential((np.count_nonzero(seen), draws)),
                stream.standard_gamma(shared / len(ghosts), size=(len(ghosts), draws)),
            )
        ),
        own=own.sum(axis=0),
        own_holds=own[0],
    )


def ghost_patterns(rows: int) -> Flags:
    """Return ghosts × rows: in each row half of the ghosts hold, and in each two rows a quarter hold in both.

    So much as if a coin were thrown for every row, with 16 ghosts for nine rows instead of 512 (parities).
    """
    bits = rows.bit_length()
    return np.array([[(ghost & row).bit_count() % 2 == 1 for row in range(1, rows + 1)] for ghost in range(2**bits)])


def draw_alike(items: int, rows: NDArray[np.intp], donors: Donors, rates: Draws, stream: np.random.Generator) -> Draws:
    """Return how many of some items that are unknown to just these rows hold in each of them: rows × draws.

    A donor is drawn for each item; a row that does not know it draws on by itself, with the chance by which its rate
    comes out as it is.
    """
    if len(rows) == 1:
        return stream.binomial(items, rates[rows]).astype(float)
    knows, holds, weights = merge_donors(donors, rows)
    pool = weights.sum(axis=0) + donors.own[rows].sum(axis=0)
    told, held = count_drawn(items, knows, holds, weights.cumsum(axis=0) / pool, stream)
    counts = np.zeros((len(rows), pool.size))
    for place, row in enumerate(rows):
        left = pool - weights[knows[:, place]].sum(axis=0)
        rest = rates[row] * pool - weights[holds[:, place]].sum(axis=0)
        alone = np.divide(rest, left, out=np.zeros_like(left), where=left > 0).clip(0, 1)
        counts[place] = held[:, place] + stream.binomial(items - told[:, place], alone)
    return counts


def count_drawn(
    items: int, knows: Flags, holds: Flags, bounds: Draws, stream: np.random.Generator
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Draw a donor for each item; return for how many a row knows it, and for how many it holds: draws × rows.

    ``bounds`` are the donors' shares of the pool, summed up; beyond the last lies what no donor has.
    """
    nobody = np.zeros((1, knows.shape[1]), dtype=bool)
    knows, holds = np.concatenate((knows, nobody)), np.concatenate((holds, nobody))
    told, held = np.zeros((2, bounds.shape[1], knows.shape[1]), dtype=np.int64)
    for _ in range(items):
        donor = (stream.random(bounds.shape[1]) >= bounds).sum(axis=0)
        told += knows[donor]
        held += holds[donor]
    return told, held


def merge_donors(donors: Donors, rows: NDArray[np.intp]) -> tuple[Flags, Flags, Draws]:
    """Put donors together that are alike in these rows, and leave out those that none of them knows."""
    knows = donors.knows[:, rows]
    useful = knows.any(axis=1)
    both = np.concatenate((knows, donors.holds[:, rows]), axis=1)[useful]
    kinds, kind_of = np.unique(both, axis=0, return_inverse=True)
    order = np.argsort(kind_of.ravel(), kind="stable")
    firsts = np.searchsorted(kind_of.ravel()[order], np.arange(len(kinds)))
    weights = np.add.reduceat(donors.weights[useful][order], firsts, axis=0)
    return kinds[:, : len(rows)], kinds[:, len(rows) :], weights
