"""Decides where defects and near misses go: each kind appears, most guides stay clean, no two collide."""

import random
from collections.abc import Iterable
from typing import Protocol

from sandbox.corpus.defects.catalogue import DEFECTS, GROUP_DEFECTS, Defect
from sandbox.corpus.defects.registry import EVERYTHING, Neighbourhood
from sandbox.corpus.document import Draft
from sandbox.corpus.near_misses.catalogue import NEAR_MISSES
from sandbox.corpus.near_misses.natural import note_natural
from sandbox.corpus.plan import GuidePlan
from sandbox.corpus.randomness import stream

DEFECTS_PER_GUIDE = 2
SPOILT_SHARE_MAX = 0.4  # at least 60 % of the guides stay clean
GUIDES_PER_INSTANCE = 240  # one instance of each kind for every so many guides
PLAIN_SHARE_MIN = 0.5  # of the guides that no defect touched, so many get no near miss either
SECOND_SHARE = 0.4  # how often a defect joins one that is already there


class Kind(Protocol):
    """What defects and near misses have in common for planting."""

    @property
    def touches(self) -> frozenset[str]:
        """Fields that nothing else of the guide may share."""

    @property
    def fits(self) -> "Fits":
        """Say which guides it can go to."""


class Fits(Protocol):
    """A question about a plan."""

    def __call__(self, plan: GuidePlan, /) -> bool:
        """Answer it."""


def allows(kind: Kind, draft: Draft) -> bool:
    """Say whether a kind can still go to a guide."""
    return EVERYTHING not in draft.touched and kind.fits(draft.plan) and not kind.touches & draft.touched


def find_host(defect: Defect, drafts: list[Draft], spoilt_max: int, rng: random.Random) -> Draft | None:
    """Find a guide for a defect: sometimes one that has a defect already, and always so once enough are spoilt."""
    spoilt = [draft for draft in drafts if draft.defects]
    full = len(spoilt) >= spoilt_max
    clean = () if full else (draft for draft in drafts if not draft.defects)
    joining = (
        draft for draft in spoilt if len(draft.defects) < DEFECTS_PER_GUIDE and draft.defects[0].kind != defect.kind
    )
    order: tuple[Iterable[Draft], ...] = (joining, clean) if full or rng.random() < SECOND_SHARE else (clean, joining)
    return next((draft for group in order for draft in group if allows(defect, draft)), None)


def count_fitting(defect: Defect, drafts: list[Draft]) -> int:
    """Count the guides that a defect could go to."""
    return sum(defect.fits(draft.plan) for draft in drafts)


def choose_times(size: int) -> int:
    """Choose how often each kind is planted in a corpus of a size."""
    return max(1, size // GUIDES_PER_INSTANCE)


def plant_defects(drafts: list[Draft], seed: int, times: int) -> None:
    """Plant every kind: those between guides first, for they need several clean ones, then the choosiest."""
    rng = stream(seed, "defects")
    order = rng.sample(drafts, len(drafts))
    spoilt_max = int(len(drafts) * SPOILT_SHARE_MAX)
    kinds = sorted(DEFECTS.values(), key=lambda defect: count_fitting(defect, drafts))
    around = Neighbourhood(tuple(order))
    for _ in range(times):
        for group in GROUP_DEFECTS.values():
            group.plant(around, rng)
    for turn in range(times):
        for defect in kinds:
            host = find_host(defect, order, spoilt_max, rng)
            if host is not None:
                defect.plant(host)
                order.append(order.pop(turn % len(order)))


def plant_near_misses(drafts: list[Draft], seed: int, times: int) -> None:
    """Plant legitimate oddities in guides without a defect, and note those that are there by nature."""
    rng = stream(seed, "near misses")
    for draft in drafts:
        note_natural(draft)
    around = Neighbourhood(drafts)
    clean = [draft for draft in rng.sample(drafts, len(drafts)) if not draft.defects and not draft.touched]
    plain_min = len(clean) * PLAIN_SHARE_MIN
    for _ in range(times):
        for near_miss in rng.sample(NEAR_MISSES, len(NEAR_MISSES)):
            host = next((draft for draft in clean if near_miss.suits(draft, around.list_kin(draft))), None)
            if host is not None and len(clean) > plain_min:
                near_miss.plant(host, around.list_kin(host))
                clean.remove(host)
