"""What could not be seen of one body, and why: it lowers the coverage and never the score."""

from collections.abc import Iterator

from domain.crawl import GuideOutcome
from exports.report.blocks import Align, Block, Cell, Column, Grid, Heading, Paragraph
from exports.report.platform_faults import PLATFORM_PROBES, UNSEEN
from exports.report.run_facts import RunFacts, Setting
from exports.report.spelling import shorten
from exports.vocabulary import portal_title, probe_title, title

SHOWN_MAX = 80
REASON_CHARACTERS = 140


def unseen_blocks(facts: RunFacts, unit: str, setting: Setting) -> Iterator[Block]:
    """Yield the chapter of everything that was left out."""
    say = setting.say
    rows = [*unseen_guides(facts, unit, setting), *unseen_probes(facts, unit, setting)]
    yield Heading(text=say("未能看到、未计入的部分", "What could not be seen and was left out"))
    yield Paragraph(
        text=say(
            f"共 {len(rows)} 项受阻、无法判定或因本方错误未计入；它们降低覆盖率，不扣分。",
            f"{len(rows)} looks were blocked, could not tell or broke by our own fault. They lower coverage, not "
            "points.",
        )
    )
    yield Grid(
        name="unseen",
        columns=(
            Column(title=say("平台", "Portal"), share=15),
            Column(title=say("事项", "Item"), share=26),
            Column(title=say("在做什么", "While doing"), share=15),
            Column(title=say("判定", "Outcome"), share=10),
            Column(title=say("原因", "Reason"), share=34),
        ),
        rows=tuple(rows[:SHOWN_MAX]),
        empty=say("没有。", "Nothing."),
    )
    if len(rows) > SHOWN_MAX:
        more = len(rows) - SHOWN_MAX
        yield Paragraph(text=say(f"另有 {more} 项，见导出的观察与指南清单。", f"{more} more: see the exports."))
    yield Heading(text=say("不适用的探测", "Probes that did not apply"), level=2)
    yield not_applicable_grid(facts, unit, setting)


def unseen_guides(facts: RunFacts, unit: str, setting: Setting) -> Iterator[tuple[Cell, ...]]:
    """Yield the guides of a body that could not be read."""
    for portal in facts.run.portals:
        if not facts.visits.get((portal, unit, GuideOutcome.NOT_MEASURED)):
            continue
        for visit in facts.store.crawls.visits(facts.run.id, portal=portal, unit=unit):
            if visit.outcome is GuideOutcome.NOT_MEASURED:
                yield (
                    Cell(text=portal_title(portal, setting.language)),
                    Cell(text=shorten(visit.title, 50), note=visit.code),
                    Cell(text=setting.say("读取办事指南", "reading a guide")),
                    Cell(text=title(visit.outcome, setting.language)),
                    Cell(text=title(visit.failure, setting.language)),
                )


def unseen_probes(facts: RunFacts, unit: str, setting: Setting) -> Iterator[tuple[Cell, ...]]:
    """Yield the probes of a body that told nothing."""
    found = [
        seen
        for seen in facts.store.observations.of_run(facts.run.id, unit=unit)
        if seen.outcome in UNSEEN and seen.probe_id not in PLATFORM_PROBES
    ]
    titles = facts.store.overview.titles(facts.run.id, found)
    for seen in found:
        yield (
            Cell(text=portal_title(seen.portal, setting.language)),
            Cell(text=shorten(titles.get((seen.portal, seen.item_id), ""), 50) or seen.subject, note=seen.subject),
            Cell(text=probe_title(seen.probe_id, setting.language)),
            Cell(text=title(seen.outcome, setting.language)),
            Cell(text=shorten(seen.reason, REASON_CHARACTERS) or title(seen.failure, setting.language)),
        )


def not_applicable_grid(facts: RunFacts, unit: str, setting: Setting) -> Grid:
    """Count the probes that turned out not to concern the body."""
    say = setting.say
    counted = {
        (portal, probe): count
        for (portal, seen_unit, probe, outcome), count in facts.observed.items()
        if seen_unit == unit and outcome == "not_applicable"
    }
    rows = tuple(
        (
            Cell(text=portal_title(portal, setting.language)),
            Cell(text=probe_title(probe, setting.language)),
            Cell(text=str(count)),
        )
        for (portal, probe), count in sorted(counted.items())
    )
    columns = (
        Column(title=say("平台", "Portal"), share=35),
        Column(title=say("探测", "Probe"), share=45),
        Column(title=say("项数", "Items"), share=20, align=Align.RIGHT),
    )
    return Grid(name="not-applicable", columns=columns, rows=rows, empty=say("没有。", "None."))
