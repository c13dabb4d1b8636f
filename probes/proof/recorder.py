"""Collects what a journey shows: one record and one picture per step, the controls that were used, and the trace."""

import tempfile
import time
import zipfile
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Error as PlaywrightError

from domain.evidence import Evidence, EvidenceKind
from domain.failure import FailureReason, reason_for_exception
from domain.observation import Step, StepStatus
from portals.citizen import NotOffered, Obstacle
from probes.browser.named_trouble import named_trouble
from probes.browser.playwright_browser import PlaywrightBrowser
from probes.browser.used_control import UsedControl
from probes.proof.evidence_writer import EvidenceWriter
from probes.proof.picture import Picture, encode_picture, take_picture, take_pointed_picture
from probes.proof.trace_scrubbing import Scrubber, scrub_trace

PAGE_TYPE = "text/html; charset=utf-8"
PICTURE_TYPE = "image/webp"
LAST_PAGE_MS = 2_000
USED_MAX = 4
"""Pictures of used controls per step; a step that presses more shows the first ones."""


@dataclass
class StepHandle:
    """A step while it is being made; what it turned out to be may become its title."""

    title: str
    used: list[Future[Evidence]] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class StepDraft:
    """A step whose pictures are still being written."""

    step: Step
    picture: Future[Evidence] | None
    used: tuple[Future[Evidence], ...]


class Recorder:
    """The record of one probe; ``secrets`` are known beforehand, the browser adds those that it types.

    A ``bare`` one takes neither pictures nor a trace, since both slow pages: the pass in which times are taken.
    """

    def __init__(
        self,
        browser: PlaywrightBrowser,
        writer: EvidenceWriter,
        *,
        secrets: frozenset[str],
        bare: bool = False,
    ) -> None:
        self._browser = browser
        self.writer = writer
        self._secrets = secrets
        self._bare = bare
        self._drafts: list[StepDraft] = []
        self._open: StepHandle | None = None
        self.trace: bytes | None = None  # scrubbed, once it is settled
        self.covered = 0  # texts and fields that pictures show as a flat colour
        if not bare:
            browser.on_press = self._keep_used

    @property
    def secrets(self) -> set[str]:
        """Everything that must not be kept, as far as it is known by now."""
        return self._browser.secrets | self._secrets

    def start(self, *, snapshots: bool, bodies: bool = False) -> None:
        """Begin the trace; pictures in it would show what the DOM snapshots can be scrubbed of.

        ``bodies`` keeps scripts too, which a web archive needs and nothing else.
        """
        if not self._bare:
            with named_trouble("开始记录"):
                self._browser.page.context.tracing.start(
                    snapshots=snapshots, screenshots=False, sources=False, live=bodies
                )

    @contextmanager
    def step(self, title: str) -> Iterator[StepHandle]:
        """Record one step; the picture is taken however the step ends."""
        started_at, clock = datetime.now(UTC), time.monotonic()
        handle = self._open = StepHandle(title)
        status, failure, note = StepStatus.DONE, None, ""
        self._begin_group(title)
        try:
            yield handle
        except NotOffered as fact:
            note = str(fact)
            raise
        except Exception as error:
            status, failure, note = StepStatus.FAILED, name_failure(error), str(error)
            raise
        finally:
            duration_ms = round((time.monotonic() - clock) * 1000)
            self._open = None
            self._append(handle, status, started_at, duration_ms, note=note, failure=failure)
            self._end_group()

    def skip(self, title: str) -> None:
        """Record a step that was planned and never came about."""
        now = datetime.now(UTC)
        skipped = Step(
            index=len(self._drafts) + 1, title=title, status=StepStatus.SKIPPED, started_at=now, duration_ms=0
        )
        self._drafts.append(StepDraft(step=skipped, picture=None, used=()))

    def steps(self, scrubber: Scrubber) -> tuple[Step, ...]:
        """Return the steps with their words and addresses scrubbed, once their pictures are written."""
        return tuple(
            draft.step.model_copy(
                update={
                    "url": scrubber.text(draft.step.url),
                    "note": scrubber.text(draft.step.note),
                    "screenshot": draft.picture.result().sha256 if draft.picture else None,
                    "used": tuple(future.result().sha256 for future in draft.used),
                }
            )
            for draft in self._drafts
        )

    def end_trace(self, scrubber: Scrubber) -> Future[Evidence] | None:
        """End the trace and have it scrubbed and written; ``None`` when there is none to be had."""
        if self._bare:
            return None
        self._show_last_page()
        with tempfile.TemporaryDirectory(prefix="yuece-trace-") as folder:
            file = Path(folder) / "trace.zip"
            try:
                self._browser.page.context.tracing.stop(path=file)
                raw = file.read_bytes()
            except (PlaywrightError, OSError):
                return None

        def scrub() -> bytes:
            self.trace = scrub_trace(raw, scrubber)
            return self.trace

        return self.writer.put_later(
            scrub,
            kind=EvidenceKind.TRACE,
            media_type="application/zip",
            url=scrubber.text(self._url()),
            name="trace.zip",
        )

    def settle_trace(self, trace: Future[Evidence] | None) -> str | None:
        """Wait for the trace and return its hash; one that is not whole is none."""
        if trace is None:
            return None
        try:
            return trace.result().sha256
        except zipfile.BadZipFile:
            self.writer.drop_failed(trace)
            return None

    def keep(self, data: bytes, *, kind: EvidenceKind, media_type: str, url: str, name: str = "") -> str:
        """Have one artefact stored and return its hash."""
        return self.writer.put(data, kind=kind, media_type=media_type, url=url, name=name)

    def keep_page(self) -> str:
        """Keep the HTML of the page as it stands now, scrubbed of secrets, and return its hash."""
        scrubber = Scrubber(self.secrets)
        html = scrubber.text(self._browser.source()).encode("utf-8", "replace")
        return self.keep(html, kind=EvidenceKind.PAGE, media_type=PAGE_TYPE, url=scrubber.text(self._url()))

    def keep_pointed_picture(self, place: str) -> str | None:
        """Keep a picture of one value that was read on the page; ``None`` when it cannot be shown any more."""
        if self._bare:
            return None
        picture = take_pointed_picture(self._browser.page, self._browser.reader, self.secrets, place)
        return None if picture is None else self._keep_picture(picture, "").result().sha256

    def _append(
        self,
        handle: StepHandle,
        status: StepStatus,
        started_at: datetime,
        duration_ms: int,
        *,
        note: str,
        failure: FailureReason | None,
    ) -> None:
        index = len(self._drafts) + 1
        picture = take_picture(self._browser.page, self._browser.reader, self.secrets) if not self._bare else None
        url = Scrubber(self.secrets).text(self._url())
        step = Step(
            index=index,
            title=handle.title,
            status=status,
            url=url,
            started_at=started_at,
            duration_ms=duration_ms,
            note=note,
            failure=failure,
        )
        kept = self._keep_picture(picture, f"steps/{index:02}.webp") if picture else None
        self._drafts.append(StepDraft(step=step, picture=kept, used=tuple(handle.used)))

    def _keep_used(self, control: UsedControl, leads_on: bool) -> None:
        """Keep a picture of the page as it is before a control is pressed, with everything outlined that was used."""
        handle = self._open
        if handle is None or len(handle.used) >= USED_MAX:
            return
        used = [*self._browser.used, control]
        if not leads_on:
            self._browser.used = used
            return
        self._browser.used = []
        picture = take_picture(self._browser.page, self._browser.reader, self.secrets, used=used)
        if picture is not None and picture.outlined:
            name = f"steps/{len(self._drafts) + 1:02}-used-{len(handle.used) + 1}.webp"
            handle.used.append(self._keep_picture(picture, name))

    def _keep_picture(self, picture: Picture, name: str) -> Future[Evidence]:
        self.covered += picture.covered
        url = Scrubber(self.secrets).text(self._url())
        return self.writer.put_later(
            lambda: encode_picture(picture), kind=EvidenceKind.SCREENSHOT, media_type=PICTURE_TYPE, url=url, name=name
        )

    def _show_last_page(self) -> None:
        """Have the trace keep the DOM of the page where the journey ended; of each earlier one the next act kept it."""
        with suppress(PlaywrightError):
            self._browser.page.wait_for_function("() => true", timeout=LAST_PAGE_MS)

    def _begin_group(self, title: str) -> None:
        if not self._bare:
            with named_trouble("开始步骤"):
                self._browser.page.context.tracing.group(title)

    def _end_group(self) -> None:
        if not self._bare:
            with suppress(PlaywrightError):
                self._browser.page.context.tracing.group_end()

    def _url(self) -> str:
        return self._browser.page.url


def name_failure(error: Exception) -> FailureReason:
    """Name why a step broke: an obstacle says so itself, the rest goes through the failure table."""
    if isinstance(error, Obstacle):
        return error.reason
    return reason_for_exception(str(error)) if isinstance(error, PlaywrightError) else FailureReason.OUR_BUG
