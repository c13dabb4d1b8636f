"""The spider that looks at published addresses: one GET each, its redirects, and no link beyond."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from time import monotonic
from typing import Any, Self
from urllib.parse import urldefrag, urljoin

import scrapy
from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import StopDownload
from scrapy.http import Headers, Response, TextResponse
from twisted.python.failure import Failure

from crawler.address_answer import WORKS, Judgement, judge_answer, judge_failure
from crawler.address_job import AddressJob
from crawler.answer_head import file_name_of, header_of, validator_of
from crawler.conditional_look import unchanged_facts, validators_of
from crawler.diary import Diary, media_type_of
from crawler.failures import (
    is_garbled,
    is_our_strictness,
    is_too_large_unpacked,
    reason_of,
    request_behind,
    request_of,
)
from crawler.look import LOOK, Look
from crawler.middlewares.published_hosts import PolicyRefusalError
from crawler.spool import AddressEvent
from domain.address_visit import AddressOutcome, AddressVisit
from domain.evidence import EvidenceKind
from domain.failure import FailureReason
from portals.page_words import read_page_words

UNDER_WAY_MAX = 2_000  # addresses that wait in memory
PAGE_BYTES = 64 * 1024  # of a page; no notice needs more
HOPS_MAX = 5
REDIRECTS = frozenset({301, 302, 303, 307, 308})
NOT_MODIFIED = 304
LOGIN_ROLE = "tyrz"
SILENT_AFTER = 3  # a host that so many addresses in a row could not reach …
SILENT_DEADLINE_S = 5.0  # … is waited for no longer than this
LINE_REASONS = frozenset({FailureReason.TIMEOUT, FailureReason.DNS, FailureReason.REFUSED})


class AddressSpider(scrapy.Spider):
    """Visits every ordered address once and writes down how each visit ended."""

    name = "addresses"

    def __init__(self, job: AddressJob, diary: Diary) -> None:
        super().__init__()
        self.job = job
        self.diary = diary
        self.site = job.site()
        self.policy = job.policy()
        self.places = asyncio.Semaphore(UNDER_WAY_MAX)
        self.silent: Counter[str] = Counter()  # host → addresses in a row that it did not answer

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:  # noqa: ANN401 - Scrapy's signature
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.take_head, signals.headers_received)
        crawler.signals.connect(spider.take_bytes, signals.bytes_received)
        return spider

    async def start(self) -> AsyncIterator[Request]:
        for order in self.job.read_orders():
            await self.places.acquire()
            deadline_s = self.job.file_deadline_s if order.is_file else self.job.page_deadline_s
            look = Look(order=order, left_s=deadline_s, url=order.url)
            try:
                request = self.ask(look, order.url)
            except ValueError:  # Scrapy knows no way to ask for it
                self.write_visit(look, Judgement(outcome=AddressOutcome.REFUSED))
                continue
            yield request

    def ask(self, look: Look, url: str) -> Request:
        """Make the request for an address or for the next hop; a file that we have is asked for with its validators."""
        look.begin_hop(url)
        silent = self.silent[look.host] >= SILENT_AFTER
        headers = {"Accept-Encoding": "identity", **(validators_of(look.order) if look.hops == 0 else {})}
        meta = {
            LOOK: look,
            "dont_redirect": True,
            "download_timeout": min(look.left_s, SILENT_DEADLINE_S) if silent else look.left_s,
            "download_fail_on_dataloss": look.order.is_file,
            "cookiejar": look.host,
        }
        return Request(
            url, callback=self.read_answer, errback=self.lose_answer, headers=headers, meta=meta, dont_filter=True
        )

    def take_head(self, headers: Headers, body_length: object, request: Request) -> None:
        """Note when the head came, and take no body that is declared to be too large."""
        look = request.meta.get(LOOK)
        if look is None:
            return
        look.head_at_s, look.received = monotonic(), 0
        look.declared = body_length if isinstance(body_length, int) else None
        if look.declared is not None and look.declared > self.job.file_bytes_max:
            look.cut_off = True
            raise StopDownload(fail=False)

    def take_bytes(self, data: bytes, request: Request) -> None:
        """Count what comes, and stop a page when it has said enough and a file when it is too large."""
        look = request.meta.get(LOOK)
        if look is None:
            return
        look.take(len(data))
        look.cut_off = look.received > (self.job.file_bytes_max if look.order.is_file else PAGE_BYTES)
        if look.cut_off or look.dripping:
            raise StopDownload(fail=False)

    async def read_answer(self, response: Response) -> AsyncIterator[Request]:
        """Follow a redirect, or judge the answer; one that breaks our reading must not cost the other addresses."""
        request = request_behind(response)
        look: Look = request.meta[LOOK]
        look.end_hop(request.meta.get("download_latency", 0.0))
        self.silent[look.host] = 0
        try:
            following = self.turn(look, response)
        except Exception:
            following = None
            self.write_visit(look, judge_failure(FailureReason.OUR_BUG), status=response.status, final_url=response.url)
        if following is not None:
            yield following

    def turn(self, look: Look, response: Response) -> Request | None:
        """Return the request for the next hop; ``None`` when the look has ended here."""
        location = header_of(response, "Location") if response.status in REDIRECTS else ""
        if not location:
            self.conclude(look, response)
            return None
        try:
            target = urldefrag(urljoin(response.url, location)).url
            return self.follow(look, target, response.status)
        except ValueError:  # no address at all
            broken = judge_failure(FailureReason.BROKEN_ANSWER)
            self.write_visit(look, broken, status=response.status, final_url=response.url)
            return None

    def follow(self, look: Look, target: str, status: int) -> Request | None:
        """Return the request for the next hop, or end the look: at the login, in a circle, out of time.

        Raises ``ValueError`` for a target that cannot be asked for.
        """
        look.hops += 1
        if self.site.role_of(target) == LOGIN_ROLE:
            self.write_visit(look, WORKS, status=status, final_url=target, reached_login=True)
        elif look.hops > HOPS_MAX:
            self.write_visit(look, judge_failure(FailureReason.REDIRECT_LOOP), status=status, final_url=target)
        elif look.left_s <= 0:
            self.write_visit(look, judge_failure(FailureReason.TIMEOUT), status=status, final_url=target)
        else:
            return self.ask(look, target)
        return None

    def conclude(self, look: Look, response: Response) -> None:
        """Judge the last answer and keep what has to be kept."""
        earlier = look.order.earlier
        if response.status == NOT_MODIFIED and earlier is not None:
            self.write_visit(look, WORKS, **unchanged_facts(earlier), status=response.status, final_url=response.url)
            return
        is_file = look.order.is_file
        if look.dripping:
            self.write_visit(look, judge_failure(FailureReason.TIMEOUT), status=response.status, final_url=response.url)
            return
        words = read_page_words(response.text[:PAGE_BYTES]) if isinstance(response, TextResponse) else None
        judged = judge_answer(response.status, words, body=response.body, is_file=is_file)
        if look.cut_off and not response.body and judged.failure is FailureReason.EMPTY_ANSWER:
            judged = WORKS
        facts: dict[str, Any] = {"status": response.status, "final_url": response.url}
        if judged.outcome is AddressOutcome.WORKS and is_file:
            facts.update(self.keep_file(look, response))
        elif judged.outcome is AddressOutcome.DEAD and response.body:
            facts.update(self.keep_notice(response))
        facts["reached_login"] = judged == WORKS and self.site.role_of(response.url) == LOGIN_ROLE
        self.write_visit(look, judged, **facts)

    def keep_file(self, look: Look, response: Response) -> dict[str, Any]:
        """Keep a whole file and return the facts about it; of one that is too large keep nothing."""
        facts: dict[str, Any] = {"file_name": file_name_of(response), "media_type": media_type_of(response)}
        if look.cut_off:
            return {**facts, "too_large": True, "bytes": max(look.received, look.declared or 0)}
        kept = self.diary.put(response, EvidenceKind.ATTACHMENT)
        validators = {"etag": validator_of(response, "ETag"), "last_modified": validator_of(response, "Last-Modified")}
        return {**facts, **validators, "sha256": kept.sha256, "bytes": kept.bytes}

    def keep_notice(self, response: Response) -> dict[str, Any]:
        """Keep what a dead address answered with: the proof."""
        notice = response.replace(body=response.body[:PAGE_BYTES])
        kept = self.diary.put(notice, EvidenceKind.PAGE)
        return {"media_type": kept.media_type, "sha256": kept.sha256, "bytes": kept.bytes}

    async def lose_answer(self, failure: Failure) -> None:
        """Write down why there was no answer."""
        request = request_of(failure)
        look: Look = request.meta[LOOK]
        judged = await self.judge_loss(look, failure, request)
        if judged.failure in LINE_REASONS:
            self.silent[look.host] += 1
        look.end_hop(request.meta["download_timeout"] if judged.failure is FailureReason.TIMEOUT else 0.0)
        too_large = look.order.is_file and judged == WORKS
        self.write_visit(look, judged, final_url=look.url, too_large=too_large, bytes=look.received or None)

    async def judge_loss(self, look: Look, failure: Failure, request: Request) -> Judgement:
        """Judge an exception: what our policy, robots.txt, our limits and our own network do is nobody else's fault."""
        if isinstance(failure.value, PolicyRefusalError):
            return Judgement(outcome=AddressOutcome.REFUSED, failure=FailureReason.REFUSED_BY_POLICY)
        if is_too_large_unpacked(failure):
            return WORKS
        reason = FailureReason.BROKEN_ANSWER if is_garbled(failure) else reason_of(failure)
        ours = reason is FailureReason.TIMEOUT and look.is_flowing(request.meta["download_timeout"])
        if reason is FailureReason.DNS:  # Scrapy asks for IPv4 alone
            ours = await asyncio.to_thread(self.policy.resolves, look.host)
        if reason is FailureReason.TLS and is_our_strictness(failure):
            ours = True
        return Judgement(outcome=AddressOutcome.NOT_MEASURED, failure=reason) if ours else judge_failure(reason)

    def write_visit(self, look: Look, judged: Judgement, **facts: Any) -> None:  # noqa: ANN401 - fields of the visit
        visit = AddressVisit(
            run=self.job.run,
            url=look.order.url,
            uses=look.order.uses,
            outcome=judged.outcome,
            failure=judged.failure,
            visited_at=datetime.now(UTC),
            duration_ms=round(look.spent_s * 1000),
            **facts,
        )
        self.diary.write(AddressEvent(value=visit))
        self.places.release()
