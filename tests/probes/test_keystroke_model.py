"""The Keystroke-Level Model by hand calculation with the constants of methodology.md §5."""

import pytest

from portals.citizen import FilledForm
from probes.application.keystroke_model import count_keys, predict_s


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("", 0),
        ("ab1", 3),
        ("测试", len("ce") + 1 + len("shi") + 1),
        ("A座3楼", 1 + len("zuo") + 1 + 1 + len("lou") + 1),
    ],
)
def test_keys_of_chinese_are_letters_and_a_choice(text: str, keys: int) -> None:
    assert count_keys(text) == keys


def test_a_form_by_hand() -> None:
    """M 1.35, P 1.10, click 0.20, K 0.28: fields of 2 and 7 keys, an upload 2M + 3(P + click), two choices, R 1.5."""
    filled = [FilledForm(texts=("ab", "测试"), choices=2), FilledForm(uploads=1)]
    assert predict_s(filled, 1.5) == pytest.approx(3.21 + 4.61 + 6.6 + 5.3 + 1.5)


def test_nothing_to_do_takes_only_the_waiting() -> None:
    assert predict_s([], 2.25) == 2.25
