"""What a round of questions to a service desk amounts to, from graded rows alone, so that people's grades count too."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from fractions import Fraction

from domain.failure import FailureReason
from domain.measure_name import MeasureName
from domain.observation import Measure, ObservedRow
from domain.outcome import Outcome
from probes.desk.answer_grading import Manner
from probes.probe import ProbeResult

TURNS_MAX = 2
SECONDS_MAX = 5.0
WEIGHTS = {
    MeasureName.DESK_ACCURACY: Fraction("0.6"),
    MeasureName.DESK_CONSISTENCY: Fraction("0.2"),
    MeasureName.DESK_IN_TURNS: Fraction("0.1"),
    MeasureName.DESK_IN_TIME: Fraction("0.1"),
}
"""Score of an item (methodology.md §4.4)."""

UNHEARD = ProbeResult(outcome=Outcome.INCONCLUSIVE, failure=FailureReason.EMPTY_ANSWER, reason="没有一个回答可以评定")


def conclude_questions(rows: Sequence[ObservedRow]) -> ProbeResult:
    """Sum up the questions about one item; rows without a grade were not heard and count nowhere.

    The desk fails when not one answer is worth anything; everything else is a matter of the score.
    """
    measures = measure_rows(rows)
    graded = [row for row in rows if row.grade is not None]
    if not graded:
        return UNHEARD
    right = sum(row.grade == 1 for row in graded)
    score = float(sum(weight * Fraction(str(measures[name])) for name, weight in WEIGHTS.items()))
    failed = not any(row.grade for row in graded)
    return ProbeResult(
        outcome=Outcome.FAIL if failed else Outcome.PASS,
        failure=FailureReason.NOT_ANSWERED if failed else None,
        reason=f"{len(graded)} 个提问中 {right} 个回答正确，客服得分 {score:.2f}（满分 1）",
        value=round(score, 4),
        measures=measures,
    )


def measure_rows(rows: Sequence[ObservedRow]) -> dict[str, Measure]:
    """Return the figures of methodology.md §4.4; shares are left out where nothing was graded."""
    graded = [row for row in rows if row.grade is not None]
    counts: dict[str, Measure] = {
        MeasureName.DESK_QUESTIONS: len(graded),
        MeasureName.DESK_REFUSALS: sum(is_refusal(row) for row in graded),
        "desk_unheard": len(rows) - len(graded),
    }
    if not graded:
        return counts
    answered = [not is_refusal(row) and number(row, "turns") <= TURNS_MAX for row in graded]
    in_time = [number(row, "seconds") <= SECONDS_MAX for row in graded]
    return counts | {
        MeasureName.DESK_ACCURACY: share([row.grade or 0.0 for row in graded]),
        MeasureName.DESK_CONSISTENCY: share([float(same) for same in agree_by_question(graded)]),
        MeasureName.DESK_IN_TURNS: share([float(yes) for yes in answered]),
        MeasureName.DESK_IN_TIME: share([float(yes) for yes in in_time]),
    }


def conclude_controls(rows: Sequence[ObservedRow]) -> ProbeResult:
    """Sum up the questions that no office handles: the desk fails when it answers every one of them with confidence."""
    graded = [row for row in rows if row.grade is not None]
    if not graded:
        return UNHEARD
    held = share([row.grade or 0.0 for row in graded])
    return ProbeResult(
        outcome=Outcome.PASS if held else Outcome.FAIL,
        failure=None if held else FailureReason.NOT_ANSWERED,
        reason=f"{len(graded)} 个范围外提问，不乱答得分 {held:.2f}（满分 1）",
        value=held,
        measures={MeasureName.DESK_CONTROLS: len(graded), MeasureName.DESK_CONTROLS_HELD: held},
    )


def agree_by_question(rows: Sequence[ObservedRow]) -> list[bool]:
    """Say for each question asked in more than one wording whether all of them got one grade."""
    grades: Mapping[str, list[float]] = defaultdict(list)
    for row in rows:
        grades[row.kind].append(row.grade or 0.0)
    return [len(set(given)) == 1 for given in grades.values() if len(given) > 1]


def is_refusal(row: ObservedRow) -> bool:
    """Say whether the desk turned the question away."""
    return row.measures.get("manner") == Manner.REFUSED


def number(row: ObservedRow, name: str) -> float:
    """Read a row's figure; one that is missing is beyond every limit."""
    value = row.measures.get(name)
    return float(value) if isinstance(value, int | float) else float("inf")


def share(values: Sequence[float]) -> float:
    """Mean, rounded to six places; 0 of nothing."""
    return round(sum(values) / len(values), 6) if values else 0.0
