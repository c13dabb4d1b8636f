"""Computes a stored score again from the figures that stand beside it, and writes down how."""

from collections.abc import Iterator, Mapping
from math import prod

from domain.explanation import Recomputation
from domain.formula import evaluate, with_figures
from domain.score import Score
from domain.scoring_basis import RowDefinition, ScoringBasis
from domain.spread import SpreadTerm

SAME = 1e-9
TERM = "term_"
IMPORTED_CLASS = "N"
NO_LINE = "本行的算式不只依赖所列各项，须按公式代入"


def recompute(score: Score, basis: ScoringBasis | None) -> Recomputation:
    """Return the first way that leads from the stored figures to the stored value; a score without a value has none."""
    if score.value is None:
        return Recomputation(lines=(), value=None)
    definition = basis.definition(score.table, score.row) if basis else None
    for lines, value in ways_of(score, definition, figures_of(score, basis)):
        if abs(value - score.value) < SAME:
            return Recomputation(lines=(*lines, points_line(score, value)), value=value)
    return Recomputation(lines=(NO_LINE,), value=None)


def figures_of(score: Score, basis: ScoringBasis | None) -> dict[str, float | None]:
    """Return the names that a formula may use."""
    targets = {f"target_{name}": as_number(value) for name, value in (basis.targets if basis else {}).items()}
    ratio = {"numerator": score.numerator, "denominator": score.denominator}
    return {**targets, **score.parts, **ratio, "k": prod(factor.share for factor in score.spread.factors)}


def as_number(text: str) -> float | None:
    """Read a target; one that is no number is none."""
    try:
        return float(text)
    except ValueError:
        return None


def ways_of(
    score: Score, definition: RowDefinition | None, figures: Mapping[str, float | None]
) -> Iterator[tuple[tuple[str, ...], float]]:
    """Yield lines and result of every way: by the row's formula and its imported terms, then through what was drawn."""
    if definition is not None:
        yield from ways_of_row(score, definition, figures)
    if (drawn := score.spread.recomputed) is not None:
        yield spread_lines(score), drawn


def ways_of_row(
    score: Score, definition: RowDefinition, figures: Mapping[str, float | None]
) -> Iterator[tuple[tuple[str, ...], float]]:
    """Yield lines and result by the row's definition."""
    weights = {name: weight for name, weight in definition.terms.items() if figures.get(TERM + name) is not None}
    if definition.row_class == IMPORTED_CLASS and weights:
        yield from through_map(definition, *weigh_terms(weights, figures))
    for formula in definition.expressions:
        value = evaluate(formula, figures)
        if value is None:
            continue
        lines = (*k_lines(score), f"s = {formula} = {with_figures(formula, figures)} = {value!r}")
        yield from through_map(definition, lines, value)
        if weights:
            told = tuple((weight, figures[TERM + name] or 0.0) for name, weight in weights.items())
            dropped = sum(w for name, w in definition.terms.items() if TERM + name in figures and name not in weights)
            seen_share = score.measured_share * (1 - dropped) - sum(weights.values())
            yield from through_map(definition, *complete(seen_share, lines, value, told))


def weigh_terms(weights: Mapping[str, float], figures: Mapping[str, float | None]) -> tuple[tuple[str, ...], float]:
    """Σ w·t / Σ w over the imported terms that have a case."""
    earned = sum(weight * (figures[TERM + name] or 0.0) for name, weight in weights.items())
    value = earned / sum(weights.values())
    above = " + ".join(f"{weight!r} * {figures[TERM + name]!r}" for name, weight in weights.items())
    below = " + ".join(f"{weight!r}" for weight in weights.values())
    return (f"s = ({above}) / ({below}) = {value!r}",), value


def complete(
    seen_share: float, lines: tuple[str, ...], seen: float, terms: tuple[tuple[float, float], ...]
) -> tuple[tuple[str, ...], float]:
    """(M·s + Σ w·t) / (M + Σ w): what was seen, completed by imported terms (w, t); M is the share that was seen."""
    whole = seen_share + sum(weight for weight, _ in terms)
    value = (seen_share * seen + sum(weight * term for weight, term in terms)) / whole if whole else seen
    written = " + ".join(f"{weight!r} * {term!r}" for weight, term in terms)
    return (*lines, f"并入报送项：({seen_share!r} * {seen!r} + {written}) / {whole!r} = {value!r}"), value


def through_map(
    definition: RowDefinition, lines: tuple[str, ...], value: float
) -> Iterator[tuple[tuple[str, ...], float]]:
    """Bring a ratio to points where the row has a map of its own."""
    if definition.curve is None:
        yield lines, value
    else:
        mapped = definition.curve.share_at(value)
        yield (*lines, f"换算 {definition.points_map}：{value!r} → {mapped!r}"), mapped


def spread_lines(score: Score) -> tuple[str, ...]:
    """Write Σ weight · term × Π factors with its figures."""
    spread = score.spread
    terms = " + ".join(f"{term.weight!r} * {term.recomputed!r}" for term in spread.terms)
    factors = "".join(f" * {factor.share!r}" for factor in spread.factors)
    ratio = sum(term.weight * term.recomputed for term in spread.terms) * prod(f.share for f in spread.factors)
    curve = () if spread.curve is None else (f"换算：{ratio!r} → {spread.recomputed!r}",)
    return (*term_lines(spread.terms), *k_lines(score), f"s = ({terms}){factors} = {ratio!r}", *curve)


def term_lines(terms: tuple[SpreadTerm, ...]) -> Iterator[str]:
    """Write where the terms that were drawn come from."""
    for term in terms:
        if term.drawn is not None:
            yield f"{term.name} = {term.drawn.confirmed} / {term.drawn.sampled} = {term.recomputed!r}"
        elif term.sizes:
            above = " + ".join(f"{b!r} * {size!r}" for b, size in zip(term.blocks, term.sizes, strict=True))
            yield f"{term.name} = ({above}) / {sum(term.sizes)!r} = {term.recomputed!r}"
        elif term.blocks:
            yield f"{term.name} = ({' + '.join(map(repr, term.blocks))}) / {len(term.blocks)} = {term.recomputed!r}"


def k_lines(score: Score) -> tuple[str, ...]:
    """Write k where somebody looked."""
    return tuple(
        f"k = {one.confirmed} / {one.sampled} = {one.share!r}"
        if one.enough
        else f"k = 1（核验 {one.sampled} 项、属实 {one.confirmed} 项，少于最低样本量，不计入）"
        for one in score.spread.factors
    )


def points_line(score: Score, value: float) -> str:
    """Write the points of the row."""
    sign = "-" if score.points is not None and score.points < 0 else ""
    return f"得分 = {sign}{score.weight!r} * {value!r} = {score.points!r}"
