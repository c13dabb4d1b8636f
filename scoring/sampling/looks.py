"""Writes down item by item what a row's checks came to, in one order for all rows of a body: what is drawn together."""

from collections.abc import Collection, Sequence
from itertools import groupby

from domain.sample import Aspect, FrameItem
from domain.spread import ELSEWHERE, HELD, REFUTED, STRATUM_END, UNKNOWN


def write_looks(frame: Sequence[FrameItem], aspect: Aspect, *, held: Collection[str], refuted: Collection[str]) -> str:
    """Return ``SampledShare.looks`` of one row of a body; "" without a frame.

    ``frame`` holds the body's items in any order, ``held`` and ``refuted`` the codes of the row's own sample that are
    settled. Items that declare nothing to any row are left out.
    """
    known, false = frozenset(held), frozenset(refuted)
    ordered = sorted((item for item in frame if item.declared), key=lambda item: (item.stratum, item.code))
    strata = groupby(ordered, key=lambda item: item.stratum)
    return STRATUM_END.join("".join(sign_of(item, aspect, known, false) for item in members) for _, members in strata)


def sign_of(item: FrameItem, aspect: Aspect, held: frozenset[str], refuted: frozenset[str]) -> str:
    """Return the sign of one item in one row."""
    if aspect not in item.declared:
        return ELSEWHERE
    if item.code in held:
        return HELD
    return REFUTED if item.code in refuted else UNKNOWN
