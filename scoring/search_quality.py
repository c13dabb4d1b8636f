"""What the searches for a body's base items are worth, from the figures that each search kept (methodology.md §4.3)."""

from collections.abc import Iterable, Sequence
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
FIRST_SCREEN_WEIGHT = Fraction("0.25")
FINDABILITY_WEIGHT = Fraction("0.20")
WORKS_WEIGHT = Fraction("0.15")
ROBUSTNESS_WEIGHT = Fraction("0.10")


@dataclass(frozen=True, kw_only=True)
class SearchMark:
    """The terms of one base item, each 0..1; ``None`` where it was not observed."""

    ndcg: Fraction | None  # T0–T4
    first_screen: Fraction | None  # Hit@3 of T2–T4
    findability: Fraction | None  # T0–T2
    works: Fraction | None
    robustness: Fraction | None  # T5–T9 over T0

    @property
    def score(self) -> Fraction | None:
        """Weighted mean of the observed terms, their weights brought to 1."""
        terms = (
            (NDCG_WEIGHT, self.ndcg),
            (FIRST_SCREEN_WEIGHT, self.first_screen),
            (FINDABILITY_WEIGHT, self.findability),
            (WORKS_WEIGHT, self.works),
            (ROBUSTNESS_WEIGHT, self.robustness),
        )
        seen = [(weight, term) for weight, term in terms if term is not None]
        weights = sum((weight for weight, _ in seen), ZERO)
        return sum((weight * term for weight, term in seen), ZERO) / weights if weights else None


@dataclass(frozen=True, kw_only=True)
class SearchLevel:
    """Means over base items; each term over the items that observed it, ``score`` over the items' own scores."""

    score: Fraction | None
    blocks: tuple[Fraction, ...]  # the items' own scores, whose mean ``score`` is
    ndcg: Fraction | None
    first_screen: Fraction | None
    findability: Fraction | None
    works: Fraction | None
    robustness: Fraction | None
    zero_results: Fraction | None  # reported only: it is inside the other terms
    wrong_places: Fraction | None  # likewise

    @property
    def parts(self) -> dict[str, Fraction | None]:
        """The means by the names that ``Score.parts`` has for them."""
        return {
            "ndcg_at_10": self.ndcg,
            "hit_at_3": self.first_screen,
            "findability": self.findability,
            "works": self.works,
            "robustness": self.robustness,
            "zero_result_share": self.zero_results,
            "wrong_place_share": self.wrong_places,
        }


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


def mark_search(fact: ProbeFact) -> SearchMark:
    """Read the terms of one search; one that kept no more than a rank is judged by its rank."""
    rank = rank_of(fact)
    ndcg, robustness = read_number(fact, MeasureName.NDCG_WORDED), read_number(fact, MeasureName.ROBUSTNESS)
    findable = read_flag(fact, MeasureName.FINDABLE)
    if rank is not None:
        ndcg = GAINS.get(rank, ZERO) if ndcg is None else ndcg
        findable = 1 <= rank <= CUT if findable is None else findable
    return SearchMark(
        ndcg=ndcg,
        first_screen=read_number(fact, MeasureName.HIT_AT_3_WORDED),
        findability=granted(findable),
        works=granted(works(fact)),
        robustness=None if robustness is None else min(robustness, ONE),
    )


def works(fact: ProbeFact) -> bool | None:
    """Say whether the first result leads on; an empty result list leads nowhere and is not dropped."""
    if read_number(fact, MeasureName.HITS) == 0:
        return False
    return read_flag(fact, MeasureName.FIRST_HIT_OPENS)


def granted(condition: bool | None) -> Fraction | None:
    """Return 1 for yes, 0 for no, ``None`` for unknown."""
    return None if condition is None else (ONE if condition else ZERO)


def level_searches(facts: Iterable[ProbeFact]) -> SearchLevel:
    """Average over searches that passed or failed, each of them one base item."""
    searches = tuple(facts)
    marks = [mark_search(fact) for fact in searches]
    return SearchLevel(
        score=average([mark.score for mark in marks]),
        blocks=tuple(mark.score for mark in marks if mark.score is not None),
        ndcg=average([mark.ndcg for mark in marks]),
        first_screen=average([mark.first_screen for mark in marks]),
        findability=average([mark.findability for mark in marks]),
        works=average([mark.works for mark in marks]),
        robustness=average([mark.robustness for mark in marks]),
        zero_results=average([read_number(fact, MeasureName.ZERO_SHARE) for fact in searches]),
        wrong_places=average([read_number(fact, MeasureName.WRONG_PLACE_SHARE) for fact in searches]),
    )


def average(values: Sequence[Fraction | None]) -> Fraction | None:
    """Exact mean of what is known; ``None`` of nothing."""
    known = [value for value in values if value is not None]
    return sum(known, ZERO) / len(known) if known else None
