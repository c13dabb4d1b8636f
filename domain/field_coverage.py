"""How much of each field a crawl saw: the instrument's own pulse."""

from domain.frozen import Frozen
from domain.guide_fields import FieldName


class FieldCoverage(Frozen):
    """One field over all guides of one portal in one run; the three counts add up to ``guides``.

    ``filled_example`` and ``blank_example`` are item ids, so that two pages can be laid side by side.
    """

    run: str
    portal: str
    field: FieldName
    guides: int
    filled: int
    blank: int
    unseen: int
    filled_example: str = ""
    blank_example: str = ""

    @property
    def share(self) -> float:
        """Return filled ÷ guides, 0 for an empty crawl."""
        return self.filled / self.guides if self.guides else 0.0
