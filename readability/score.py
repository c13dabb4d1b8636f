"""The score R and its seven parts; nobody may count it before it is calibrated on people (methodology.md §6)."""

from collections.abc import Mapping

from domain.readability import GuideFigures, ReadabilityPart

WEIGHTS: Mapping[ReadabilityPart, float] = {
    ReadabilityPart.SENTENCE: 0.25,
    ReadabilityPart.CLAUSE: 0.15,
    ReadabilityPart.TERMS: 0.15,
    ReadabilityPart.CITATIONS: 0.10,
    ReadabilityPart.STRUCTURE: 0.15,
    ReadabilityPart.CATCH_ALL: 0.10,
    ReadabilityPart.EVERYDAY: 0.10,
}
RAMPS: Mapping[ReadabilityPart, tuple[float, float]] = {
    ReadabilityPart.SENTENCE: (40, 120),  # p90 of characters per sentence
    ReadabilityPart.CLAUSE: (12, 25),  # characters per clause
    ReadabilityPart.TERMS: (0.02, 0.10),  # share of characters in undefined office terms
    ReadabilityPart.CITATIONS: (0.2, 1.0),  # citations per 100 characters
}
"""Up to the first figure a part is 1, from the second on it is 0."""
DIGITS = 4


def rate_parts(figures: GuideFigures) -> dict[ReadabilityPart, float | None]:
    """Return each part in 0..1, 1 being easy; ``None`` where a part has no case."""
    return {
        ReadabilityPart.SENTENCE: ease(ReadabilityPart.SENTENCE, figures.p90_sentence),
        ReadabilityPart.CLAUSE: ease(ReadabilityPart.CLAUSE, figures.clause_length),
        ReadabilityPart.TERMS: ease(ReadabilityPart.TERMS, figures.undefined_share),
        ReadabilityPart.CITATIONS: ease(ReadabilityPart.CITATIONS, figures.citations_per_100),
        ReadabilityPart.STRUCTURE: None if figures.structure is None else round(figures.structure, DIGITS),
        ReadabilityPart.CATCH_ALL: float(figures.catch_alls == 0) if figures.characters else None,
        ReadabilityPart.EVERYDAY: None if figures.everyday is None else float(figures.everyday),
    }


def ease(part: ReadabilityPart, figure: float | None) -> float | None:
    """Return 1 − lin(figure; low, high)."""
    if figure is None:
        return None
    low, high = RAMPS[part]
    return round(1 - min(max((figure - low) / (high - low), 0), 1), DIGITS)


def combine(parts: Mapping[ReadabilityPart, float | None]) -> float | None:
    """Return R: the weighted mean of the parts that have a case, as elsewhere a part without one is left out."""
    cases = {part: value for part, value in parts.items() if value is not None}
    weight = sum(WEIGHTS[part] for part in cases)
    return round(sum(WEIGHTS[part] * value for part, value in cases.items()) / weight, DIGITS) if weight else None
