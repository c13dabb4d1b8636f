"""Turns what a person handed in, a table or a form, into a run with observations and pictures: whole or not at all."""

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import groupby
from typing import Protocol

from domain.errors import MachineError, UsageError
from domain.evidence import Evidence, EvidenceKind
from domain.guide_fields import LABELS_ZH, FieldName
from domain.manual import PLACE_TITLES_ZH, ManualPlace, ManualRecord, ManualTopic
from domain.measure_name import MeasureName
from domain.observation import Channel, Measure, Observation, ObservedRow, Step, StepStatus
from domain.outcome import Outcome
from domain.run import Run, RunKind, RunState
from intake.pictures import Picture
from storage.manual_manifest import seal_by_hand
from storage.run_manifest import close_evidence, close_left_open
from storage.store import Store

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv"
MANUAL_VERSION = 1
WORST_FIRST = (Outcome.FAIL, Outcome.PASS, Outcome.INCONCLUSIVE)
PACKAGES = ("python-calamine", "pillow", "pydantic", "sqlmodel")


Items = Mapping[str, Mapping[str, str]]  # code → body → item id


class Pictured(Protocol):
    """A line that names the pictures that prove it."""

    @property
    def pictures(self) -> tuple[str, ...]: ...
    @property
    def observed_at(self) -> datetime: ...
    @property
    def seen(self) -> str: ...


@dataclass(frozen=True, kw_only=True)
class HandIn:
    """One hand-in: who, from where, about which run, and everything that was said and shown."""

    by: str
    source: str  # "import" or "form"
    about: Run  # the run whose period, target and items it concerns
    records: tuple[ManualRecord, ...]
    pictures: Mapping[str, Picture] = field(default_factory=dict)  # by the name that records use
    file_name: str = ""
    file: bytes = b""
    tool_commit: str = "unknown"


def record(store: Store, hand_in: HandIn) -> tuple[Run, tuple[Observation, ...]]:
    """Keep a hand-in; raise ``UsageError`` for one that was handed in before, ``MachineError`` for a failing disk.

    Bytes go to disk first and are read again; run, evidence and observations then follow in one transaction.
    """
    close_left_open(store)
    if hand_in.file and (earlier := store.manual.run_of_file(hashlib.sha256(hand_in.file).hexdigest())):
        raise UsageError(f"{hand_in.file_name} was imported before, as run {earlier}; allowed: a table with other rows")
    run = begin(hand_in)
    kept = {name: keep_picture(store, run, picture) for name, picture in hand_in.pictures.items()}
    evidence = list(kept.values())
    if hand_in.file:
        media_type = media_type_of(hand_in.file_name)
        evidence.append(keep(store, run, hand_in.file, EvidenceKind.HANDED_IN, media_type, hand_in.file_name))
    for one in evidence:
        if not store.evidence.holds(one.sha256):
            raise MachineError(f"evidence {one.sha256} cannot be read again after it was written; nothing was recorded")
    by_hash = {one.sha256: one for one in evidence}
    sealed = [seal(store, observation, by_hash) for observation in observe(store, run, hand_in, kept)]
    evidence += [record for _, records in sealed for record in records]
    observations = tuple(observation for observation, _ in sealed)
    store.manual.save(run, evidence, observations)
    closed = close_evidence(store, run)
    store.runs.update(closed)
    return closed, observations


def seal(
    store: Store, observation: Observation, kept: Mapping[str, Evidence]
) -> tuple[Observation, tuple[Evidence, ...]]:
    """Seal an observation with its own pictures and the table that it came in."""
    shown = {step.screenshot for step in observation.steps}
    own = {sha256: one for sha256, one in kept.items() if sha256 in shown or one.kind is EvidenceKind.HANDED_IN}
    return seal_by_hand(store, observation, own)


def new_run_id(now: datetime) -> str:
    """Name a run by the moment and four random digits."""
    return f"{now:%Y%m%dT%H%M%SZ}-{secrets.token_hex(2)}"


def begin(hand_in: HandIn) -> Run:
    """Write the provenance of a hand-in."""
    now = datetime.now(UTC)
    about = hand_in.about
    return Run(
        id=new_run_id(now),
        kind=RunKind.MANUAL,
        period=about.period,
        target=about.target,
        state=RunState.FINISHED,
        started_at=now,
        finished_at=now,
        units=tuple(sorted({one.unit for one in hand_in.records})),
        portals=tuple(sorted({one.place.value for one in hand_in.records})),
        tool_version=version("yuece"),
        tool_commit=hand_in.tool_commit,
        packages={name: version(name) for name in PACKAGES},
        settings_hash=hashlib.sha256(hand_in.file).hexdigest()[:16] if hand_in.file else "",
        settings={
            "source": hand_in.source,
            "by": hand_in.by,
            "about": about.id,
            "what": "observations",
            "file_name": hand_in.file_name,
            "file_sha256": hashlib.sha256(hand_in.file).hexdigest() if hand_in.file else "",
        },
        counts={"rows": len(hand_in.records), "pictures": len(hand_in.pictures)},
    )


def keep_picture(store: Store, run: Run, picture: Picture) -> Evidence:
    """Keep a picture under the name that it was handed in with."""
    return keep(store, run, picture.content, EvidenceKind.SCREENSHOT, picture.media_type, picture.name)


def media_type_of(file_name: str) -> str:
    """Return what a table is by the ending of its name, by which it was read as well."""
    return CSV if file_name.lower().endswith(".csv") else XLSX


def keep(store: Store, run: Run, data: bytes, kind: EvidenceKind, media_type: str, name: str) -> Evidence:  # noqa: PLR0917
    return store.evidence.put(
        data, kind=kind, media_type=media_type, url=f"handed-in:{name}", run=run.id, captured_at=run.started_at
    )


def observe(store: Store, run: Run, hand_in: HandIn, kept: Mapping[str, Evidence]) -> Iterable[Observation]:
    """Make one observation out of all lines about one item, place and topic."""
    items = known_items(store, hand_in.about)
    ordered = sorted(hand_in.records, key=lambda one: (one.about, one.observed_at))
    for (place, topic, code), group in groupby(ordered, key=lambda one: one.about):
        lines = tuple(group)
        outcome = next(one for one in WORST_FIRST if any(line.outcome is one for line in lines))
        yield Observation(
            run=run.id,
            portal=place,
            unit=lines[0].unit,
            subject=code,
            item_id=items.get(code, {}).get(lines[0].unit, code),
            probe_id=topic,
            probe_version=MANUAL_VERSION,
            outcome=outcome,
            reason="；".join(dict.fromkeys(line.seen for line in lines)),
            measures=figures(ManualTopic(topic), lines, outcome),
            steps=tuple(steps_of(lines, kept)),
            started_at=lines[0].observed_at,
            finished_at=lines[-1].observed_at,
            channel=Channel.MANUAL,
            recorded_by=hand_in.by,
            rows=tuple(row_of(line) for line in lines),
            inputs={
                "records": [line.model_dump(mode="json") for line in lines],
                "pictures_handed_in": {
                    name: hand_in.pictures[name].handed_in for line in lines for name in line.pictures
                },
            },
        )


def known_items(store: Store, about: Run) -> Items:
    """Map the codes that the run's listings name to item ids by body; those of 广东政务服务网 win."""
    listed = sorted(store.crawls.listed(about.id), key=lambda one: one.portal != "gdzwfw")
    found: dict[str, dict[str, str]] = {}
    for one in listed:
        found.setdefault(one.code, {}).setdefault(one.unit, one.item_id)
    return found


def row_of(line: ManualRecord) -> ObservedRow:
    """Keep one line with both values; a pass is 1, a fault 0, "cannot tell" is not graded."""
    grades = {Outcome.PASS: 1.0, Outcome.FAIL: 0.0}
    measures: dict[str, Measure] = {"source": line.source}
    if line.note:
        measures["note"] = line.note
    return ObservedRow(
        kind=line.field.value if line.field else line.topic.value,
        asked=LABELS_ZH[line.field] if line.field else PLACE_TITLES_ZH[ManualPlace(line.place)],
        expected=line.expected,
        seen=line.seen,
        grade=grades.get(line.outcome),
        measures=measures,
    )


def steps_of(lines: Iterable[Pictured], kept: Mapping[str, Evidence]) -> Iterable[Step]:
    """Show each picture as a step, so that the page of an observation replays what the person saw."""
    shown = list(dict.fromkeys((name, line.observed_at, line.seen) for line in lines for name in line.pictures))
    for index, (name, moment, seen) in enumerate(shown, start=1):
        yield Step(
            index=index,
            title=f"图片：{name}",
            status=StepStatus.DONE,
            started_at=moment,
            duration_ms=0,
            screenshot=kept[name].sha256,
            note=seen,
        )


def figures(topic: ManualTopic, lines: tuple[ManualRecord, ...], outcome: Outcome) -> dict[str, Measure]:
    """Return the figures that scoring reads, under the names that the probes use."""
    if topic is ManualTopic.MOBILE_ENTRANCE:
        return {MeasureName.MOBILE_TRIED: int(outcome.counts), MeasureName.MOBILE_OPEN: int(outcome is Outcome.PASS)}
    if topic is ManualTopic.OFFLINE_CONSISTENCY:
        told = [line for line in lines if line.outcome.counts]
        materials = [line for line in told if line.field is FieldName.MATERIALS]
        conditions = [line for line in told if line.field is FieldName.CONDITION]
        return {
            MeasureName.FIELDS_COMPARED: len(told),
            MeasureName.FIELDS_DIFFERING: count_faults(told),
            MeasureName.MATERIALS_COMPARED: len(materials),
            MeasureName.MATERIALS_DIFFERING: count_faults(materials),
            MeasureName.CONDITIONS_COMPARED: len(conditions),
            MeasureName.CONDITIONS_DIFFERING: count_faults(conditions),
        }
    return {}


def count_faults(lines: Iterable[ManualRecord]) -> int:
    """Count the lines that say something is not as it should be."""
    return sum(line.outcome is Outcome.FAIL for line in lines)
