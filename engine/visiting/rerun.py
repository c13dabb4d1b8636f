"""Makes an earlier probe again with the inputs that it had, and says what came out the same and what did not."""

from collections.abc import Iterator, Mapping
from enum import StrEnum

from pydantic import ValidationError

from domain.frozen import Frozen
from domain.observation import Measure, Observation, ObservedRow, Step
from probes.probe import ProbeTask
from storage.store import Store

TIME_ENDINGS = ("seconds", "_s", "_ms")
"""Names of figures that are never the same twice, and are no difference for that."""


class Sameness(StrEnum):
    """How one thing compares with the time before."""

    SAME = "same"
    DIFFERENT = "different"
    TIME = "time"  # a duration: shown, never called a difference


class Compared(Frozen):
    """One thing that both observations tell."""

    what: str
    before: str
    after: str
    verdict: Sameness


def task_again(observation: Observation) -> ProbeTask | None:
    """Return the task as it was given; ``None`` for an observation that kept none, or none of today's shape."""
    if not observation.inputs:
        return None
    try:
        return ProbeTask.model_validate(observation.inputs)
    except ValidationError:
        return None


def earlier_of(store: Store, observation: Observation) -> Observation | None:
    """Return the observation that this one repeats; ``None`` when it repeats none, or a lost one."""
    repeated = str(store.runs.get(observation.run).settings.get("rerun_of", ""))
    return store.observations.get(repeated) if repeated else None


def compare_observations(before: Observation, after: Observation) -> tuple[Compared, ...]:
    """Hold two observations of one probe on one item against each other, the verdict first."""
    return tuple(
        Compared(what=what, before=one, after=other, verdict=_verdict(what, one, other))
        for what, one, other in (*_heads(before, after), *_measures(before, after), *_lists(before, after))
    )


def _verdict(what: str, before: str, after: str) -> Sameness:
    if before == after:
        return Sameness.SAME
    return Sameness.TIME if what.startswith("measure ") and what.endswith(TIME_ENDINGS) else Sameness.DIFFERENT


def _heads(before: Observation, after: Observation) -> Iterator[tuple[str, str, str]]:
    for name in ("outcome", "failure", "reason", "value", "probe_version", "browser"):
        yield name, _text(getattr(before, name)), _text(getattr(after, name))
    same = before.inputs == after.inputs
    yield "inputs", "as given", "as given" if same else "others"


def _measures(before: Observation, after: Observation) -> Iterator[tuple[str, str, str]]:
    for name in sorted({*before.measures, *after.measures}):
        yield f"measure {name}", _told(before.measures, name), _told(after.measures, name)


def _told(measures: Mapping[str, Measure], name: str) -> str:
    return _text(measures[name]) if name in measures else "—"


def _lists(before: Observation, after: Observation) -> Iterator[tuple[str, str, str]]:
    yield from _pairs("step", tuple(map(_step, before.steps)), tuple(map(_step, after.steps)))
    yield from _pairs("row", tuple(map(_row, before.rows)), tuple(map(_row, after.rows)))
    yield "refusals", _refused(before), _refused(after)


def _refused(seen: Observation) -> str:
    return "; ".join(sorted({f"{one.method} {one.resource} [{one.rule}]" for one in seen.refusals})) or "none"


def _pairs(what: str, before: tuple[str, ...], after: tuple[str, ...]) -> Iterator[tuple[str, str, str]]:
    for number in range(max(len(before), len(after))):
        one, other = (told[number] if number < len(told) else "—" for told in (before, after))
        yield f"{what} {number + 1}", one, other


def _step(step: Step) -> str:
    return f"{step.title} [{step.status.value}{f', {step.failure.value}' if step.failure else ''}]"


def _row(row: ObservedRow) -> str:
    return " · ".join(part for part in (row.kind, row.asked, row.seen, _text(row.grade)) if part)


def _text(value: object) -> str:
    if value is None:
        return "—"
    return f"{value:g}" if isinstance(value, float) else str(value)
