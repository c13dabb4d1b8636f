"""What no body is to blame for: the platform's own search and service desk, outages, blocked looks, missing pages."""

from collections import Counter
from collections.abc import Iterator

from domain.conclusion import OUTAGES
from domain.crawl import GuideOutcome
from domain.failure import BLAME, FailureReason
from domain.observation import Observation
from domain.outcome import Outcome
from domain.score_part import SCORE_PART_TITLES_ZH
from exports.report.blocks import Align, Block, Cell, Column, Facts, Grid, Heading, Paragraph, Tone, cells
from exports.report.run_facts import RunFacts, Setting
from exports.report.spelling import shorten, spell_share
from exports.vocabulary import portal_title, probe_title, title

PLATFORM_PROBES = frozenset({"control", "chatbot-controls"})
"""Probes that look at the platform itself; their observations belong to no body."""
PLATFORM_PART = "platform_"
REASON_CHARACTERS = 160
UNSEEN = (Outcome.BLOCKED, Outcome.INCONCLUSIVE, Outcome.ERROR)


def platform_blocks(facts: RunFacts, setting: Setting) -> Iterator[Block]:
    """Yield the chapter of the platform's own faults."""
    say = setting.say
    yield Heading(text=say("平台层面的问题（不计入任何单位）", "The platform's own faults (no body is to blame)"))
    yield Paragraph(
        text=say(
            "下列情况由平台、线路或本次测评自身造成，只作说明，不计入任何单位的得分；因此看不到的部分降低覆盖率，不扣分。",
            "The platform, the line or the evaluation itself caused what follows. It enters no body's score: what "
            "could not be seen lowers coverage, never points.",
        )
    )
    if facts.run.note:
        yield Paragraph(text=facts.run.note, tone=Tone.NOTICE)
    yield Heading(text=say("全平台的检索水平", "The platform's search"), level=2)
    yield search_levels(facts, setting)
    seen = list(platform_observations(facts))
    yield Heading(text=say("平台服务与对照页面", "Platform services and control pages"), level=2)
    yield service_grid(seen, setting)
    yield Heading(text=say("故障与受阻", "Outages and blocked looks"), level=2)
    yield trouble_grid(facts, setting)
    yield Heading(text=say("门户没有展示的单位", "Bodies that a portal does not show"), level=2)
    yield absent_grid(facts, setting)


def search_levels(facts: RunFacts, setting: Setting) -> Block:
    """Return the platform's level of search, alike in the scores of all bodies."""
    parts = {
        name: value
        for scores in facts.scores.values()
        for score in scores
        for name, value in score.parts.items()
        if name.startswith(PLATFORM_PART) and value is not None
    }
    if not parts:
        return Paragraph(text=setting.say("本次没有足够的检索探测。", "Too few searches were made."))
    return Facts(
        pairs=tuple(
            (setting.say(SCORE_PART_TITLES_ZH.get(name, name), name.replace("_", " ")), spell_share(parts[name]))
            for name in sorted(parts)
        )
    )


def platform_observations(facts: RunFacts) -> Iterator[Observation]:
    """Yield what was seen of the platform itself."""
    for probe in sorted(PLATFORM_PROBES):
        yield from facts.store.observations.of_run(facts.run.id, probe=probe)


def service_grid(seen: list[Observation], setting: Setting) -> Grid:
    """Return the platform's services that did not pass, the same trouble once."""
    say = setting.say
    told = Counter(
        (one.portal, one.probe_id, one.outcome, shorten(one.reason, REASON_CHARACTERS))
        for one in seen
        if one.outcome not in (Outcome.PASS, Outcome.NOT_APPLICABLE)
    )
    rows = tuple(
        cells(
            portal_title(portal, setting.language),
            probe_name(probe, setting),
            title(outcome, setting.language),
            reason,
            str(count),
        )
        for (portal, probe, outcome, reason), count in sorted(told.items())
    )
    columns = (
        Column(title=say("平台", "Portal"), share=16),
        Column(title=say("看了什么", "Looked at"), share=20),
        Column(title=say("判定", "Outcome"), share=12),
        Column(title=say("情况", "What was seen"), share=44),
        Column(title=say("次数", "Times"), share=8, align=Align.RIGHT),
    )
    none = say(f"看了 {len(seen)} 次，没有发现问题。", f"{len(seen)} looks, no fault.")
    if not seen:
        none = say("本次没有这类探测。", "No such look was made.")
    return Grid(name="services", columns=columns, rows=rows, empty=none)


def probe_name(probe: str, setting: Setting) -> str:
    """Name a probe, the control among them."""
    return probe_title(probe, setting.language)


def trouble_grid(facts: RunFacts, setting: Setting) -> Grid:
    """Return how often which trouble kept us from seeing something, by portal."""
    say = setting.say
    counted: Counter[tuple[str, str, str, FailureReason | None]] = Counter()
    bodies: dict[tuple[str, str, str, FailureReason | None], set[str]] = {}
    for portal, unit, what, failure in troubles(facts, setting):
        key = (portal, what, kind_of(failure, setting), failure)
        counted[key] += 1
        bodies.setdefault(key, set()).add(unit)
    rows = tuple(
        cells(
            portal_title(portal, setting.language),
            what,
            kind,
            title(failure, setting.language) if failure else say("未说明", "unnamed"),
            str(count),
            str(len(bodies[portal, what, kind, failure] - {""})),
        )
        for (portal, what, kind, failure), count in sorted(counted.items(), key=str)
    )
    columns = (
        Column(title=say("平台", "Portal"), share=18),
        Column(title=say("在做什么", "While doing"), share=22),
        Column(title=say("性质", "Kind"), share=16),
        Column(title=say("原因", "Reason"), share=22),
        Column(title=say("次数", "Times"), share=10, align=Align.RIGHT),
        Column(title=say("涉及单位", "Bodies"), share=12, align=Align.RIGHT),
    )
    return Grid(name="troubles", columns=columns, rows=rows, empty=say("没有。", "None."))


def troubles(facts: RunFacts, setting: Setting) -> Iterator[tuple[str, str, str, FailureReason | None]]:
    """Yield (portal, body, what was being done, reason) of everything that could not be seen."""
    for seen in facts.store.observations.of_run(facts.run.id):
        if seen.outcome in UNSEEN and seen.probe_id not in PLATFORM_PROBES:
            yield seen.portal, seen.unit or "", probe_name(seen.probe_id, setting), seen.failure
    reading = setting.say("读取办事指南", "reading a guide")
    lost = {(portal, unit) for portal, unit, how in facts.visits if how is GuideOutcome.NOT_MEASURED}
    for portal, unit in sorted(lost):
        for visit in facts.store.crawls.visits(facts.run.id, portal=portal, unit=unit):
            if visit.outcome is GuideOutcome.NOT_MEASURED:
                yield portal, unit, reading, visit.failure


def kind_of(failure: FailureReason | None, setting: Setting) -> str:
    """Tell an outage from being kept out and from a fault of our own."""
    say = setting.say
    if failure is None:
        return say("无法判定", "could not tell")
    if BLAME[failure] is Outcome.BLOCKED:
        return say("受阻", "kept out")
    if failure in OUTAGES:
        return say("平台或线路故障", "outage")
    return say("本方或无法判定", "ours, or could not tell")


def absent_grid(facts: RunFacts, setting: Setting) -> Grid:
    """Return which bodies a portal does not list at all."""
    say = setting.say
    names = {unit.id: unit.name for unit in facts.units}
    by_portal: dict[str, list[str]] = {}
    for listing in facts.listings:
        if not listing.offered:
            by_portal.setdefault(listing.portal, []).append(names.get(listing.unit, listing.unit))
    rows = tuple(
        (Cell(text=portal_title(portal, setting.language)), Cell(text=str(len(units))), Cell(text="、".join(units)))
        for portal, units in sorted(by_portal.items())
    )
    columns = (
        Column(title=say("平台", "Portal"), share=20),
        Column(title=say("单位数", "Bodies"), share=10, align=Align.RIGHT),
        Column(title=say("单位", "Which"), share=70),
    )
    return Grid(name="not-shown", columns=columns, rows=rows, empty=say("没有。", "None."))
