"""What a body's total still lacks, row by row, and by which channel of the evaluation it would come."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from domain.facts import UnitFacts
from domain.figure import Figure
from domain.imported_figure import ImportChannel
from domain.total import GapChannel, MissingPart
from scoring.catalogue import Mode, RowClass, TableRow
from scoring.imported.terms import imported_figures, missing_figures
from scoring.notes import SAMPLE_NOT_TAKEN, SEEN_IN_PART
from scoring.row_result import HANDED_IN, RowResult
from scoring.total_rules import TotalRules

SAMPLED_MODES = (Mode.CENSUS_SAMPLE,)


def find_gaps(results: Sequence[RowResult], facts: UnitFacts, rules: TotalRules) -> tuple[MissingPart, ...]:
    """Return what is missing, in the order of the table; a blocking part keeps the total from being full."""
    return tuple(gap for result in results if result.applies for gap in gaps_of(result, facts, rules))


def gaps_of(result: RowResult, facts: UnitFacts, rules: TotalRules) -> Iterator[MissingPart]:
    """Yield the gaps of one row that applies."""
    if result.caseless:
        return
    row, withheld = result.row, bool(result.measurement.withheld)
    # A figure that may be left out is only missed where the row is withheld for want of it.
    owed = absent_figures(row, facts) if withheld else missing_figures(row, facts)
    lists = missing_lists(row, facts)
    for channel, figures in by_channel(owed):
        yield gap_of(
            row, channel, figures, 1.0 if withheld else share_of(row, figures), result.note if withheld else ""
        )
    if result.scored:
        yield from gaps_of_scored(result, facts, rules, owed, lists)
        return
    if lists:
        yield gap_of(row, GapChannel.STATISTICS, lists, 1.0, result.note)
    if not withheld or not (owed or lists):
        yield gap_of(row, own_channel(row), (), 1.0, result.note)


def gaps_of_scored(
    result: RowResult, facts: UnitFacts, rules: TotalRules, owed: Sequence[Figure], lists: Sequence[str]
) -> Iterator[MissingPart]:
    """Yield what a scored row lacks beside figures: a list, parts that nobody saw, a sample that nobody took."""
    row, measured = result.row, result.measurement.measured_share
    unseen = Decimal(1) - measured - Decimal(str(share_of(row, [figure.id for figure in owed])))
    if lists:
        yield gap_of(row, GapChannel.STATISTICS, lists, float(max(unseen, Decimal(0))), result.note)
    elif unseen > 0:
        too_little = measured < rules.full_row_share
        gap = gap_of(row, own_channel(row), (), float(unseen), SEEN_IN_PART)
        yield gap.model_copy(update={"blocking": too_little})
    if row.mode in SAMPLED_MODES and row.no not in facts.samples:
        sample = gap_of(row, GapChannel.VISIT, (), 0.0, SAMPLE_NOT_TAKEN)
        yield sample.model_copy(update={"blocking": False})


def absent_figures(row: TableRow, facts: UnitFacts) -> tuple[Figure, ...]:
    """Return every figure of a row that nobody has handed in, those that may be left out among them."""
    given = imported_figures(facts, row.no)
    instead = {one.value for one in facts.lists}
    return tuple(
        figure
        for figure in row.figures
        if figure.id not in given
        and (figure.required or row.row_class not in HANDED_IN)
        and (figure.instead_of is None or figure.instead_of.value not in instead)
    )


def missing_lists(row: TableRow, facts: UnitFacts) -> tuple[str, ...]:
    """Return the lists of a row that nobody has handed in and no figure stands for."""
    given = imported_figures(facts, row.no)
    replaced = {figure.instead_of for figure in row.figures if figure.id in given}
    return tuple(kind.value for kind in row.lists if kind not in facts.lists and kind not in replaced)


def by_channel(figures: Sequence[Figure]) -> Iterator[tuple[GapChannel, tuple[str, ...]]]:
    """Group figures by the channel that brings them."""
    ordered = sorted(figures, key=lambda figure: list(ImportChannel).index(figure.channel))
    for channel, group in groupby(ordered, key=lambda figure: figure.channel):
        yield GapChannel(channel.value), tuple(figure.id for figure in group)


def share_of(row: TableRow, figures: Sequence[str]) -> float:
    """Return the share of the row's formula that rests on these figures."""
    whole = Decimal(1) if row.row_class is not RowClass.IMPORT else sum((t.weight for t in row.terms), Decimal(0))
    part = sum((term.weight for term in row.terms if set(term.figures) & set(figures)), Decimal(0))
    return float(part / whole) if whole else 0.0


def own_channel(row: TableRow) -> GapChannel:
    """Return the channel of what the row takes from the user's side: a row of a sample of counters needs visits."""
    return GapChannel.VISIT if row.mode is Mode.SAMPLE and "SITE" in row.channels else GapChannel.WEB


def gap_of(row: TableRow, channel: GapChannel, figures: Sequence[str], share: float, note: str = "") -> MissingPart:
    """Name a blocking gap of a row."""
    return MissingPart(row=row.no, title=row.level3, channel=channel, figures=tuple(figures), share=share, note=note)
