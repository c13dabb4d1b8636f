"""Says what a parser is told about a visited document, the same during a crawl and afterwards."""

from domain.crawl import GuideVisit
from domain.errors import MachineError
from portals.documents import DocumentContext


def context_of(visit: GuideVisit) -> DocumentContext:
    """Return what the document itself does not say; raise ``MachineError`` for a visit that kept no document."""
    if visit.document is None:
        raise MachineError(f"the visit to {visit.item_id} says measured but keeps no document")
    return DocumentContext(
        unit=visit.unit,
        item_id=visit.item_id,
        code=visit.code,
        listed_title=visit.title,
        url=visit.url,
        document=visit.document,
        captured_at=visit.fetched_at,
    )
