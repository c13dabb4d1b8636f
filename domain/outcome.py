"""The six outcomes that every judgement ends in, and which of them may ever enter a score (architecture.md §1.2)."""

from enum import StrEnum


class Outcome(StrEnum):
    """How a rule or a probe ended.

    ``fail`` is the portal's fault, seen and evidenced. ``blocked`` is our blindness (captcha, firewall, rate limit,
    login wall). ``inconclusive`` could not tell. ``error`` is our own bug or machine.
    """

    PASS = "pass"
    FAIL = "fail"
    NOT_APPLICABLE = "not_applicable"
    BLOCKED = "blocked"
    INCONCLUSIVE = "inconclusive"
    ERROR = "error"

    @property
    def counts(self) -> bool:
        """Say whether the outcome may enter a numerator or denominator."""
        return self in (Outcome.PASS, Outcome.FAIL)

    @property
    def lowers_coverage(self) -> bool:
        """Say whether the outcome is a gap in what we could see."""
        return self in (Outcome.BLOCKED, Outcome.INCONCLUSIVE, Outcome.ERROR)


OUTCOME_CODES: dict[Outcome, str] = {
    Outcome.PASS: "p",
    Outcome.FAIL: "f",
    Outcome.NOT_APPLICABLE: "n",
    Outcome.BLOCKED: "b",
    Outcome.INCONCLUSIVE: "i",
    Outcome.ERROR: "e",
}
OUTCOMES_BY_CODE: dict[str, Outcome] = {code: outcome for outcome, code in OUTCOME_CODES.items()}
OUTCOME_TITLES_ZH: dict[Outcome, str] = {
    Outcome.PASS: "通过",
    Outcome.FAIL: "不通过",
    Outcome.NOT_APPLICABLE: "不适用",
    Outcome.BLOCKED: "受阻",
    Outcome.INCONCLUSIVE: "无法判定",
    Outcome.ERROR: "本方错误",
}
