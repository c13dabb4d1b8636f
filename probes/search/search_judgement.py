"""Judges what one query shows, by the codes of the results alone (methodology.md §4.2–4.3)."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.failure import REASON_TITLES_ZH, FailureReason
from domain.measure_name import MeasureName
from domain.observation import Measure, ObservedRow
from portals.citizen import SearchHit
from probes.search.query_kind import JUDGED_BY_PEOPLE
from probes.search.search_gain import CUT, gain, normalised_gain
from probes.search.search_queries import SearchQuery

ITSELF = 3
GOOD = 2  # from this gain on a result is a hit
ELSEWHERE = 1
SCREEN = 3  # results of the first screen
QUOTED = 5  # results that a row quotes
NOT_ASKED = "未检索"


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What the portal showed for one query, in the order shown, and the seconds until it showed it."""

    query: SearchQuery
    hits: tuple[SearchHit, ...]
    seconds: float

    def gains(self, code: str) -> list[int]:
        """Grade every result shown for the item of this code."""
        return [gain(hit.code, code) for hit in self.hits]


def place_of(gains: Sequence[int], least: int) -> int | None:
    """Return the place of the first result with at least this gain, 1 first; ``None`` when there is none."""
    return next((place for place, value in enumerate(gains, start=1) if value >= least), None)


def rate(gains: Sequence[int]) -> dict[str, Measure]:
    """Return the figures of one query; a query without results counts 0, it is not dropped."""
    good = place_of(gains, GOOD)
    seen = good is not None and good <= CUT
    return {
        MeasureName.RANK: place_of(gains, ITSELF),
        MeasureName.HITS: len(gains),
        MeasureName.HIT_AT_1: good == 1,
        MeasureName.HIT_AT_3: good is not None and good <= SCREEN,
        MeasureName.HIT_AT_10: seen,
        "reciprocal_rank": 1 / good if good is not None and seen else 0.0,
        "ndcg_at_10": round(normalised_gain(list(gains)), 6),
        MeasureName.ZERO_RESULT: not gains,
        MeasureName.WRONG_PLACE: bool(gains) and gains[0] == ELSEWHERE,
    }


def judge(answer: Answer, code: str, expected: str) -> ObservedRow:
    """Grade an answer with nDCG@10, or leave it to a person where codes cannot say that a result is wrong.

    A citizen's own words (T2, T3, T10) are judged by codes when the item shows among the first ten or nothing shows.
    """
    gains = answer.gains(code)
    figures = rate(gains)
    by_codes = answer.query.kind not in JUDGED_BY_PEOPLE or not gains or bool(figures[MeasureName.HIT_AT_10])
    return ObservedRow(
        kind=answer.query.kind,
        asked=answer.query.text,
        expected=expected,
        seen=quote(answer.hits),
        grade=round(normalised_gain(gains), 6) if by_codes else None,
        review=not by_codes,
        measures={
            **figures,
            "gains": ",".join(str(value) for value in gains[:CUT]),
            "first_code": answer.hits[0].code if answer.hits else None,
            "seconds": answer.seconds,
        },
    )


def unseen(query: SearchQuery, expected: str, reason: FailureReason | None) -> ObservedRow:
    """Keep a query whose answer could not be seen, or that was not asked any more (``None``); it is no miss."""
    seen = NOT_ASKED if reason is None else f"没有看到结果：{REASON_TITLES_ZH[reason]}"
    failure = None if reason is None else reason.value
    return ObservedRow(
        kind=query.kind, asked=query.text, expected=expected, seen=seen, measures={"failure": failure, "asked": False}
    )


def quote(hits: Sequence[SearchHit]) -> str:
    """Quote the first results as they were shown."""
    lines = (f"{hit.rank}. {hit.title}（{hit.department}）" for hit in hits[:QUOTED])
    return "；".join(lines) or "无结果"
