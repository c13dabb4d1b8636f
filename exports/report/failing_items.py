"""The list that a body works through: every fault with the item, the rule or probe, what to mend, picture and proof."""

from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from domain.finding import Finding
from domain.observation import Observation
from domain.outcome import Outcome
from exports.links import guide_path, observation_path
from exports.report.blocks import Block, Cell, Column, Grid, Heading, Paragraph, Tone
from exports.report.platform_faults import PLATFORM_PROBES
from exports.report.run_facts import RunFacts, Setting
from exports.report.spelling import shorten
from exports.report.thumbnails import make_thumbnail
from exports.vocabulary import portal_title, probe_title

PER_RULE_MAX = 20
"""A county may have thousands of one fault; a report that nobody can carry helps nobody."""
PICTURES_MAX = 60
HASH_SHOWN = 16
REASON_CHARACTERS, SEEN_CHARACTERS, EXCERPT_CHARACTERS = 200, 120, 80
PICTURE = 3
"""Which column of the lists holds pictures."""


class PictureBudget:
    """How many pictures a report may still take, so that it stays a file that can be sent."""

    def __init__(self, left: int = PICTURES_MAX) -> None:
        self._left = left

    def take(self, sha256: str | None) -> str | None:
        """Return the hash while there is room, else ``None``."""
        if not sha256 or self._left == 0:
            return None
        self._left -= 1
        return sha256


def failing_blocks(facts: RunFacts, unit: str, setting: Setting) -> Iterator[Block]:
    """Yield the chapter of everything to mend."""
    say = setting.say
    budget = PictureBudget()
    failures = [seen for seen in facts.store.observations.of_run(facts.run.id, unit=unit) if is_failure(seen)]
    counts = facts.store.audits.count_by_rule(facts.run.id, unit=unit)
    yield Heading(text=say("需要整改的事项", "What to mend"), new_page=True)
    total = sum(counts.values())
    yield Paragraph(
        text=say(
            f"办事指南核对发现 {total} 个问题（{len(counts)} 条规则），实际操作探测 {len(failures)} 项未通过。"
            "每行写明事项、依据的规则或探测、应改什么和证据；受阻、无法判定和本方错误不在此列。",
            f"{total} faults of guides by {len(counts)} rules and {len(failures)} failed probes. Each line names the "
            "item, the rule or probe, what to mend and the proof; what was blocked or could not be told is not "
            "listed here.",
        )
    )
    yield Paragraph(
        tone=Tone.NOTE,
        text=say(
            f"证据一栏为证据 SHA-256 的前 {HASH_SHOWN} 位，链接到评估工作台中的页面（工作台有服务地址时）。",
            f"The proof column shows the first {HASH_SHOWN} digits of the evidence's SHA-256 and links to the "
            "workbench where it is served.",
        ),
    )
    yield Heading(text=say("实际操作探测未通过", "Failed probes"), level=2)
    yield failure_grid(facts, failures, setting, budget)
    yield Heading(text=say("办事指南问题清单", "Faults of guides"), level=2)
    yield finding_grid(facts, unit, list(counts.items()), setting, budget)


def is_failure(seen: Observation) -> bool:
    """Say whether a probe accuses the body."""
    return seen.outcome is Outcome.FAIL and seen.probe_id not in PLATFORM_PROBES


def failure_grid(facts: RunFacts, failures: Sequence[Observation], setting: Setting, budget: PictureBudget) -> Grid:
    """Return the failed probes of a body."""
    titles = facts.store.overview.titles(facts.run.id, failures)
    rows = [failure_row(facts, seen, titles.get((seen.portal, seen.item_id), ""), setting, budget) for seen in failures]
    none = setting.say("没有未通过的探测。", "No probe failed.")
    return item_grid("failures", setting.say("探测", "Probe"), rows, none, setting)


def failure_row(
    facts: RunFacts, seen: Observation, name: str, setting: Setting, budget: PictureBudget
) -> tuple[Cell, ...]:
    """Return one failed probe."""
    pictures = [step.screenshot for step in seen.steps if step.screenshot]
    last = pictures[-1] if pictures else None
    return (
        Cell(text=shorten(name, 60) or seen.subject, note=seen.subject if name else ""),
        Cell(text=probe_title(seen.probe_id, setting.language), note=portal_title(seen.portal, setting.language)),
        Cell(text=shorten(seen.reason, SEEN_CHARACTERS)),
        Cell(picture=make_thumbnail(facts.store, budget.take(last), shorten(seen.reason, EXCERPT_CHARACTERS))),
        Cell(text=(seen.manifest or last or "")[:HASH_SHOWN], link=setting.page(observation_path(seen))),
    )


def finding_grid(
    facts: RunFacts, unit: str, counts: Sequence[tuple[str, int]], setting: Setting, budget: PictureBudget
) -> Grid:
    """Return the faults of a body's guides, the most frequent rule first."""
    rows: list[tuple[Cell, ...]] = []
    for rule, count in sorted(counts, key=lambda pair: (-pair[1], pair[0])):
        found = list(facts.store.audits.findings(facts.run.id, unit=unit, rule=rule, limit=PER_RULE_MAX))
        titles = facts.store.overview.titles(facts.run.id, found)
        named = ((one, titles.get((one.portal, one.item_id), "")) for one in found)
        rows += [finding_row(facts, one, name, setting, budget) for one, name in named]
        if count > len(found):
            rows.append(rest_row(rule, count - len(found), setting))
    none = setting.say("没有发现问题。", "No faults were found.")
    return item_grid("findings", setting.say("规则", "Rule"), rows, none, setting)


def finding_row(
    facts: RunFacts, finding: Finding, name: str, setting: Setting, budget: PictureBudget
) -> tuple[Cell, ...]:
    """Return one fault."""
    reason = shorten(finding.reason, REASON_CHARACTERS)
    excerpt = shorten(finding.excerpt, EXCERPT_CHARACTERS)
    return (
        Cell(text=shorten(name, 60) or finding.subject, note=finding.subject, link=web_address(finding.url)),
        Cell(text=setting.rule_titles.get(finding.rule_id, finding.rule_id), note=rule_version(finding, setting)),
        Cell(text=reason, note=setting.say(f"原文：{excerpt}", f"Text: {excerpt}") if excerpt else ""),
        Cell(picture=make_thumbnail(facts.store, budget.take(finding.picture), reason, marked=True)),
        Cell(
            text=(finding.picture or finding.document)[:HASH_SHOWN],
            link=setting.page(guide_path(finding.run, finding.portal, finding.item_id)),
        ),
    )


def rule_version(finding: Finding, setting: Setting) -> str:
    """Name the rule in its version, where its title stands above it."""
    name = finding.rule_id if finding.rule_id in setting.rule_titles else ""
    return f"{name} v{finding.rule_version}".strip()


def rest_row(rule: str, count: int, setting: Setting) -> tuple[Cell, ...]:
    """Say how many more there are, lest the list seem whole."""
    told = setting.say(
        f"另有 {count} 项同类问题，见导出的问题清单（findings）。",
        f"{count} more of this kind: see the findings export.",
    )
    blank = Cell()
    return (Cell(text="…"), Cell(text=setting.rule_titles.get(rule, rule), note=rule), Cell(text=told), blank, blank)


def item_grid(name: str, about: str, rows: Sequence[tuple[Cell, ...]], none: str, setting: Setting) -> Grid:
    """Return one of both lists; without a single picture it has no column for them."""
    say = setting.say
    columns: tuple[Column, ...] = (
        Column(title=say("事项", "Item"), share=20),
        Column(title=about, share=15),
        Column(title=say("应改什么", "What to mend"), share=31),
        Column(title=say("截图", "Picture"), share=23),
        Column(title=say("证据", "Proof"), share=11),
    )
    if not any(row[PICTURE].picture for row in rows):
        columns = (*columns[:PICTURE], *columns[PICTURE + 1 :])
        rows = [(*row[:PICTURE], *row[PICTURE + 1 :]) for row in rows]
    return Grid(name=name, columns=columns, rows=tuple(rows), empty=none)


def web_address(url: str) -> str:
    """Return a crawled address where it may become a link, "" where it may not."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in ("http", "https") and parts.netloc else ""
