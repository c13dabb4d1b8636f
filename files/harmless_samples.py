"""Numbers that everyone prints as an example, so that nobody is accused of having published a person's data."""

from itertools import pairwise

HARMLESS_SAMPLES: dict[str, str] = {
    "11010519491231002X": "the worked example of GB 11643-1999",
    "440524188001010014": "the second worked example of GB 11643-1999",
    "34052419800101001X": "the example of encyclopaedias and tutorials on GB 11643",
    "13800138000": "China Mobile's own former top-up number, printed as an example everywhere",
    "13800138001": "a neighbour of that number, used by programs' test data",
    "13912345678": "a running number",
    "12345678901": "counts upwards; no numbering plan has it",
    "13000000000": "a placeholder of zeros",
    "18600000000": "a placeholder of zeros",
    "4111111111111111": "a card network's published test card",
    "4242424242424242": "a payment service's published test card",
    "5555555555554444": "a card network's published test card",
    "6222021234567890123": "a running number behind a bank's prefix",
    "6228480402564890018": "the card number that tutorials on the Luhn check copy from one another",
}
# So many digits that run up or down, or are all equal, are written by someone inventing a number. Eight in long ones: a
# person born on 1989-01-23 has six that run.
RUN_DIGITS, RUN_DIGITS_LONG = 6, 8
DISTINCT_DIGITS_MIN = 4  # fewer different digits than this in a whole number: a placeholder such as 13811111111


def is_harmless(number: str) -> bool:
    """Say whether a number is a known sample, or one that only an inventor of samples writes."""
    is_mobile = len(number) == 11
    tail, run = (number[3:], RUN_DIGITS) if is_mobile else (number, RUN_DIGITS_LONG)
    return (
        number in HARMLESS_SAMPLES
        or len(set(number)) < DISTINCT_DIGITS_MIN
        or any(longest_run(tail, step) >= run for step in (1, -1, 0))
    )


def longest_run(number: str, step: int) -> int:
    """Return the length of the longest stretch whose digits each differ by ``step`` from the one before (9 → 0)."""
    longest = current = 1
    for before, after in pairwise(number):
        follows = before.isdigit() and after.isdigit() and (int(before) + step) % 10 == int(after)
        current = current + 1 if follows else 1
        longest = max(longest, current)
    return longest
