"""Gain and nDCG against published examples and codes of real items."""

import pytest

from probes.search.search_gain import discounted_gain, gain, normalised_gain

ITEM = "11440000006940116U2440102003001"  # portals.md §6.1: 高等职业学校设立 and its 业务办理项
CASE, OTHER_CASE = f"{ITEM}01", f"{ITEM}02"
ELSEWHERE = "11440100007483172Q3440102003001"


def test_discounted_gain_is_the_textbook_value() -> None:
    """The worked example of Wikipedia, Discounted cumulative gain: relevances 3, 2, 3, 0, 1, 2 give 6.861."""
    assert discounted_gain([3, 2, 3, 0, 1, 2]) == pytest.approx(6.861, abs=5e-4)


def test_only_ten_places_count() -> None:
    assert discounted_gain([0] * 10 + [3]) == 0


@pytest.mark.parametrize(
    ("hit", "wanted", "grade"),
    [
        (ITEM, ITEM, 3),
        (CASE, ITEM, 3),
        (ITEM, CASE, 3),
        (CASE, CASE, 3),
        (OTHER_CASE, CASE, 2),
        ("11440000006940116U3440102003001", ITEM, 2),
        (ELSEWHERE, ITEM, 1),
        ("11440000006940116U2440102002003", ITEM, 0),
        ("", ITEM, 0),
        ("", "", 0),
        ("T-1", "T-1", 3),
    ],
)
def test_gain_follows_the_codes(hit: str, wanted: str, grade: int) -> None:
    assert gain(hit, wanted) == grade


@pytest.mark.parametrize(
    ("gains", "ndcg"),
    [
        ([3], 1.0),
        ([0, 3], 0.63093),
        ([1, 3, 2], 0.817494),
        ([2, 2, 3, 1, 0, 0, 1], 0.908951),
        ([1, 1, 1, 1, 3], 0.752187),
        ([0, 0, 0, 0, 0, 0, 0, 0, 0, 3], 0.289065),
        ([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3], 0.0),
        ([2], 0.469279),
        ([2, 1, 0, 2], 0.613485),
        ([1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2], 0.210002),
        ([3, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 2], 0.954445),
        ([0, 0, 3, 0, 2, 1, 0, 1, 0, 2], 0.579582),
    ],
)
def test_the_same_lists_in_trec_eval(gains: list[int], ndcg: float) -> None:
    """Values: ndcg_cut_10 of trec_eval (pytrec-eval-terrier 0.5.11), all that is shown and the item itself judged."""
    assert normalised_gain(gains) == pytest.approx(ndcg, abs=1e-6)


def test_the_best_order_scores_one_and_nothing_scores_zero() -> None:
    assert normalised_gain([3, 2, 1, 0]) == 1
    assert normalised_gain([]) == 0
    assert normalised_gain([0, 0]) == 0
    assert normalised_gain([2]) == pytest.approx(2 / (3 + 2 / 1.5849625))  # the item itself was missing
