"""How good a page of search results is for one item, by codes alone (methodology.md §4.2–4.3)."""

from collections.abc import Iterable
from math import log2

CUT = 10
ITEM_LENGTH = 31  # 实施编码; two more characters name a 业务办理项 (portals.md §3.2)
USCC = slice(0, 18)
BASIC_CODE = slice(19, 31)


def gain(hit: str, wanted: str) -> int:
    """Grade one result: 3 the item itself, 2 the same basic item of the same body, 1 of another body, 0 anything else.

    An item and its own 业务办理项 count as the same; two different 业务办理项 of one item do not.
    """
    if len(hit) < ITEM_LENGTH or len(wanted) < ITEM_LENGTH:
        return 3 if hit and hit == wanted else 0
    if hit[:ITEM_LENGTH] == wanted[:ITEM_LENGTH]:
        return 3 if hit == wanted or ITEM_LENGTH in (len(hit), len(wanted)) else 2
    if hit[BASIC_CODE] != wanted[BASIC_CODE]:
        return 0
    return 2 if hit[USCC] == wanted[USCC] else 1


def discounted_gain(gains: Iterable[int]) -> float:
    """DCG@10 with the plain gain g (not 2^g − 1): Σ g / log2(rank + 1)."""
    return sum(value / log2(rank + 1) for rank, value in enumerate(list(gains)[:CUT], start=1))


def normalised_gain(gains: list[int]) -> float:
    """nDCG@10 against the best order of what was shown, with the item itself always among what could be shown."""
    possible = sorted(gains if 3 in gains else [*gains, 3], reverse=True)
    return discounted_gain(gains) / discounted_gain(possible)
