"""Invented persons whose numbers look real: identity numbers that pass their check digit, mobile numbers in use."""

from sandbox.corpus.randomness import number

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643-1999
CHECKS = "10X98765432"
AREAS = ("441702", "441721", "441781", "440103", "440104")
FAMILY_NAMES = "陈林黄许梁冯关谭"
GIVEN_NAMES = ("志强", "秀英", "建华", "晓敏", "伟明", "丽珍", "国辉", "燕婷")
PREFIXES = ("136", "139", "159", "187")


def make_identity_number(*purpose: str) -> str:
    """Invent an 18-digit identity number of an adult with a right check digit; equal words give the same number."""
    area = AREAS[number(len(AREAS), "area", *purpose)]
    year, month, day = (number(10, "y", *purpose) + 1995, number(12, "m", *purpose) + 1, number(28, "d", *purpose) + 1)
    stem = f"{area}{year}{month:02d}{day:02d}{number(899, 'n', *purpose) + 100}"
    return stem + CHECKS[sum(weight * int(digit) for weight, digit in zip(WEIGHTS, stem, strict=True)) % 11]


def make_mobile_number(*purpose: str) -> str:
    """Invent a mobile number that is no pattern."""
    return f"{PREFIXES[number(4, 'net', *purpose)]}{20_000_000 + number(70_000_000, 'mobile', *purpose)}"


def make_person(*purpose: str) -> str:
    """Invent a name."""
    return FAMILY_NAMES[number(8, "family", *purpose)] + GIVEN_NAMES[number(8, "given", *purpose)]
