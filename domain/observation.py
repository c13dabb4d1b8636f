"""What one probe saw: named steps with their pictures, and one outcome with its reason."""

from collections.abc import Mapping
from enum import StrEnum

from pydantic import AwareDatetime, JsonValue

from domain.failure import FailureReason
from domain.frozen import Frozen
from domain.guide_face import FaceReading
from domain.outcome import Outcome


class StepStatus(StrEnum):
    """How one step ended; steps after a failed one are skipped, so that the list is always whole."""

    DONE = "done"
    FAILED = "failed"
    SKIPPED = "skipped"


class Step(Frozen):
    """One named step of a journey."""

    index: int
    title: str  # Chinese, as the evaluator reads it
    status: StepStatus
    url: str = ""
    started_at: AwareDatetime
    duration_ms: int
    screenshot: str | None = None  # SHA-256; None for a skipped step or a browser that is gone
    note: str = ""
    failure: FailureReason | None = None
    used: tuple[str, ...] = ()  # SHA-256 of pictures taken before a control was pressed, with the control outlined


class Refusal(Frozen):
    """A request that the guard did not let out."""

    at: AwareDatetime
    method: str
    url: str
    resource: str  # document, fetch, beacon, websocket …
    rule: str  # which part of the policy refused it
    body_bytes: int = 0


Measure = bool | int | float | str | None


class Channel(StrEnum):
    """Who looked: our program, or a person where a program cannot enter (mini-program, counter, telephone)."""

    PROGRAM = "program"
    MANUAL = "manual"


class ObservedRow(Frozen):
    """One thing among several that a probe looked at: a query, a question, a calendar day, a linked item, a walk.

    ``grade`` is 0..1 by the probe's own written scale, ``None`` where nothing was graded; ``review`` asks a person.
    """

    kind: str  # the probe's own vocabulary, "T2", "question", "day" …
    asked: str = ""  # what was typed, opened or pressed
    expected: str = ""  # what the guide or the declaration says
    seen: str = ""  # what the portal showed
    grade: float | None = None
    review: bool = False
    measures: Mapping[str, Measure] = {}


class Visit(Frozen):
    """One visit of a probe, as it ended by itself; the observation's outcome is concluded from all of them.

    ``control_healthy`` says whether a known good page answered on the same occasion; ``None``: nobody looked.
    """

    number: int  # 1 first
    run: str
    started_at: AwareDatetime
    finished_at: AwareDatetime
    outcome: Outcome
    failure: FailureReason | None = None
    reason: str = ""
    control_healthy: bool | None = None
    screenshot: str | None = None  # the last picture, SHA-256
    trace: str | None = None
    manifest: str | None = None
    retried: tuple[FailureReason, ...] = ()  # how earlier tries on the same occasion ended (domain/retry.py)


class Observation(Frozen):
    """One probe on one subject in one run; ``key`` makes a repeat overwrite."""

    run: str
    portal: str
    unit: str | None
    subject: str  # the item's code
    item_id: str
    probe_id: str
    probe_version: int
    attempt: int = 1
    outcome: Outcome
    failure: FailureReason | None = None
    reason: str = ""  # one Chinese sentence
    value: float | None = None
    unit_of_value: str = ""
    measures: Mapping[str, Measure] = {}  # the probe's raw figures by name
    steps: tuple[Step, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    trace: str | None = None  # SHA-256 of the scrubbed trace
    faces: tuple[FaceReading, ...] = ()  # what a comparison of the guide's faces read
    started_at: AwareDatetime
    finished_at: AwareDatetime
    browser: str = ""  # name and version
    channel: Channel = Channel.PROGRAM
    recorded_by: str = ""  # who made a manual observation
    rows: tuple[ObservedRow, ...] = ()
    visits: tuple[Visit, ...] = ()  # this occasion's and earlier ones', oldest first
    inputs: Mapping[str, JsonValue] = {}  # the task as it was given, so that it can be made again
    manifest: str | None = None  # SHA-256 of the list of everything that was kept

    @property
    def key(self) -> str:
        """Job key: portal, probe and item within the run."""
        return f"{self.portal}/{self.probe_id}/{self.item_id}"

    @property
    def id(self) -> str:
        """Permanent id, used in links and by ``yuece replay``."""
        return f"{self.run}/{self.key}"
