"""Long lists in pages, so that a store of a million rows answers as fast as a small one."""

from dataclasses import dataclass

PAGE_ROWS = 50


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page of a list; ``number`` counts from 1."""

    number: int
    total: int
    rows: int = PAGE_ROWS

    @property
    def pages(self) -> int:
        """How many pages there are; an empty list has one."""
        return max(1, -(-self.total // self.rows))

    @property
    def offset(self) -> int:
        """How many rows come before this page."""
        return (self.number - 1) * self.rows


def turn_to(number: int, total: int) -> Page:
    """Return the asked page, or the nearest one that exists."""
    last = Page(number=1, total=total).pages
    return Page(number=min(max(number, 1), last), total=total)
