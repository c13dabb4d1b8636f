"""What a query's results are worth, worked by hand after methodology.md §4.2–4.3."""

import pytest

from domain.failure import FailureReason
from domain.observation import ObservedRow
from domain.outcome import Outcome
from portals.citizen import SearchHit
from probes.search.keyword_search import conclude
from probes.search.query_kind import QueryKind
from probes.search.search_figures import sum_up
from probes.search.search_judgement import Answer, judge, unseen
from probes.search.search_queries import SearchQuery

ITEM = "11440000006940116U2440102003001"  # portals.md §6.1
SIBLING = ITEM + "02"
CASE = ITEM + "01"
ELSEWHERE = "11440100007483172Q3440102003001"
OTHER = "11440000006940116U2440102012001"


def row(kind: QueryKind, *codes: str, seconds: float = 0.5) -> ObservedRow:
    hits = tuple(
        SearchHit(rank=rank, title=f"事项{rank}", department="某局", code=code, url="")
        for rank, code in enumerate(codes, start=1)
    )
    return judge(Answer(query=SearchQuery(kind=kind, text="词"), hits=hits, seconds=seconds), CASE, "某事项")


def test_a_row_keeps_what_was_shown_and_how_it_was_judged() -> None:
    seen = row(QueryKind.OFFICIAL, ELSEWHERE, SIBLING, CASE)
    assert seen.measures["gains"] == "1,2,3"
    assert (seen.measures["rank"], seen.measures["hits"], seen.measures["first_code"]) == (3, 3, ELSEWHERE)
    assert (seen.measures["hit_at_1"], seen.measures["hit_at_3"]) == (False, True)
    assert seen.measures["reciprocal_rank"] == 0.5
    assert seen.measures["wrong_place"] is True
    assert seen.seen.startswith("1. 事项1（某局）；2. 事项2")


@pytest.mark.parametrize("kind", [QueryKind.EVERYDAY, QueryKind.QUESTION, QueryKind.LIFE_EVENT])
def test_citizens_words_wait_for_a_person_unless_codes_tell(kind: QueryKind) -> None:
    pooled = row(kind, OTHER, ELSEWHERE)
    assert (pooled.grade, pooled.review) == (None, True)
    assert row(kind, OTHER, CASE).grade == pytest.approx(0.63093, abs=1e-5)  # 1 / log2(3)
    nothing = row(kind)
    assert (nothing.grade, nothing.review, nothing.measures["zero_result"]) == (0, False, True)


@pytest.mark.parametrize("kind", [QueryKind.OFFICIAL, QueryKind.PLACE, QueryKind.PINYIN, QueryKind.SAME_SOUND])
def test_other_kinds_are_judged_by_codes_alone(kind: QueryKind) -> None:
    assert row(kind, OTHER).grade == 0
    assert row(kind, CASE).grade == 1


def test_the_figures_of_a_base_item() -> None:
    rows = [
        row(QueryKind.OFFICIAL, CASE, seconds=1.0),
        row(QueryKind.MAIN_PART, OTHER, CASE),
        row(QueryKind.EVERYDAY, OTHER, ELSEWHERE),  # waits for a person
        row(QueryKind.QUESTION),  # nothing shown: 0
        row(QueryKind.PLACE, ELSEWHERE, OTHER, OTHER, CASE),
        row(QueryKind.PINYIN, CASE),
        row(QueryKind.INITIALS),
        unseen(SearchQuery(kind=QueryKind.SAME_SOUND, text="词"), "某事项", FailureReason.CAPTCHA),
        row(QueryKind.LOOK_ALIKE, OTHER, OTHER, OTHER, CASE),
    ]
    figures = sum_up(rows)
    place = (1 + 3 / 2.321928) / (3 + 1 / 1.584963)  # gains 1, 0, 0, 3 against 3, 1, 0, 0
    assert figures["ndcg_at_10_t0_t4"] == pytest.approx((1 + 0.63093 + 0 + place) / 4, abs=1e-5)
    assert figures["hit_at_3_t2_t4"] == 0  # T3 and T4; T2 is not judged
    assert figures["findable"] is True
    assert figures["robustness"] == pytest.approx(1 / 3, abs=1e-6)  # T5 of T5, T6, T8; T7 was not seen
    assert figures["zero_result_share"] == pytest.approx(2 / 8)
    assert figures["wrong_place_share"] == pytest.approx(1 / 8)
    counts = ("queries_planned", "queries_seen", "queries_graded", "queries_for_review")
    assert [figures[name] for name in counts] == [9, 8, 7, 1]
    assert figures["median_seconds"] == 0.5


def test_findable_is_unknown_while_a_name_is_unseen() -> None:
    missed = row(QueryKind.OFFICIAL, OTHER)
    blocked = unseen(SearchQuery(kind=QueryKind.EVERYDAY, text="词"), "某事项", FailureReason.WAF)
    assert sum_up([missed])["findable"] is False
    assert sum_up([missed, blocked])["findable"] is None
    assert sum_up([missed, blocked, row(QueryKind.MAIN_PART, CASE)])["findable"] is True


def test_a_name_that_misses_leaves_robustness_open() -> None:
    figures = sum_up([row(QueryKind.OFFICIAL, OTHER), row(QueryKind.PINYIN, CASE)])
    assert figures["robustness"] is None
    assert sum_up([row(QueryKind.OFFICIAL, CASE)])["robustness"] is None


def test_a_persons_grade_counts_where_codes_could_not_tell() -> None:
    """A waiting T2 that a person calls right lifts nDCG and Hit@3; the verdict stays with the official name."""
    official, pooled = row(QueryKind.OFFICIAL, CASE), row(QueryKind.EVERYDAY, OTHER)
    waiting = conclude([official, pooled])
    assert (waiting.measures["ndcg_at_10_t0_t4"], waiting.measures["hit_at_3_t2_t4"]) == (1, None)
    assert waiting.measures["queries_for_review"] == 1
    judged = conclude([official, pooled.model_copy(update={"grade": 0.5})])
    assert (judged.measures["ndcg_at_10_t0_t4"], judged.measures["hit_at_3_t2_t4"]) == (0.75, 0.5)
    assert (judged.measures["queries_for_review"], judged.outcome) == (0, Outcome.PASS)


@pytest.mark.parametrize(
    ("codes", "outcome", "words"),
    [
        ((OTHER, CASE), Outcome.PASS, "第 2 位"),
        ((OTHER,) * 10 + (CASE,), Outcome.FAIL, "第 11 位"),
        ((SIBLING,), Outcome.FAIL, "显示 1 条结果"),
        ((), Outcome.FAIL, "显示 0 条结果"),
    ],
)
def test_the_official_name_alone_decides(codes: tuple[str, ...], outcome: Outcome, words: str) -> None:
    result = conclude([row(QueryKind.OFFICIAL, *codes), row(QueryKind.MAIN_PART, CASE)])
    assert result.outcome is outcome
    assert words in result.reason
    assert result.failure is (None if outcome is Outcome.PASS else FailureReason.NOT_FOUND_IN_SEARCH)


def test_nothing_seen_is_nothing_known() -> None:
    figures = sum_up([unseen(SearchQuery(kind=kind, text="词"), "某事项", None) for kind in QueryKind])
    assert {name for name, value in figures.items() if value is not None} == {
        "queries_planned",
        "queries_seen",
        "queries_graded",
        "queries_for_review",
    }
