"""Makes one verdict of several visits: nobody is accused on one look (docs/fairness.md)."""

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from enum import StrEnum

from domain.failure import BLAME, REASON_TITLES_ZH, FailureReason
from domain.frozen import Frozen
from domain.observation import Visit
from domain.outcome import Outcome

OCCASIONS = 3
"""Failing visits that a ``fail`` needs, as for addresses (methodology.md §3.2: three looks)."""


class FaultKind(StrEnum):
    """Failures that confirm each other; a plain answer (暂未开通, no free slot …) is confirmed by itself alone."""

    OUTAGE = "outage"  # line or server, whatever shape it takes from visit to visit
    ANSWER = "answer"


OUTAGES = frozenset(
    {
        FailureReason.TIMEOUT,
        FailureReason.DNS,
        FailureReason.REFUSED,
        FailureReason.RESET,
        FailureReason.TLS,
        FailureReason.HTTP_4XX,
        FailureReason.HTTP_5XX,
        FailureReason.SESSION_LOST,
        FailureReason.BUSY,
        FailureReason.EMPTY_ANSWER,
        FailureReason.BROKEN_ANSWER,
        FailureReason.PAGE_GONE,
        FailureReason.REDIRECT_LOOP,
    }
)
"""Inconclusive when seen once; the portal's fault when seen on three occasions while everything else works."""

GOOD = frozenset({Outcome.PASS, Outcome.NOT_APPLICABLE})
Fault = tuple[FaultKind, FailureReason | None]


class Conclusion(Frozen):
    """What the visits amount to. ``open`` asks for another visit: the fault is neither confirmed nor refuted."""

    outcome: Outcome
    failure: FailureReason | None = None
    reason: str
    confirmed: int = 0  # occasions that count
    open: bool = False


def fault_of(visit: Visit, *, outages: bool = True) -> Fault | None:
    """Name the fault that a visit speaks for; ``None`` when it accuses nobody.

    Without ``outages`` a line or server that fails speaks for none: then the probe compares, and could not.
    """
    if visit.failure in OUTAGES:
        accuses = outages and visit.outcome in (Outcome.INCONCLUSIVE, Outcome.FAIL)
        return (FaultKind.OUTAGE, None) if accuses else None
    plain = visit.failure is None or BLAME[visit.failure] is Outcome.FAIL
    return (FaultKind.ANSWER, visit.failure) if plain and visit.outcome is Outcome.FAIL else None


def is_suspect(visit: Visit, *, outages: bool = True) -> bool:
    """Say whether a visit needs a control and a second look."""
    return fault_of(visit, outages=outages) is not None


def conclude(
    visits: Sequence[Visit], *, gap_h: float, is_sound: Callable[[Visit], bool], outages: bool = True
) -> Conclusion:
    """Return the verdict of visits in the order in which they were made; raise ``ValueError`` for none.

    ``gap_h`` is the least distance of two occasions in hours, ``is_sound`` says whether a visit's evidence verifies;
    it is asked only of visits that would accuse. A pass ends every suspicion that came before it.
    """
    if not visits:
        raise ValueError("a conclusion needs at least one visit")
    latest, streak = visits[-1], since_last_good(visits)
    suspect = next((visit for visit in reversed(streak) if is_suspect(visit, outages=outages)), None)
    if suspect is None:
        return Conclusion(outcome=latest.outcome, failure=latest.failure, reason=tell_good(latest, visits))
    fault = fault_of(suspect)
    alike = [visit for visit in streak if fault_of(visit, outages=outages) == fault]
    counted = separate([visit for visit in alike if visit.control_healthy and is_sound(visit)], gap_h)
    if len(counted) >= OCCASIONS:
        return accuse(counted)
    if latest is not suspect and not latest.outcome.counts:
        # Tonight we saw nothing; what earlier visits suspect stays open.
        return Conclusion(
            outcome=latest.outcome, failure=latest.failure, reason=latest.reason, confirmed=len(counted), open=True
        )
    return Conclusion(
        outcome=Outcome.INCONCLUSIVE,
        failure=suspect.failure,
        reason=tell_open(suspect, len(counted), len(alike), is_sound),
        confirmed=len(counted),
        open=True,
    )


def since_last_good(visits: Sequence[Visit]) -> Sequence[Visit]:
    """Return the visits after the last one that found nothing wrong."""
    last = max((at for at, visit in enumerate(visits) if visit.outcome in GOOD), default=-1)
    return visits[last + 1 :]


def separate(visits: Iterable[Visit], gap_h: float) -> list[Visit]:
    """Keep visits that lie at least ``gap_h`` hours apart, the earliest first."""
    kept: list[Visit] = []
    for visit in visits:
        if not kept or visit.started_at - kept[-1].started_at >= timedelta(hours=gap_h):
            kept.append(visit)
    return kept


def accuse(counted: Sequence[Visit]) -> Conclusion:
    """Word a fault that was seen on three occasions."""
    last = counted[-1]
    return Conclusion(
        outcome=Outcome.FAIL,
        failure=last.failure,
        reason=f"先后 {len(counted)} 次到访均未通过，各次对照页面正常：{last.reason}",
        confirmed=len(counted),
    )


def tell_good(latest: Visit, visits: Sequence[Visit]) -> str:
    """Word a visit that accuses nobody, with the failing ones that it refutes."""
    before = sum(is_suspect(visit) for visit in visits)
    return (
        f"{latest.reason}（复核通过，此前 {before} 次到访未通过）"
        if before and latest.outcome in GOOD
        else latest.reason
    )


def tell_open(suspect: Visit, counted: int, seen: int, is_sound: Callable[[Visit], bool]) -> str:
    """Word a suspicion that is not confirmed yet, and why its last visit may not count."""
    doubt = doubt_about(suspect, is_sound)
    title = REASON_TITLES_ZH[suspect.failure] if suspect.failure else "未通过"
    told = suspect.reason or title
    return f"待复核：第 {seen} 次未通过，有效 {counted} 次（共需 {OCCASIONS} 次）{doubt}：{told}"


def doubt_about(visit: Visit, is_sound: Callable[[Visit], bool]) -> str:
    """Say why a visit does not count; "" when it does."""
    if visit.control_healthy is None:
        return "，没有对照探测，本次不计"
    if not visit.control_healthy:
        return "，对照页面同样不正常，本次不计"
    return "" if is_sound(visit) else "，证据复核未通过，本次不计"
