"""Nobody is accused on one look: what several visits amount to, held against the issue's own words (point 9)."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.conclusion import OUTAGES, conclude, is_suspect
from domain.failure import BLAME, FailureReason
from domain.observation import Visit
from domain.outcome import Outcome
from domain.retry import RETRIES

START = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
BLIND = (Outcome.BLOCKED, Outcome.ERROR)


def visit(
    number: int,
    outcome: Outcome,
    failure: FailureReason | None = None,
    *,
    hours: float | None = None,
    healthy: bool | None = True,
) -> Visit:
    at = START + timedelta(hours=24 * (number - 1) if hours is None else hours)
    return Visit(
        number=number,
        run=f"run-{number}",
        started_at=at,
        finished_at=at,
        outcome=outcome,
        failure=failure,
        reason=f"visit {number}",
        control_healthy=healthy,
        trace=str(number),
    )


def failing(number: int, reason: FailureReason = FailureReason.NOT_OPEN, **more: object) -> Visit:
    return visit(number, BLAME[reason], reason, **more)  # type: ignore[arg-type] # keyword arguments of visit


def verdict_of(*visits: Visit, gap_h: float = 6.0, damaged: frozenset[int] = frozenset()) -> Outcome:
    return conclude(visits, gap_h=gap_h, is_sound=lambda one: one.number not in damaged).outcome


def test_three_nights_with_a_healthy_control_accuse() -> None:
    visits = [failing(number) for number in (1, 2, 3)]
    assert [verdict_of(*visits[:count]) for count in (1, 2, 3)] == [
        Outcome.INCONCLUSIVE,
        Outcome.INCONCLUSIVE,
        Outcome.FAIL,
    ]
    said = conclude(visits, gap_h=6, is_sound=lambda _: True)
    assert (said.failure, said.confirmed, said.open) == (FailureReason.NOT_OPEN, 3, False)


def test_three_visits_in_one_hour_are_one_occasion() -> None:
    assert verdict_of(*(failing(number, hours=number / 4) for number in (1, 2, 3))) is Outcome.INCONCLUSIVE
    assert verdict_of(*(failing(number, hours=number / 4) for number in (1, 2, 3)), gap_h=0) is Outcome.FAIL


@pytest.mark.parametrize("healthy", [False, None])
def test_a_visit_without_a_healthy_control_does_not_count(healthy: bool | None) -> None:
    assert verdict_of(failing(1), failing(2, healthy=healthy), failing(3)) is Outcome.INCONCLUSIVE
    assert verdict_of(failing(1), failing(2, healthy=healthy), failing(3), failing(4)) is Outcome.FAIL


def test_a_visit_whose_evidence_does_not_verify_does_not_count() -> None:
    visits = [failing(number) for number in (1, 2, 3)]
    assert verdict_of(*visits, damaged=frozenset({2})) is Outcome.INCONCLUSIVE


def test_a_pass_refutes_what_came_before_it_and_keeps_it_visible() -> None:
    visits = [failing(1), failing(2), visit(3, Outcome.PASS)]
    said = conclude(visits, gap_h=6, is_sound=lambda _: True)
    assert (said.outcome, said.failure) == (Outcome.PASS, None)
    assert "此前 2 次" in said.reason
    assert verdict_of(*visits, failing(4), failing(5)) is Outcome.INCONCLUSIVE
    assert verdict_of(*visits, failing(4), failing(5), failing(6)) is Outcome.FAIL


def test_outages_confirm_each_other_and_plain_answers_only_themselves() -> None:
    outages = (FailureReason.TIMEOUT, FailureReason.HTTP_5XX, FailureReason.RESET)
    assert verdict_of(*(failing(number, reason) for number, reason in enumerate(outages, 1))) is Outcome.FAIL
    mixed = (FailureReason.NOT_OPEN, FailureReason.HTTP_5XX, FailureReason.NOT_OPEN)
    assert verdict_of(*(failing(number, reason) for number, reason in enumerate(mixed, 1))) is Outcome.INCONCLUSIVE


@pytest.mark.parametrize("reason", [reason for reason in FailureReason if BLAME[reason] in BLIND])
def test_what_kept_us_out_or_broke_with_us_never_accuses(reason: FailureReason) -> None:
    visits = [failing(number, reason) for number in range(1, 6)]
    assert not any(map(is_suspect, visits))
    assert verdict_of(*visits) is BLAME[reason]


def test_announced_maintenance_never_accuses() -> None:
    visits = [failing(number, FailureReason.MAINTENANCE) for number in range(1, 6)]
    assert verdict_of(*visits) is Outcome.INCONCLUSIVE


def test_a_blocked_night_neither_counts_nor_clears() -> None:
    nights = [failing(1), failing(2), failing(3, FailureReason.CAPTCHA)]
    said = conclude(nights, gap_h=6, is_sound=lambda _: True)
    assert (said.outcome, said.open, said.confirmed) == (Outcome.BLOCKED, True, 2)
    assert verdict_of(*nights, failing(4)) is Outcome.FAIL


def test_every_reason_has_its_blame_and_its_retry() -> None:
    assert set(BLAME) == set(RETRIES) == set(FailureReason)
    assert all(BLAME[reason] is Outcome.INCONCLUSIVE for reason in OUTAGES)


VISITS = st.lists(
    st.builds(
        lambda reason, healthy, gap: (reason, healthy, gap),
        st.sampled_from([*FailureReason, None]),
        st.sampled_from([True, False, None]),
        st.floats(min_value=0, max_value=30),
    ),
    min_size=1,
    max_size=9,
)


@given(rows=VISITS, damaged=st.frozensets(st.integers(1, 9)))
def test_a_fail_always_rests_on_three_occasions_that_count(
    rows: list[tuple[FailureReason | None, bool | None, float]], damaged: frozenset[int]
) -> None:
    """Counted here in another way than there: pairwise distances of the visits since the last pass."""
    hours, visits = 0.0, []
    for number, (reason, healthy, gap) in enumerate(rows, 1):
        hours += gap
        made = (
            visit(number, Outcome.PASS, hours=hours, healthy=healthy)
            if reason is None
            else failing(number, reason, hours=hours, healthy=healthy)
        )
        visits.append(made)
    if verdict_of(*visits, damaged=damaged) is not Outcome.FAIL:
        return
    since = visits[max((at for at, one in enumerate(visits, 1) if one.outcome is Outcome.PASS), default=0) :]
    able = [one for one in since if one.control_healthy is True and one.number not in damaged and is_suspect(one)]
    apart = [
        (a, b, c)
        for a in able
        for b in able
        for c in able
        if b.started_at - a.started_at >= timedelta(hours=6) and c.started_at - b.started_at >= timedelta(hours=6)
    ]
    assert apart
