"""What one search for an item's official name is worth, by rank alone (methodology.md §4.2–4.3)."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from domain.facts import ProbeFact
from domain.measure_name import MeasureName
from domain.outcome import Outcome
from scoring.arithmetic import ONE, ZERO
from scoring.measures import read_flag, read_number

CUT = 10
NDCG_WEIGHT = Fraction("0.30")
FINDABILITY_WEIGHT = Fraction("0.20")
WORKS_WEIGHT = Fraction("0.15")


@dataclass(frozen=True, kw_only=True)
class SearchTerms:
    """Means over the searches; ``None`` where no search observed the term."""

    ndcg: Fraction | None
    findability: Fraction | None
    works: Fraction | None

    @property
    def score(self) -> Fraction | None:
        """Weighted mean of the observed terms, their weights brought to 1."""
        terms = ((NDCG_WEIGHT, self.ndcg), (FINDABILITY_WEIGHT, self.findability), (WORKS_WEIGHT, self.works))
        seen = [(weight, term) for weight, term in terms if term is not None]
        weights = sum((weight for weight, _ in seen), ZERO)
        return sum((weight * term for weight, term in seen), ZERO) / weights if weights else None


def discounted_gain(rank: int) -> Fraction:
    """nDCG@10 of a list whose only relevant result stands at ``rank``: 1 / log2(rank + 1), 0 beyond the cut."""
    if not 1 <= rank <= CUT:
        return ZERO
    return Fraction(Decimal(2).ln() / Decimal(rank + 1).ln())


GAINS = {rank: discounted_gain(rank) for rank in range(1, CUT + 1)}


def rank_of(fact: ProbeFact) -> int | None:
    """Return the place of the searched item; 0 when it was looked for and not found, ``None`` when nobody noted it."""
    rank = read_number(fact, MeasureName.RANK)
    if rank is not None:
        return int(rank)
    return 0 if fact.outcome is Outcome.FAIL else None


def works(fact: ProbeFact) -> bool | None:
    """Say whether the first result leads on; an empty result list leads nowhere and is not dropped."""
    if read_number(fact, MeasureName.HITS) == 0:
        return False
    return read_flag(fact, MeasureName.FIRST_HIT_OPENS)


def judge_searches(facts: Iterable[ProbeFact]) -> SearchTerms:
    """Average the terms over searches that passed or failed."""
    searches = tuple(facts)
    ranks = [rank for rank in map(rank_of, searches) if rank is not None]
    led_on = [led for led in map(works, searches) if led is not None]
    return SearchTerms(
        ndcg=average([GAINS.get(rank, ZERO) for rank in ranks]),
        findability=average([ONE if 1 <= rank <= CUT else ZERO for rank in ranks]),
        works=average([ONE if led else ZERO for led in led_on]),
    )


def average(values: list[Fraction]) -> Fraction | None:
    """Exact mean; ``None`` of nothing."""
    return sum(values, ZERO) / len(values) if values else None
