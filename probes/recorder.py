"""Collects what a journey shows: one record and one picture per step, the trace, and every artefact's hash."""

import tempfile
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Error as PlaywrightError

from domain.evidence import Evidence, EvidenceKind
from domain.failure import FailureReason, reason_for_exception
from domain.observation import Step, StepStatus
from portals.citizen import NotOffered, Obstacle
from probes.named_trouble import named_trouble
from probes.picture import take_picture, take_pointed_picture
from probes.playwright_browser import PlaywrightBrowser
from probes.trace_scrubbing import Scrubber, scrub_trace
from storage.evidence_store import EvidenceStore

PAGE_TYPE = "text/html; charset=utf-8"


@dataclass
class StepHandle:
    """A step while it is being made; what it turned out to be may become its title."""

    title: str


class Recorder:
    """The record of one probe; ``secrets`` are known beforehand, the browser adds those that it types."""

    def __init__(
        self, browser: PlaywrightBrowser, evidence: EvidenceStore, *, run: str, secrets: frozenset[str]
    ) -> None:
        self._browser = browser
        self._store = evidence
        self._run = run
        self._secrets = secrets
        self._steps: list[Step] = []
        self.evidence: list[Evidence] = []

    @property
    def secrets(self) -> set[str]:
        """Everything that must not be kept, as far as it is known by now."""
        return self._browser.secrets | self._secrets

    def start(self, *, snapshots: bool) -> None:
        """Begin the trace; pictures in it would show what the DOM snapshots can be scrubbed of."""
        with named_trouble("开始记录"):
            self._browser.page.context.tracing.start(snapshots=snapshots, screenshots=False, sources=False)

    @contextmanager
    def step(self, title: str) -> Iterator[StepHandle]:
        """Record one step; the picture is taken however the step ends."""
        started_at, clock = datetime.now(UTC), time.monotonic()
        handle = StepHandle(title)
        status, failure, note = StepStatus.DONE, None, ""
        with named_trouble("开始步骤"):
            self._browser.page.context.tracing.group(title)
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
            self._append(handle.title, status, started_at, duration_ms, note=note, failure=failure)
            with suppress(PlaywrightError):
                self._browser.page.context.tracing.group_end()

    def skip(self, title: str) -> None:
        """Record a step that was planned and never came about."""
        now = datetime.now(UTC)
        self._steps.append(
            Step(index=len(self._steps) + 1, title=title, status=StepStatus.SKIPPED, started_at=now, duration_ms=0)
        )

    def steps(self, scrubber: Scrubber) -> tuple[Step, ...]:
        """Return the steps with their words and addresses scrubbed."""
        return tuple(
            step.model_copy(update={"url": scrubber.text(step.url), "note": scrubber.text(step.note)})
            for step in self._steps
        )

    def keep_trace(self, scrubber: Scrubber) -> str | None:
        """End the trace, scrub it and keep it; return its hash, ``None`` when there is none to be had."""
        with tempfile.TemporaryDirectory(prefix="yuece-trace-") as folder:
            file = Path(folder) / "trace.zip"
            try:
                self._browser.page.context.tracing.stop(path=file)
                trace = scrub_trace(file.read_bytes(), scrubber)
            except (PlaywrightError, OSError, zipfile.BadZipFile):
                return None
        return self.keep(trace, kind=EvidenceKind.TRACE, media_type="application/zip", url=scrubber.text(self._url()))

    def keep(self, data: bytes, *, kind: EvidenceKind, media_type: str, url: str) -> str:
        """Put one artefact into the store and return its hash."""
        record = self._store.put(
            data, kind=kind, media_type=media_type, url=url, run=self._run, captured_at=datetime.now(UTC)
        )
        self.evidence.append(record)
        return record.sha256

    def keep_page(self) -> str:
        """Keep the HTML of the page as it stands now, scrubbed of secrets, and return its hash."""
        scrubber = Scrubber(self.secrets)
        html = scrubber.text(self._browser.source()).encode("utf-8", "replace")
        return self.keep(html, kind=EvidenceKind.PAGE, media_type=PAGE_TYPE, url=scrubber.text(self._url()))

    def keep_pointed_picture(self, place: str) -> str | None:
        """Keep a picture of one value that was read on the page; ``None`` when it cannot be shown any more."""
        picture = take_pointed_picture(self._browser.page, self._browser.reader, self.secrets, place)
        url = Scrubber(self.secrets).text(self._url())
        if picture is None:
            return None
        return self.keep(picture, kind=EvidenceKind.SCREENSHOT, media_type="image/webp", url=url)

    def _append(
        self,
        title: str,
        status: StepStatus,
        started_at: datetime,
        duration_ms: int,
        *,
        note: str,
        failure: FailureReason | None,
    ) -> None:
        picture = take_picture(self._browser.page, self._browser.reader, self.secrets)
        url = self._url()
        kept = Scrubber(self.secrets).text(url)
        sha256 = (
            self.keep(picture, kind=EvidenceKind.SCREENSHOT, media_type="image/webp", url=kept) if picture else None
        )
        self._steps.append(
            Step(
                index=len(self._steps) + 1,
                title=title,
                status=status,
                url=url,
                started_at=started_at,
                duration_ms=duration_ms,
                screenshot=sha256,
                note=note,
                failure=failure,
            )
        )

    def _url(self) -> str:
        return self._browser.page.url


def name_failure(error: Exception) -> FailureReason:
    """Name why a step broke: an obstacle says so itself, the rest goes through the failure table."""
    if isinstance(error, Obstacle):
        return error.reason
    return reason_for_exception(str(error)) if isinstance(error, PlaywrightError) else FailureReason.OUR_BUG
