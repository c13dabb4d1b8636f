"""The Keystroke-Level Model of one application: seconds of a skilled, error-free user, to compare services.

Constants and formula are those of methodology.md §5. It predicts experts; it is no citizen's time.
"""

from collections.abc import Iterable

from pypinyin import lazy_pinyin

from portals.citizen import FilledForm

KEY_S = 0.28  # K: 40 words a minute
POINT_S = 1.10  # P
CLICK_S = 0.20
MENTAL_S = 1.35  # M
CHOICE_S = MENTAL_S + POINT_S + CLICK_S
UPLOAD_S = 2 * MENTAL_S + 3 * (POINT_S + CLICK_S)


def count_keys(text: str) -> int:
    """Count the keys of a text: one per character, of a Chinese one the letters of its pinyin and one choice.

    A choice per character and not per word: which words an input method knows cannot be told, and this is the bound.
    """
    return sum(count_keys_of_one(character) for character in text)


def count_keys_of_one(character: str) -> int:
    """Count the keys of one character; what has no pinyin takes one."""
    letters = lazy_pinyin(character, errors="ignore")
    return len(letters[0]) + 1 if letters else 1


def predict_s(filled: Iterable[FilledForm], waiting_s: float) -> float:
    """Return T = Σ_fields (M + P + click + K·keys) + Σ_uploads (2M + 3(P + click)) + Σ_choices (M + P + click) + R."""
    pages = tuple(filled)
    typing_s = sum(CHOICE_S + KEY_S * count_keys(text) for page in pages for text in page.texts)
    uploading_s = UPLOAD_S * sum(page.uploads for page in pages)
    choosing_s = CHOICE_S * sum(page.choices for page in pages)
    return typing_s + uploading_s + choosing_s + waiting_s
