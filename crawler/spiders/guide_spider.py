"""The one spider for every portal: directory, listings, documents; what differs lies in the portal's adapter."""

from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Mapping
from datetime import UTC, datetime
from functools import partial
from types import MappingProxyType

import scrapy
from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.diary import Diary
from crawler.failures import reason_of, request_behind, request_of
from crawler.job import ALL_LISTED, CrawlJob
from crawler.known_document import KnownDocument, Revisit, conditions, plan_revisit, validators
from crawler.listing_progress import ListingProgress, not_offered, unreadable
from crawler.middlewares.back_off import PAUSES
from crawler.reading import context_of
from crawler.spool import GuideEvent, ListedEvent, ListingEvent, VisitEvent
from domain.crawl import GuideOutcome, GuideVisit, ListedGuide, Listing
from domain.evidence import EvidenceKind
from domain.failure import FailureReason, reason_for_status
from portals.citizen import NotOffered
from portals.documents import Answer, Fetch, ListedRow, UnitAddress, UnreadableAnswerError
from storage.packed_guide import pack_guide

NOT_MODIFIED = 304
NO_VALIDATORS: Mapping[str, str] = MappingProxyType({})
LISTING_PRIORITY = 10  # listings first: they tell what is missing should the crawl break off

Requests = Iterator[Request]
Callback = Callable[..., AsyncIterator[Request] | Coroutine[None, None, None]]
Errback = Callable[[Failure], None]
ListingMaker = Callable[[str], Listing]


class GuideSpider(scrapy.Spider):
    """Visits every listed guide of some bodies once and writes down how each visit ended."""

    name = "guides"

    def __init__(self, job: CrawlJob, diary: Diary) -> None:
        super().__init__()
        self.job = job
        self.diary = diary
        self.site = job.site()
        self.documents = job.adapter.documents
        self.directory: dict[int, bytes] = {}
        self.awaited = 0  # directory answers still to come
        self.done = {unit: frozenset(items) for unit, items in job.done.items()}

    async def start(self) -> AsyncIterator[Request]:
        try:
            fetches = self.documents.directory(self.site)
        except NotOffered:
            self.close_units(lambda unit: not_offered(self.job.portal, unit))
            return
        self.awaited = len(fetches)
        for number, fetch in enumerate(fetches):
            yield make_request(
                fetch, self.read_directory, self.lose_directory, priority=LISTING_PRIORITY, keywords={"number": number}
            )

    async def read_directory(self, response: Response, number: int) -> AsyncIterator[Request]:
        """Collect the directory's answers; with the last one, begin the listings."""
        await self.diary.keep(response, EvidenceKind.LISTING)
        failure = reason_for_status(response.status)
        if failure is not None:
            self.abandon(failure)
            return
        self.directory[number] = response.body
        self.awaited -= 1
        for request in () if self.awaited else self.begin_listings():
            yield request

    def lose_directory(self, failure: Failure) -> None:
        self.abandon(reason_of(failure))

    def begin_listings(self) -> Requests:
        """Find the bodies and ask for each one's first page."""
        answers = tuple(self.directory[number] for number in sorted(self.directory))
        try:
            if self.job.units == ALL_LISTED:
                addresses = self.documents.read_whole_directory(answers)
            else:
                addresses = self.documents.read_directory(answers, self.job.wanted())
        except UnreadableAnswerError as error:
            self.abandon(error.reason)
            return
        missing = () if self.job.units == ALL_LISTED else (unit for unit in self.job.units if unit not in addresses)
        for unit in missing:
            self.diary.write(ListingEvent(value=not_offered(self.job.portal, unit)))
        for address in addresses.values():
            yield self.ask_listing(ListingProgress(portal=self.job.portal, address=address), 1)

    def ask_listing(self, progress: ListingProgress, page: int) -> Request:
        return make_request(
            self.documents.listing(self.site, progress.address, page),
            self.read_listing,
            partial(self.lose_listing, progress=progress),
            priority=LISTING_PRIORITY,
            keywords={"progress": progress, "page": page},
        )

    async def read_listing(self, response: Response, progress: ListingProgress, page: int) -> AsyncIterator[Request]:
        """Write down what a page lists, ask for its documents and for the next page."""
        await self.diary.keep(response, EvidenceKind.LISTING)
        try:
            failure = reason_for_status(response.status)
            if failure is not None:
                raise UnreadableAnswerError(failure, f"status {response.status}")
            listed = self.documents.read_listing(response.body, page)
        except UnreadableAnswerError as error:
            self.diary.write(ListingEvent(value=progress.close(error.reason)))
            return
        for row in progress.take(listed):
            for request in self.take_row(row, progress.address):
                yield request
        if listed.last:
            self.diary.write(ListingEvent(value=progress.close()))
        else:
            yield self.ask_listing(progress, page + 1)

    def lose_listing(self, failure: Failure, progress: ListingProgress) -> None:
        self.diary.write(ListingEvent(value=progress.close(reason_of(failure))))

    def take_row(self, row: ListedRow, address: UnitAddress) -> Requests:
        """Write down a listed guide and ask for its document unless an earlier process has visited it."""
        guide = ListedGuide(
            portal=self.job.portal,
            unit=address.unit,
            item_id=row.item_id,
            code=row.code,
            title=row.title,
            url=self.documents.page_url(self.site, row),
            version=row.version,
        )
        self.diary.write(ListedEvent(value=guide))
        if row.item_id in self.done.get(address.unit, ()) or not self.wants(row):
            return
        known = self.job.known.get(address.unit, {}).get(row.item_id)
        revisit = plan_revisit(known, row.version, now=datetime.now(UTC), trusted_days=self.job.trusted_days)
        if known is not None and revisit is Revisit.TRUST:
            self.write_unchanged(guide, known, seen_at=known.seen_at)
        else:
            yield self.ask_document(guide, row, known if revisit is Revisit.ASK else None)

    def wants(self, row: ListedRow) -> bool:
        return self.job.only is None or row.item_id in self.job.only

    def ask_document(self, guide: ListedGuide, row: ListedRow, known: KnownDocument | None) -> Request:
        """Ask for a document; for a known one only if it changed."""
        request = make_request(
            self.documents.detail(self.site, row),
            self.read_document,
            partial(self.lose_document, guide=guide),
            keywords={"guide": guide, "known": known},
        )
        request.headers.update(conditions(known) if known else {})
        return request

    async def read_document(self, response: Response, guide: ListedGuide, known: KnownDocument | None) -> None:
        """Keep the document and write down what it amounts to."""
        if known is not None and response.status == NOT_MODIFIED:
            self.write_unchanged(guide, known, seen_at=datetime.now(UTC), status=response.status)
            return
        kept = await self.diary.keep(response, EvidenceKind.DOCUMENT)
        answer = self.documents.classify(response.status, response.body)
        if kept is None and answer.outcome is GuideOutcome.MEASURED:
            answer = Answer(outcome=GuideOutcome.NOT_MEASURED, failure=FailureReason.EMPTY_ANSWER)
        document = kept.sha256 if kept else None
        visit = self.write_visit(
            guide,
            answer,
            request_behind(response),
            status=response.status,
            document=document,
            marks=validators(response),
        )
        if visit.outcome is GuideOutcome.MEASURED:
            self.write_guide(visit, response.body)

    def lose_document(self, failure: Failure, guide: ListedGuide) -> None:
        answer = Answer(outcome=GuideOutcome.NOT_MEASURED, failure=reason_of(failure))
        self.write_visit(guide, answer, request_of(failure))

    def write_visit(
        self,
        guide: ListedGuide,
        answer: Answer,
        request: Request,
        *,
        status: int | None = None,
        document: str | None = None,
        marks: Mapping[str, str] = NO_VALIDATORS,
    ) -> GuideVisit:
        visit = GuideVisit(
            **guide.model_dump(),
            **marks,
            outcome=answer.outcome,
            failure=answer.failure,
            status=status,
            document=document,
            fetched_at=datetime.now(UTC),
            attempts=1 + request.meta.get("retry_times", 0) + request.meta.get(PAUSES, 0),
        )
        self.diary.write(VisitEvent(value=visit))
        return visit

    def write_unchanged(
        self, guide: ListedGuide, known: KnownDocument, *, seen_at: datetime, status: int | None = None
    ) -> None:
        """Write down a visit that found the document that we have, or that was not needed."""
        visit = GuideVisit(
            **guide.model_dump(),
            outcome=GuideOutcome.MEASURED,
            status=status,
            document=known.document,
            fetched_at=seen_at,
            etag=known.etag,
            last_modified=known.last_modified,
            unchanged=True,
        )
        self.diary.write(VisitEvent(value=visit))

    def write_guide(self, visit: GuideVisit, body: bytes) -> None:
        """Read the document while it is at hand.

        An error of a parser leaves the crawl alone: Scrapy reports it, the visit is written already, and whoever reads
        the documents that are still unread meets it again.
        """
        guide = self.documents.parse(body, context_of(visit))
        self.diary.write(GuideEvent(value=pack_guide(guide)))

    def abandon(self, reason: FailureReason) -> None:
        """Close every body of the job with the reason why the directory could not be read."""
        self.close_units(lambda unit: unreadable(self.job.portal, unit, reason))

    def close_units(self, make: ListingMaker) -> None:
        """Write one listing for every wanted body; with ``all-listed`` there is none that could be named."""
        for unit in () if self.job.units == ALL_LISTED else self.job.units:
            self.diary.write(ListingEvent(value=make(unit)))


def make_request(
    fetch: Fetch, callback: Callback, errback: Errback, *, keywords: dict[str, object], priority: int = 0
) -> Request:
    """Turn a portal's ``Fetch`` into Scrapy's request.

    ``keywords`` go to the callback through Scrapy, because it reads the source of every callback that it has not met:
    a ``partial`` would be a new one for each document, at a millisecond each.
    """
    return Request(
        fetch.url,
        callback=callback,
        errback=errback,
        method=fetch.method,
        body=fetch.body,
        headers={"Content-Type": fetch.media_type} if fetch.media_type else None,
        priority=priority,
        dont_filter=True,
        cb_kwargs=keywords,
    )
