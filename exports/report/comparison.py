"""This period beside the last one: only what was measured alike is subtracted, everything else says why not."""

from collections.abc import Iterator, Sequence

from domain.comparability import Difference, Incomparable, compare_bases, compare_rows, compare_scores
from domain.score import Score, ScoreState, UnitTotal
from exports.report.blocks import Align, Block, Cell, Column, Grid, Heading, Paragraph, Tone
from exports.report.run_facts import RunFacts, Setting
from exports.report.spelling import NOTHING, spell_change, spell_points, spell_share
from exports.vocabulary import title

READABILITY_PART = "mean_readability"
NAMED_MAX = 4


def comparison_blocks(now: RunFacts, before: RunFacts | None, unit: str, setting: Setting) -> Iterator[Block]:
    """Yield the chapter that sets a body's rows beside those of the last scored period."""
    say = setting.say
    yield Heading(text=say("与上一期比较", "Compared with the last period"))
    if before is None:
        yield Paragraph(text=say("没有更早一期已计分的运行，无从比较。", "No earlier period was scored."))
        return
    yield Paragraph(
        text=say(
            f"上一期为 {before.run.period}（运行 {before.run.id}），本期为 {now.run.period}（运行 {now.run.id}）。"
            "只有定义、版本、规则集和目标值都相同的行才相减；其余写明不可比的原因。两期都没有计分的行不列。",
            f"Last period {before.run.period} (run {before.run.id}), this one {now.run.period} (run {now.run.id}). "
            "Only rows of the same definition, version, rule set and targets are subtracted; the others say why not. "
            "Rows that neither period scored are left out.",
        )
    )
    yield total_line(now, before, unit, setting)
    yield row_grid(now, before, unit, setting)


def total_line(now: RunFacts, before: RunFacts, unit: str, setting: Setting) -> Paragraph:
    """Say how the total moved, or why that cannot be said."""
    say = setting.say
    one, two = before.totals.get(unit), now.totals[unit]
    why = total_differences(before, now, unit, setting)
    if one is None or one.published is None or two.published is None:
        return Paragraph(tone=Tone.NOTICE, text=say("至少一期没有得分，总数不可比。", "One period has no total."))
    if why:
        told = setting.say("；", "; ").join(why)
        return Paragraph(
            tone=Tone.NOTICE,
            text=say(
                f"两期得分（{one.published} 与 {two.published}）不可直接相减：{told}。",
                f"The totals ({one.published} and {two.published}) must not be subtracted: {told}.",
            ),
        )
    change = spell_change(float(two.published - one.published), 2)
    return Paragraph(
        tone=Tone.NOTICE,
        text=say(
            f"得分 {one.published} → {two.published}，变化 {change}。",
            f"{one.published} → {two.published}: {change}.",
        ),
    )


def total_differences(before: RunFacts, now: RunFacts, unit: str, setting: Setting) -> tuple[str, ...]:
    """Say in what two totals of a body differ besides the body; () when they may be subtracted."""
    one, two = before.totals.get(unit), now.totals[unit]
    if one is None:
        return (setting.say("上一期没有该单位", "the last period did not have the body"),)
    told = [
        setting.say(difference.sentence_zh, difference.sentence_en)
        for difference in compare_bases(before.basis, now.basis)
        if concerns(difference, two)
    ]
    if one.kind is not two.kind:
        kinds = title(one.kind, setting.language), title(two.kind, setting.language)
        told.append(setting.say(f"一期为{kinds[0]}，一期为{kinds[1]}", f"one is {kinds[0]}, the other {kinds[1]}"))
    entered = [{row.row for row in facts.scores.get(unit, ()) if row.weight_entered > 0} for facts in (before, now)]
    if entered[0] != entered[1]:
        rows = sorted(entered[0] ^ entered[1])
        named = setting.say("、", ", ").join(f"{two.table}{row}" for row in rows)
        told.append(setting.say(f"只在一期计入的行：{named}", f"rows that entered once only: {named}"))
    rest = len(told) - NAMED_MAX
    more = [setting.say(f"另有 {rest} 处不同", f"{rest} more differences")] if rest > 0 else []
    return (*told[:NAMED_MAX], *more)


def concerns(difference: Incomparable, total: UnitTotal) -> bool:
    """Say whether a difference touches the body's table."""
    return difference.table in ("", total.table)


def row_grid(now: RunFacts, before: RunFacts, unit: str, setting: Setting) -> Grid:
    """Return both periods row by row."""
    say = setting.say
    earlier = {score.indicator: score for score in before.scores.get(unit, ())}
    columns = (
        Column(title=say("行", "Row"), share=7),
        Column(title=say("指标", "Indicator"), share=28),
        Column(title=before.run.period, share=12, align=Align.RIGHT),
        Column(title=now.run.period, share=12, align=Align.RIGHT),
        Column(title=say("变化", "Change"), share=11, align=Align.RIGHT),
        Column(title=say("说明", "Remark"), share=30),
    )
    rows = tuple(
        row_cells(now, before, earlier.get(score.indicator), score, setting)
        for score in now.scores.get(unit, ())
        if was_scored(score, earlier.get(score.indicator))
    )
    return Grid(name="comparison", columns=columns, rows=rows, empty=say("没有可比的行。", "Nothing to compare."))


def was_scored(*scores: Score | None) -> bool:
    """Say whether a row was scored in either period."""
    return any(score is not None and score.state is ScoreState.SCORED for score in scores)


def row_cells(now: RunFacts, before: RunFacts, one: Score | None, two: Score, setting: Setting) -> tuple[Cell, ...]:
    """Return one row: both values, the change where it may be told, else why not."""
    why = row_differences(before, now, one, two, setting)
    change = NOTHING
    if not why and one is not None and one.value is not None and two.value is not None:
        change = spell_change((two.value - one.value) * 100, 1)
    return (
        Cell(text=f"{two.table}{two.row}"),
        Cell(text=setting.row_title(two)),
        Cell(text=spell_share(one.value if one else None)),
        Cell(text=spell_share(two.value)),
        Cell(text=change, strong=True),
        Cell(text="；".join(why) if why else setting.say("百分点", "percentage points")),
    )


def row_differences(before: RunFacts, now: RunFacts, one: Score | None, two: Score, setting: Setting) -> Sequence[str]:
    """Say why two scores of a row must not be subtracted; () when they may."""
    if one is None:
        return (setting.say("上一期没有这一行", "no such row last period"),)
    unscored = [
        f"{facts.run.period} {title(score.state, setting.language)}"
        for facts, score in ((before, one), (now, two))
        if score.state is not ScoreState.SCORED
    ]
    if unscored:
        return unscored
    found = [*compare_scores(one, two), *basis_differences(before, now, two)]
    return tuple(dict.fromkeys(setting.say(one.sentence_zh, one.sentence_en) for one in found))


def basis_differences(before: RunFacts, now: RunFacts, score: Score) -> Iterator[Incomparable]:
    """Yield what differs in the definitions, as far as it touches the row."""
    earlier, later = before.basis, now.basis
    if earlier is None or later is None:
        yield from compare_bases(earlier, later)
        return
    definition = later.definition(score.table, score.row)
    uses = set(definition.targets) if definition else set()
    for difference in compare_bases(earlier, later):
        target = difference.difference is Difference.TARGETS and difference.later.partition("=")[0] in uses
        readable = difference.difference is Difference.READABILITY and READABILITY_PART in score.parts
        if target or readable:
            yield difference
    yield from compare_rows(earlier, later, score.table, score.row)


def published_of(total: UnitTotal | None) -> str:
    """Spell a total."""
    return spell_points(None if total is None or total.published is None else float(total.published))
