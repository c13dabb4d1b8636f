"""The consistency factor k: how many of the declarations that were looked at proved true (methodology.md §3.5).

Every indicator whose formula has a k asks ``check_row(facts, ROWS, declared, proofs)``: people's checks of the drawn
sample come first (``UnitFacts.samples``, docs/sampling.md), the program's own looks stand in where there are none, and
k is 1 while neither is large enough. The measurement takes ``factor`` into its value, ``factors`` into its ``Spread``,
and ``parts``, ``note`` and ``inputs`` into its own.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from domain.facts import UnitFacts
from domain.spread import SampledShare
from scoring.arithmetic import ONE
from scoring.notes import CONSISTENCY_UNCHECKED, join_notes

SAMPLE_FLOOR = 20
"""Least sample of one body and indicator; a population that is no larger has to be looked at as a whole."""


@dataclass(frozen=True, kw_only=True)
class Consistency:
    """Declarations of one body: how many there are, were looked at, and proved true."""

    declared: int
    checked: int
    confirmed: int
    by_people: bool = False
    complete: bool = True  # False: the drawn sample is not settled yet, whatever the counts
    inputs: tuple[str, ...] = ()  # ids of the observations that hold people's checks
    remark: str = ""  # why people's checks did not count
    looks: str = ""  # item by item, see ``SampledShare.looks``

    @property
    def floor(self) -> int:
        """How many have to be looked at before a score may move."""
        return min(self.declared, SAMPLE_FLOOR)

    @property
    def enough(self) -> bool:
        """Say whether the sample is large enough to move a score."""
        return self.complete and self.checked > 0 and self.checked >= self.floor

    @property
    def factor(self) -> Fraction:
        """k = confirmed / checked; 1 while the sample is too small."""
        return Fraction(self.confirmed, self.checked) if self.enough else ONE

    @property
    def factors(self) -> tuple[SampledShare, ...]:
        """k with the population that it speaks of, for ``Spread.factors``; nothing while nobody looked.

        A sample that is too small is there too: it does not move the score, yet its interval must not look certain.
        """
        if not self.checked:
            return ()
        drawn = SampledShare(
            name="consistency",
            confirmed=self.confirmed,
            sampled=self.checked,
            population=max(self.declared, self.checked),
            enough=self.enough,
            looks=self.looks,
        )
        return (drawn,)

    @property
    def parts(self) -> dict[str, Decimal | None]:
        """Counts for the score's ``parts``."""
        return {"consistency_checked": Decimal(self.checked), "consistency_confirmed": Decimal(self.confirmed)}

    @property
    def note(self) -> str:
        """The sentence for the evaluator."""
        if self.enough:
            how = "由人工抽查核验。" if self.by_people else "由探测核验。"
            return join_notes(f"一致性系数 k = {self.confirmed}/{self.checked}，{how}", self.remark)
        seen = f"已核验 {self.checked} 项，少于 {self.floor} 项，不计入。" if 0 < self.checked < self.floor else ""
        return join_notes(CONSISTENCY_UNCHECKED, seen, self.remark)


def check_declarations(declared: int, proofs: Iterable[bool | None]) -> Consistency:
    """Count what looks at declarations proved; a look that could not tell does not count."""
    told = [proof for proof in proofs if proof is not None]
    return Consistency(declared=declared, checked=len(told), confirmed=sum(told))


def check_row(
    facts: UnitFacts, rows: Mapping[str, int], declared: int, proofs: Iterable[bool | None] = ()
) -> Consistency:
    """Return k of a row: of people's sample where it is settled, of the program's ``proofs`` otherwise.

    ``rows`` maps table → row as the indicator registers them; ``declared`` counts what the body declares tonight.
    """
    row = rows[facts.unit.table]
    remark = facts.sample_notes.get(row, "")
    probed = replace(check_declarations(declared, proofs), remark=remark)
    share = facts.samples.get(row)
    if share is not None:
        people = Consistency(
            declared=share.population,
            checked=share.sampled,
            confirmed=share.confirmed,
            by_people=True,
            complete=share.enough,
            inputs=facts.sample_inputs.get(row, ()),
            remark=remark,
            looks=share.looks,
        )
        if people.enough or not probed.checked:
            return people
    return probed
