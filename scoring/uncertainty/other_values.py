"""What a row's value would have been by another map, another mean or another k, from what its score keeps."""

from collections.abc import Mapping
from math import prod

from domain.score import Score
from domain.spread import Spread
from scoring.sampling.finite_population import exact_interval

STEPS = 5
LIN_FROM = 0.5
SAVING_WEIGHT = 0.7


def by_steps(score: Score) -> float:
    """Five steps of a fifth each instead of the value itself (鄂州 form)."""
    return int((score.value or 0.0) * STEPS + 1e-9) / STEPS


def by_line(score: Score) -> float:
    """lin(x; 0.5, 1): half is worth nothing."""
    return min(max(((score.value or 0.0) - LIN_FROM) / (1 - LIN_FROM), 0.0), 1.0)


def by_share(score: Score, targets: Mapping[str, str]) -> float:
    """The plain ratio instead of a map with a target or of a configured map; other rows are a ratio already."""
    value, parts = score.value or 0.0, score.parts
    if score.indicator == "instant" and (part := parts.get("immediate_share")) is not None:
        return part * confirmed_share(score.spread)
    if score.indicator == "less-time" and parts.get("mean_time_saving") is not None:
        return time_value(score, parts.get("mean_time_saving"), targets, full_at=1.0)
    ratio = parts.get("ratio")
    return value if ratio is None else ratio


def by_sums(score: Score, targets: Mapping[str, str]) -> float:
    """A ratio of sums where the row is a mean of ratios, and the other way round, for the rows that keep both."""
    parts, value = score.parts, score.value or 0.0
    if score.indicator == "less-time" and parts.get("total_time_saving") is not None:
        return time_value(score, parts.get("total_time_saving"), targets, full_at=float(targets["time_saving"]))
    if score.indicator == "apply-ease" and parts.get("points_observed"):
        points = (parts.get("points_earned") or 0.0) - (parts.get("deductions") or 0.0)
        return max(points / (parts["points_observed"] or 1.0), 0.0)
    if score.indicator == "mobile" and len(score.spread.terms) == 1 and score.spread.terms[0].sizes:
        blocks = score.spread.terms[0].blocks
        return sum(blocks) / len(blocks)
    return value


def time_value(score: Score, saving: float | None, targets: Mapping[str, str], *, full_at: float) -> float:
    """减时间 with another saving or another c*: (0.7·lin(saving; 0, c*) + 0.3·(1 − lin(days; 0, p*)))·k."""
    days = score.parts.get("mean_promise_days") or 0.0
    shortness = 1 - min(days / float(targets["promise_days"]), 1.0)
    saved = min(max((saving or 0.0) / full_at, 0.0), 1.0)
    return (SAVING_WEIGHT * saved + (1 - SAVING_WEIGHT) * shortness) * confirmed_share(score.spread)


def confirmed_share(spread: Spread) -> float:
    """Return k as it entered the score; 1 where nobody looked or too few were looked at."""
    return prod(factor.share for factor in spread.factors)


def with_bound(score: Score, *, upper: bool) -> float:
    """The value with every k at the lower or upper bound of its exact 95 % interval."""
    spread = score.spread
    if not spread.factors:
        return score.value or 0.0
    bounds = [exact_interval(f.confirmed, f.sampled, f.population)[upper] for f in spread.factors]
    ratio = sum(term.weight * term.recomputed for term in spread.terms) * prod(bounds)
    return spread.curve.share_at(ratio) if spread.curve else min(ratio, 1.0)
