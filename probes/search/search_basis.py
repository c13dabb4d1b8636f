"""What the plan of a night adds to a search task: its item's place in the sample, and words beside the item's name."""

from domain.frozen import Frozen
from probes.search.query_kind import QueryKind


class SearchBasis(Frozen):
    """One base item of a body as it was drawn (methodology.md §4.1).

    ``place`` is what citizens call the body's region ("阳春"), ``region`` its GB/T 2260 code where the portal has a
    home page for it; "" asks on the portal's usual page. ``life_events`` are words of the list that are about the item.
    """

    anchor: bool | None = None  # True: kept from period to period; False: drawn for this one; None: not out of a sample
    place: str = ""
    region: str = ""
    life_events: tuple[str, ...] = ()
    kinds: tuple[QueryKind, ...] = tuple(QueryKind)  # which kinds of query to ask; T0 is always asked
