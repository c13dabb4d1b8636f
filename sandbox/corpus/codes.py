"""The codes of bodies and items, with check characters that really check (GB 11714, GB 32100-2015, portals.md §3.2)."""

from sandbox.corpus.randomness import number

ORG_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
PROVINCE = "44"


def check_org(stem: str) -> str:
    """Compute the GB 11714 check character of the first eight characters of an organisation code."""
    remainder = 11 - sum(weight * int(char, 36) for weight, char in zip(ORG_WEIGHTS, stem, strict=True)) % 11
    return {10: "X", 11: "0"}.get(remainder, str(remainder))


def check_uscc(stem: str) -> str:
    """Compute the GB 32100 check character of the first seventeen characters of a credit code."""
    total = sum(weight * USCC_ALPHABET.index(char) for weight, char in zip(USCC_WEIGHTS, stem, strict=True))
    return USCC_ALPHABET[(31 - total % 31) % 31]


def make_org(name: str) -> str:
    """Invent the 9-character organisation code of a body; the same name always has the same code."""
    stem = f"{number(10**8, 'org', name):08d}"
    return stem + check_org(stem)


def make_uscc(*, kind: str, area: str, org: str) -> str:
    """Compose an 18-character credit code of two characters of kind, a 6-digit area and an organisation code."""
    stem = kind + area + org
    return stem + check_uscc(stem)


def break_check(uscc: str) -> str:
    """Change the check character of a credit code, so that the code is wrong and nothing else is."""
    return uscc[:17] + USCC_ALPHABET[(USCC_ALPHABET.index(uscc[17]) + 7) % 31]


def make_basic(*, task_type: str, main: str, sub: str, province: str = PROVINCE) -> str:
    """Compose a 12-character 基本编码: province, 事项类型, five characters of main item, three of sub-item."""
    return province + task_type + main + sub


def make_task(*, uscc: str, level: str, basic: str) -> str:
    """Compose a 31-character 实施编码: credit code, 行使层级, 基本编码."""
    return uscc + level + basic


def make_handling(*, task: str, sequence: int) -> str:
    """Compose a 33-character 业务办理项编码: 实施编码 and a two-digit sequence."""
    return f"{task}{sequence:02d}"
