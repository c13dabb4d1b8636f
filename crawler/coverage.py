"""Finds the fields that a whole crawl never saw, so that a poor source is not taken for empty guides."""

from collections.abc import Iterable

from domain.guide import Guide
from domain.guide_fields import FieldName

GUIDES_MIN = 20


def unseen_fields(guides: Iterable[Guide]) -> frozenset[FieldName]:
    """Return the fields whose key no guide of the crawl has.

    Below ``GUIDES_MIN`` guides nothing is declared unseen: a small body may well leave one field out everywhere.
    A key that is there and empty (``""``, ``null``, ``[]``) counts as seen: it is the portal that says nothing.
    """
    count = 0
    unseen = frozenset(FieldName)
    for guide in guides:
        count += 1
        unseen = frozenset(name for name in unseen if guide.field(name).raw is None)
    return unseen if count >= GUIDES_MIN else frozenset()
