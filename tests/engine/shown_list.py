"""Guides in a list as a plan reads them."""

from collections.abc import Sequence

from domain.guide import Guide


class ShownList:
    """The guides of all portals together, bodies in any order."""

    def __init__(self, guides: Sequence[Guide]) -> None:
        self._guides = guides

    def bodies(self, portal: str) -> set[str]:
        """Return the bodies that a portal shows guides of."""
        return {guide.unit for guide in self._guides if guide.portal == portal and guide.unit is not None}

    def guides(self, portal: str, unit: str) -> list[Guide]:
        """Return a body's guides in the order of the list."""
        return [guide for guide in self._guides if (guide.portal, guide.unit) == (portal, unit)]
