"""Two scorings that differ in anything but the bodies say so, each difference by name."""

import pytest

from domain.comparability import Difference, are_of_one_make, compare_bases, compare_scores
from domain.score import Score, ScoreState
from domain.scoring_basis import RowDefinition, ScoringBasis

ROW = RowDefinition(
    table="D",
    row=37,
    indicator="fewer-visits",
    version=2,
    level1="成效",
    level2="效能",
    level3="减跑动",
    weight=4.0,
    unit="%",
    description="",
    row_class="F",
    channels=(),
    formula="（1−平均到场次数）·k",
    points_map="share",
    why="",
    source="",
    minimum_coverage=0.98,
)
BASIS = ScoringBasis(
    run="a",
    period="2021H1",
    tool_version="0.1",
    reading="narrow",
    rule_sets=("rs1",),
    targets={"time_saving": "0.6"},
    targets_placeholder=False,
    readability_calibrated=False,
    seed=1,
    draws=5_000,
    rows=(ROW,),
)
SCORE = Score(
    run="a",
    period="2021H1",
    unit="dept-01",
    table="D",
    row=37,
    indicator="fewer-visits",
    version=2,
    rule_set="rs1",
    title="减跑动",
    weight=4.0,
    state=ScoreState.SCORED,
    value=0.5,
    points=2.0,
    numerator=1,
    denominator=2,
    coverage=1,
    minimum_coverage=0.98,
)


def test_another_run_by_the_same_definitions_is_comparable() -> None:
    later = BASIS.model_copy(update={"run": "b", "period": "2021H2", "seed": 9, "tool_version": "0.2"})
    assert compare_bases(BASIS, later) == ()
    assert compare_scores(SCORE, SCORE.model_copy(update={"run": "b", "value": 0.9})) == ()


@pytest.mark.parametrize(
    ("change", "difference", "sentence"),
    [
        ({"reading": "wide"}, Difference.READING, "不适用规则的理解（窄/宽）不同（narrow → wide）"),
        ({"rule_sets": ("rs1", "rs2")}, Difference.RULE_SET, "规则集不同（rs1 → rs1+rs2）"),
        ({"targets": {"time_saving": "0.8"}}, Difference.TARGETS, "目标值不同（time_saving=0.6 → time_saving=0.8）"),
        ({"readability_calibrated": True}, Difference.READABILITY, "易懂性是否计分不同（False → True）"),
        (
            {"rows": (ROW.model_copy(update={"version": 3}),)},
            Difference.INDICATOR_VERSION,
            "D37：指标版本不同（fewer-visits v2 → fewer-visits v3）",
        ),
        ({"rows": (ROW.model_copy(update={"weight": 6.0}),)}, Difference.WEIGHT, "D37：权重不同（4 → 6）"),
        ({"rows": ()}, Difference.ROWS, "D37：只有一次计了分（fewer-visits → 无）"),
    ],
)
def test_each_difference_has_its_name(change: dict[str, object], difference: Difference, sentence: str) -> None:
    (told,) = compare_bases(BASIS, BASIS.model_copy(update=change))
    assert told.difference is difference
    assert told.sentence_zh == sentence


def test_a_run_that_kept_no_definitions_is_not_comparable() -> None:
    (told,) = compare_bases(None, BASIS)
    assert told.difference is Difference.NO_BASIS


def test_scores_of_different_versions_are_not_subtracted() -> None:
    newer = SCORE.model_copy(update={"version": 3, "rule_set": "rs2"})
    assert [one.difference for one in compare_scores(SCORE, newer)] == [
        Difference.INDICATOR_VERSION,
        Difference.RULE_SET,
    ]
    assert are_of_one_make([SCORE, SCORE.model_copy(update={"unit": "dept-02"})])
    assert not are_of_one_make([SCORE, SCORE.model_copy(update={"unit": "dept-02", "version": 3})])
    assert not are_of_one_make([SCORE, SCORE.model_copy(update={"rule_set": "rs2"})])
