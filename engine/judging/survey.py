"""One pass over all guides of a portal before any is judged: what only the crawl as a whole can tell."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from crawler.coverage import CoverageCount
from crawler.peers import PeerIndex
from domain.guide_fields import FieldName
from domain.run import Run
from storage.store import Store


@dataclass(frozen=True, kw_only=True)
class Survey:
    """What the pass found; ``peers`` is ``None`` where nobody compares the guides with each other."""

    run: str
    portal: str
    count: CoverageCount
    peers: PeerIndex | None

    @property
    def guides(self) -> int:
        return self.count.guides

    def unseen(self) -> frozenset[FieldName]:
        """Return the fields that no guide of the crawl carries: our blindness, not theirs."""
        return self.count.unseen()


@contextmanager
def surveyed(
    store: Store, run: str, portal: str, good: Run | None = None, *, with_peers: bool = True
) -> Iterator[Survey]:
    """Read every guide once, beside what the last good run saw in its place; memory stays flat."""
    with PeerIndex() as peers:
        count = CoverageCount()
        earlier, read_until = (good.id, good.finished_at) if good else (None, None)
        for now, before in store.guides.compared(run, portal, earlier, read_until=read_until):
            count.add(now, before)
            if with_peers:
                peers.add(now)
        yield Survey(run=run, portal=portal, count=count, peers=peers if with_peers else None)
