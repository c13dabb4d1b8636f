"""What a reader who has one minute has to know of a body: where its points went, and how much is to mend."""

from collections import Counter
from collections.abc import Iterator

from domain.outcome import Outcome
from domain.score import Score, ScoreState
from exports.report.blocks import Align, Block, Cell, Column, Facts, Grid, Heading
from exports.report.run_facts import RunFacts, Setting
from exports.report.spelling import spell_count, spell_points, spell_share
from exports.vocabulary import title

WEAKEST = 6


def summary_blocks(facts: RunFacts, unit: str, setting: Setting) -> Iterator[Block]:
    """Yield the counts and the rows that cost most."""
    say = setting.say
    yield Heading(text=say("摘要", "Summary"))
    yield Facts(pairs=tuple(counts(facts, unit, setting)))
    yield Heading(text=say("失分最多的指标", "Where most points were lost"), level=2)
    yield weakest_grid(facts, unit, setting)


def counts(facts: RunFacts, unit: str, setting: Setting) -> Iterator[tuple[str, str]]:
    """Yield how many rows, guides, faults and failed probes there are."""
    say = setting.say
    states = Counter(score.state for score in facts.scores.get(unit, ()))
    told = say("，", ", ").join(f"{title(state, setting.language)} {states[state]}" for state in ScoreState)
    yield say("指标行", "Rows"), told
    yield say("读到的办事指南", "Guides read"), spell_count(facts.measured(unit))
    rules = facts.store.audits.count_by_rule(facts.run.id, unit=unit)
    yield (
        say("办事指南问题", "Faults of guides"),
        say(f"{sum(rules.values())} 个，涉及 {len(rules)} 条规则", f"{sum(rules.values())} by {len(rules)} rules"),
    )
    tally = Counter[Outcome]()
    for (_, whose, _, outcome), count in facts.observed.items():
        if whose == unit:
            tally[outcome] += count
    yield (
        say("探测", "Probes"),
        say("，", ", ").join(
            f"{title(outcome, setting.language)} {tally[outcome]}" for outcome in Outcome if tally[outcome]
        )
        or "0",
    )


def lost_points(score: Score) -> float:
    """Return the points that a scored row cost."""
    return score.weight * (1 - score.value) if score.value is not None else 0.0


def weakest_grid(facts: RunFacts, unit: str, setting: Setting) -> Grid:
    """Return the scored rows that cost most points, the dearest first."""
    say = setting.say
    entered = [score for score in facts.scores.get(unit, ()) if score.weight_entered > 0 and lost_points(score) > 0]
    entered.sort(key=lambda score: (-lost_points(score), score.row))
    columns = (
        Column(title=say("行", "Row"), share=10),
        Column(title=say("指标", "Indicator"), share=45),
        Column(title=say("权重", "Weight"), share=15, align=Align.RIGHT),
        Column(title=say("得分率", "Score"), share=15, align=Align.RIGHT),
        Column(title=say("失分", "Lost"), share=15, align=Align.RIGHT),
    )
    rows = tuple(
        (
            Cell(text=f"{score.table}{score.row}"),
            Cell(text=setting.row_title(score)),
            Cell(text=spell_count(score.weight)),
            Cell(text=spell_share(score.value)),
            Cell(text=spell_points(lost_points(score)), strong=True),
        )
        for score in entered[:WEAKEST]
    )
    return Grid(name="weakest", columns=columns, rows=rows, empty=say("没有失分的行。", "No points were lost."))
