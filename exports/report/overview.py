"""What a reader who has one minute has to know of a period: how many bodies have a number, and what fails most."""

from collections import Counter
from collections.abc import Iterator

from domain.outcome import Outcome
from domain.unit import Table
from exports.report.blocks import Align, Block, Cell, Column, Facts, Grid, Heading
from exports.report.run_facts import RunFacts, Setting
from exports.report.spelling import spell_count
from exports.vocabulary import title

MOST = 10


def overview_blocks(facts: RunFacts, setting: Setting) -> Iterator[Block]:
    """Yield the counts and the rules that are broken most."""
    say = setting.say
    yield Heading(text=say("摘要", "Summary"))
    yield Facts(pairs=tuple(counts(facts, setting)))
    yield Heading(text=say("最常见的问题", "What fails most"), level=2)
    yield rule_grid(facts, setting)


def counts(facts: RunFacts, setting: Setting) -> Iterator[tuple[str, str]]:
    """Yield how many bodies have a total, and how much was looked at."""
    say = setting.say
    for table in Table:
        bodies = [facts.totals[unit.id] for unit in facts.units if unit.table is table]
        told = sum(total.published is not None for total in bodies)
        if bodies:
            yield (
                title(table, setting.language),
                say(f"{len(bodies)} 个单位，其中 {told} 个有得分", f"{len(bodies)} bodies, {told} with a total"),
            )
    yield say("读到的办事指南", "Guides read"), spell_count(sum(facts.measured(unit.id) for unit in facts.units))
    found = facts.store.audits.count_by_rule(facts.run.id)
    yield (
        say("办事指南问题", "Faults of guides"),
        say(f"{sum(found.values())} 个，涉及 {len(found)} 条规则", f"{sum(found.values())} by {len(found)} rules"),
    )
    tally = Counter[Outcome]()
    for (_, _, _, outcome), count in facts.observed.items():
        tally[outcome] += count
    judged = (f"{title(outcome, setting.language)} {tally[outcome]}" for outcome in Outcome if tally[outcome])
    yield say("探测", "Probes"), say("，", ", ").join(judged) or "0"


def rule_grid(facts: RunFacts, setting: Setting) -> Grid:
    """Return the rules with most faults, and at how many bodies."""
    say, run = setting.say, facts.run.id
    found = sorted(facts.store.audits.count_by_rule(run).items(), key=lambda pair: (-pair[1], pair[0]))[:MOST]
    bodies = Counter(rule for unit in facts.units for rule in facts.store.audits.count_by_rule(run, unit=unit.id))
    columns = (
        Column(title=say("规则", "Rule"), share=66),
        Column(title=say("问题数", "Faults"), share=17, align=Align.RIGHT),
        Column(title=say("涉及单位", "Bodies"), share=17, align=Align.RIGHT),
    )
    rows = tuple(
        (
            Cell(text=setting.rule_titles.get(rule, rule), note=rule if rule in setting.rule_titles else ""),
            Cell(text=spell_count(count)),
            Cell(text=str(bodies[rule])),
        )
        for rule, count in found
    )
    return Grid(name="rules", columns=columns, rows=rows, empty=say("没有发现问题。", "No faults were found."))
