"""Reads a filled-in check sheet against the draw and keeps it whole, or not at all: a run, observations, checks."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import groupby
from pathlib import Path

from domain.errors import MachineError, UsageError
from domain.evidence import Evidence, EvidenceKind
from domain.observation import Channel, Observation, ObservedRow
from domain.outcome import Outcome
from domain.run import Run, RunKind, RunState
from domain.sample import ASPECT_TITLES_ZH, SampleCheck, SampleCommitment, SampledItem, SampleDraw, Verdict
from intake.cell import Fault
from intake.filled_table import FilledRow, read_table
from intake.hand_in import PACKAGES, keep, keep_picture, media_type_of, new_run_id, seal, steps_of
from intake.manual_intake import Taken, place, read_file, require_name, take_pictures
from intake.pictures import Picture
from intake.templates.checks import CHECKS, CheckLine
from storage.run_manifest import close_evidence, close_left_open
from storage.store import Store

CHECK_PROBE = "sample-check"
CHECK_PLACE = "visit"
CHECK_VERSION = 1
OUTCOMES = {
    Verdict.CONFIRMED: Outcome.PASS,
    Verdict.MISMATCH: Outcome.FAIL,
    Verdict.UNCLEAR: Outcome.INCONCLUSIVE,
}
GRADES = {Verdict.CONFIRMED: 1.0, Verdict.MISMATCH: 0.0}
WORST_FIRST = (Verdict.MISMATCH, Verdict.CONFIRMED, Verdict.UNCLEAR)


@dataclass(frozen=True, kw_only=True)
class CheckHandIn:
    """One handed-in check sheet: who brought it, of which sample, every line and picture."""

    by: str
    commitment: SampleCommitment
    lines: tuple[CheckLine, ...]
    items: Mapping[tuple[str, str], SampledItem]
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    file_name: str
    file: bytes
    tool_commit: str = "unknown"


@dataclass(frozen=True, kw_only=True)
class DrawnItems:
    """The draw that a sheet is read against."""

    commitment: SampleCommitment
    draw: SampleDraw
    items: Mapping[tuple[str, str], SampledItem]


def read_checks(
    store: Store, table: Path, *, by: str, pictures: Path | None = None, tool_commit: str = "unknown"
) -> CheckHandIn:
    """Read a filled-in sheet; raise ``MisfitsError`` naming every cell, ``UsageError`` for files that are not there.

    One sheet holds the checks of one sample.
    """
    name = require_name(by)
    data = read_file(table)
    known, taken = drawn_samples(store), Taken()
    seen: dict[tuple[object, ...], int] = {}

    def look(row: FilledRow[CheckLine]) -> list[Fault]:
        misfits = take_pictures(row, pictures, taken, CHECKS.column("pictures"))
        return [*misfits, *check_line(row, known), *check_twice(row, seen)]

    filled = read_table(CHECKS, data, name=table.name, also=look)
    lines = tuple(row.thing for row in filled)
    samples = sorted({line.sample for line in lines})
    if len(samples) > 1:
        raise UsageError(f"{table.name} holds checks of {', '.join(samples)}; allowed: one sample a sheet")
    return CheckHandIn(
        by=name,
        commitment=known[samples[0]].commitment,
        lines=lines,
        items=known[samples[0]].items,
        pictures=taken,
        file_name=table.name,
        file=data,
        tool_commit=tool_commit,
    )


def drawn_samples(store: Store) -> dict[str, DrawnItems]:
    """Return every drawn sample of the store by its id."""
    found: dict[str, DrawnItems] = {}
    for commitment in store.samples.commitments():
        draw = store.samples.draw(commitment.id)
        if draw is not None:
            items = {(item.unit, item.code): item for item in store.samples.items(commitment.id)}
            found[commitment.id] = DrawnItems(commitment=commitment, draw=draw, items=items)
    return found


def check_line(row: FilledRow[CheckLine], known: Mapping[str, DrawnItems]) -> Iterator[Fault]:
    """Hold a line against the draw: its sample, its item, what is asked about the item, and when it was looked at."""
    line = row.thing
    drawn = known.get(line.sample)
    if drawn is None:
        listed = "、".join(known) or "无"
        yield _fault(row, "sample", line.sample, f"不是已抽取的样本，可填：{listed}", f"is no drawn sample: {listed}")
        return
    item = drawn.items.get((line.unit, line.code))
    if item is None:
        yield _fault(row, "code", line.code, "不在该单位抽中的事项里", "was not drawn for this body")
    elif line.aspect not in item.asked:
        asked = "、".join(ASPECT_TITLES_ZH[aspect] for aspect in item.asked)
        given = ASPECT_TITLES_ZH[line.aspect]
        yield _fault(row, "aspect", given, f"不在该事项的核验内容里，可填：{asked}", f"is not asked: {asked}")
    if line.observed_at < drawn.draw.drawn_at:
        yield _fault(row, "day", f"{line.observed_at:%Y-%m-%d}", "早于抽样时间", "lies before the draw")


def check_twice(row: FilledRow[CheckLine], seen: dict[tuple[object, ...], int]) -> Iterator[Fault]:
    """One observer says one thing about one declaration at one time."""
    line = row.thing
    earlier = seen.setdefault((line.unit, line.code, line.aspect, line.observer, line.observed_at), row.row)
    if earlier != row.row:
        yield _fault(row, "observer", line.observer, f"与第 {earlier} 行重复", f"says the same as row {earlier}")


def _fault(row: FilledRow[CheckLine], key: str, given: str, zh: str, en: str) -> Fault:
    column = CHECKS.column(key)
    return place(column, row, column.fault(given, zh, en))


def record_checks(store: Store, hand_in: CheckHandIn) -> tuple[Run, tuple[SampleCheck, ...]]:
    """Keep a sheet; raise ``UsageError`` for one that was handed in before, ``MachineError`` for a failing disk."""
    close_left_open(store)
    if earlier := store.manual.run_of_file(hashlib.sha256(hand_in.file).hexdigest()):
        raise UsageError(f"{hand_in.file_name} was imported before, as run {earlier}; allowed: a sheet with other rows")
    run = begin_checks(hand_in)
    kept = {name: keep_picture(store, run, picture) for name, picture in hand_in.pictures.items()}
    media_type = media_type_of(hand_in.file_name)
    original = keep(store, run, hand_in.file, EvidenceKind.HANDED_IN, media_type, hand_in.file_name)
    evidence = [*kept.values(), original]
    for one in evidence:
        if not store.evidence.holds(one.sha256):
            raise MachineError(f"evidence {one.sha256} cannot be read again after it was written; nothing was recorded")
    by_hash = {one.sha256: one for one in evidence}
    sealed = [seal(store, observation, by_hash) for observation in observe_items(run, hand_in, kept)]
    evidence += [record for _, records in sealed for record in records]
    checks = tuple(check_of(run, hand_in, line, kept) for line in hand_in.lines)
    store.manual.save(run, evidence, (observation for observation, _ in sealed), checks)
    closed = close_evidence(store, run)
    store.runs.update(closed)
    return closed, checks


def begin_checks(hand_in: CheckHandIn) -> Run:
    """Write the provenance of a hand-in."""
    now = datetime.now(UTC)
    file_sha256 = hashlib.sha256(hand_in.file).hexdigest()
    return Run(
        id=new_run_id(now),
        kind=RunKind.MANUAL,
        period=hand_in.commitment.period,
        target=hand_in.commitment.target,
        state=RunState.FINISHED,
        started_at=now,
        finished_at=now,
        units=tuple(sorted({line.unit for line in hand_in.lines})),
        portals=(CHECK_PLACE,),
        tool_version=version("yuece"),
        tool_commit=hand_in.tool_commit,
        packages={name: version(name) for name in PACKAGES},
        settings_hash=file_sha256[:16],
        settings={
            "source": "import",
            "by": hand_in.by,
            "about": hand_in.commitment.run,
            "what": "checks",
            "sample": hand_in.commitment.id,
            "file_name": hand_in.file_name,
            "file_sha256": file_sha256,
        },
        counts={"rows": len(hand_in.lines), "pictures": len(hand_in.pictures)},
    )


def observe_items(run: Run, hand_in: CheckHandIn, kept: Mapping[str, Evidence]) -> Iterator[Observation]:
    """Make one observation out of all lines about one item."""
    ordered = sorted(hand_in.lines, key=lambda line: (line.unit, line.code, line.observed_at))
    for (unit, code), group in groupby(ordered, key=lambda line: (line.unit, line.code)):
        lines = tuple(group)
        worst = next(verdict for verdict in WORST_FIRST if any(line.verdict is verdict for line in lines))
        yield Observation(
            run=run.id,
            portal=CHECK_PLACE,
            unit=unit,
            subject=code,
            item_id=hand_in.items[unit, code].item_id,
            probe_id=CHECK_PROBE,
            probe_version=CHECK_VERSION,
            outcome=OUTCOMES[worst],
            reason="；".join(dict.fromkeys(line.seen for line in lines)),
            steps=tuple(steps_of(lines, kept)),
            started_at=lines[0].observed_at,
            finished_at=lines[-1].observed_at,
            channel=Channel.MANUAL,
            recorded_by=hand_in.by,
            rows=tuple(row_of_check(line) for line in lines),
            inputs={
                "sample": hand_in.commitment.id,
                "records": [line.model_dump(mode="json") for line in lines],
                "pictures_handed_in": {
                    name: hand_in.pictures[name].handed_in for line in lines for name in line.pictures
                },
            },
        )


def row_of_check(line: CheckLine) -> ObservedRow:
    """Keep one line with what the guide says and what was seen; "cannot tell" is not graded."""
    return ObservedRow(
        kind=line.aspect.value,
        asked=f"{ASPECT_TITLES_ZH[line.aspect]}（核验人：{line.observer}）",
        expected=line.declared,
        seen=line.seen,
        grade=GRADES.get(line.verdict),
        measures={"observer": line.observer, "source": line.source, **({"note": line.note} if line.note else {})},
    )


def check_of(run: Run, hand_in: CheckHandIn, line: CheckLine, kept: Mapping[str, Evidence]) -> SampleCheck:
    """Turn a line into the check that settles or refutes a declaration."""
    item_id = hand_in.items[line.unit, line.code].item_id
    return SampleCheck(
        commitment=line.sample,
        unit=line.unit,
        code=line.code,
        aspect=line.aspect,
        observer=line.observer,
        observation=f"{run.id}/{CHECK_PLACE}/{CHECK_PROBE}/{item_id}",
        verdict=line.verdict,
        seen=line.seen,
        source=line.source,
        observed_at=line.observed_at,
        note=line.note,
        pictures=tuple(kept[name].sha256 for name in line.pictures),
        recorded_by=hand_in.by,
        recorded_at=run.started_at,
    )
