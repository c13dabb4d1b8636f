"""The consistency factor k: how many of the declarations that were looked at proved true (methodology.md §3.5)."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from scoring.arithmetic import ONE
from scoring.notes import CONSISTENCY_UNCHECKED

SAMPLE_FLOOR = 20
"""Least sample of one body and indicator; a population that is no larger has to be looked at as a whole."""


@dataclass(frozen=True, kw_only=True)
class Consistency:
    """Declarations of one body: how many there are, were looked at, and proved true."""

    declared: int
    checked: int
    confirmed: int

    @property
    def enough(self) -> bool:
        """Say whether the sample is large enough to move a score."""
        return self.checked > 0 and self.checked >= min(self.declared, SAMPLE_FLOOR)

    @property
    def factor(self) -> Fraction:
        """k = confirmed / checked; 1 while the sample is too small."""
        return Fraction(self.confirmed, self.checked) if self.enough else ONE

    @property
    def parts(self) -> dict[str, Decimal | None]:
        """Counts for the score's ``parts``."""
        return {"consistency_checked": Decimal(self.checked), "consistency_confirmed": Decimal(self.confirmed)}

    @property
    def note(self) -> str:
        """The sentence for the evaluator."""
        if self.enough:
            return f"一致性系数 k = {self.confirmed}/{self.checked}，由探测核验。"
        seen = f"已核验 {self.checked} 项，少于 {min(self.declared, SAMPLE_FLOOR)} 项，不计入。" if self.checked else ""
        return CONSISTENCY_UNCHECKED + seen


def check_declarations(declared: int, proofs: Iterable[bool | None]) -> Consistency:
    """Count what looks at declarations proved; a look that could not tell does not count."""
    told = [proof for proof in proofs if proof is not None]
    return Consistency(declared=declared, checked=len(told), confirmed=sum(told))
