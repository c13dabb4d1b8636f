"""The pages that let a reader judge the numbers: how they were made, how much was seen, by which versions."""

from collections.abc import Iterator

from domain.crawl import GuideOutcome
from domain.outcome import Outcome
from domain.unit import find_unit
from exports.report.blocks import Align, Block, Cell, Column, Facts, Grid, Heading, Paragraph, cells
from exports.report.run_facts import RunFacts, Setting
from exports.report.spelling import NOTHING, spell_count, spell_moment, spell_share
from exports.vocabulary import portal_title, probe_title, title

METHOD_ZH = (
    "从用户角度，用程序采集门户公布的办事指南并逐字段核对，用真实浏览器按普通用户的操作逐步探测检索、申办、预约等服务；"
    "探测从不提交申请、不确认预约、不评价、不投诉。所见逐项留存截图、页面和原始数据，以 SHA-256 编目。",
    "每个判断有六种结果：通过、不通过、不适用、受阻、无法判定、本方错误。只有通过和不通过进入得分；其余降低覆盖率。"
    "覆盖率低于规定的最低要求时不出分（数据不足），不记零分。认定门户不可用须在三个不同时段各看到一次，且同时对照页面正常。",
    "得分率 = 该行公式的值，在 0 至 1 之间；得分 = 权重 × 得分率。用户视角部分得分 = Σ(权重 × 得分率) ÷ Σ权重 × 100，"
    "只含用户侧可测的行，按已测份额计权，不是总分；补齐其他渠道报送的数据后才出总分。",
    "区间为 90%：抽查的比例按超几何分布、探测的样本按整群重抽样，重复计算得分后取分位数；名次区间同样得出。"
    "并列档内的单位不能以规定的把握分出先后，引用名次须同时引用名次区间或并列档。"
    "A 榜为适用分不少于规定分值的单位，其余列 B 榜。",
)
METHOD_EN = (
    "Published guides are collected and checked field by field; a real browser tries search, application and booking "
    "as a citizen would. A probe never submits, confirms, rates or complains. What was seen is kept and named by its "
    "SHA-256.",
    "A judgement ends in pass, fail, not applicable, blocked, inconclusive or our own error. Only pass and fail enter "
    "a score; the rest lower the coverage. Below the least coverage there is no score, never a zero. A portal is said "
    "to be out of service only after three occasions on which a control page worked.",
    "Points are weight × score. The partial score of the user's side is Σ(weight × score) ÷ Σ weight × 100 over the "
    "rows that can be seen from outside; it is not the total, which needs the figures of the other channels.",
    "Intervals are 90 %: sampled shares by the hypergeometric distribution, probes by resampling of whole clusters. "
    "Bodies of one band cannot be told apart; quote a rank with its interval or band. List A holds bodies with enough "
    "applicable points, list B the others.",
)


def method_blocks(facts: RunFacts, setting: Setting, unit: str | None = None) -> Iterator[Block]:
    """Yield method, coverage and versions; of one body, or of all."""
    say = setting.say
    yield Heading(text=say("方法与覆盖", "Method and coverage"), new_page=True)
    for zh, en in zip(METHOD_ZH, METHOD_EN, strict=True):
        yield Paragraph(text=say(zh, en))
    yield Heading(text=say("办事指南采集", "Guides collected"), level=2)
    yield guide_coverage(facts, setting, unit)
    yield Heading(text=say("探测", "Probes"), level=2)
    yield probe_coverage(facts, setting, unit)
    yield Heading(text=say("版本与溯源", "Versions and provenance"))
    yield provenance(facts, setting)
    yield Heading(text=say("指标版本", "Versions of the indicators"), level=2)
    yield version_grid(facts, setting, unit)


def guide_coverage(facts: RunFacts, setting: Setting, unit: str | None) -> Grid:
    """Count guides listed, read, absent and unseen by portal."""
    say = setting.say
    rows = []
    for portal in facts.run.portals:
        listed = sum(
            max(one.guides, one.total or 0)
            for one in facts.listings
            if one.offered and one.portal == portal and unit in (None, one.unit)
        )
        counts = {how: count_visits(facts, portal, how, unit) for how in GuideOutcome}
        seen = counts[GuideOutcome.MEASURED] + counts[GuideOutcome.ABSENT]
        figures = (listed, *(counts[how] for how in GuideOutcome))
        share = spell_share(seen / listed) if listed else NOTHING
        rows.append(cells(portal_title(portal, setting.language), *map(spell_count, figures), share))
    titles = [title(how, setting.language) for how in GuideOutcome]
    columns = (
        Column(title=say("平台", "Portal"), share=25),
        Column(title=say("门户列出", "Listed"), share=15, align=Align.RIGHT),
        *(Column(title=one, share=15, align=Align.RIGHT) for one in titles),
        Column(title=say("覆盖率", "Coverage"), share=15, align=Align.RIGHT),
    )
    return Grid(name="guide-coverage", columns=columns, rows=tuple(rows))


def count_visits(facts: RunFacts, portal: str, how: GuideOutcome, unit: str | None) -> int:
    """Add up visits that ended in one way."""
    return sum(
        count
        for (where, whose, outcome), count in facts.visits.items()
        if (where, outcome) == (portal, how) and unit in (None, whose)
    )


def probe_coverage(facts: RunFacts, setting: Setting, unit: str | None) -> Grid:
    """Count outcomes by portal and probe."""
    tallies: dict[tuple[str, str], dict[Outcome, int]] = {}
    for (portal, whose, probe, outcome), count in facts.observed.items():
        if unit in (None, whose):
            tally = tallies.setdefault((portal, probe), dict.fromkeys(Outcome, 0))
            tally[outcome] += count
    rows = tuple(
        cells(
            portal_title(portal, setting.language),
            probe_title(probe, setting.language),
            *(str(tally[outcome]) for outcome in Outcome),
        )
        for (portal, probe), tally in sorted(tallies.items())
    )
    columns = (
        Column(title=setting.say("平台", "Portal"), share=20),
        Column(title=setting.say("探测", "Probe"), share=26),
        *(Column(title=title(one, setting.language), share=9, align=Align.RIGHT) for one in Outcome),
    )
    return Grid(
        name="probe-coverage", columns=columns, rows=rows, empty=setting.say("没有探测。", "No probe was made.")
    )


def provenance(facts: RunFacts, setting: Setting) -> Facts:
    """Name everything by which the numbers can be made again."""
    say, run, basis = setting.say, facts.run, facts.basis
    pairs = [
        (say("运行", "Run"), f"{run.id}（{title(run.kind, setting.language)}，{title(run.state, setting.language)}）"),
        (say("采集时间", "Taken"), f"{spell_moment(run.started_at)} – {spell_moment(run.finished_at)}"),
        (say("对象", "Target"), run.target),
        (say("工具版本", "Tool"), f"{run.tool_version}，{run.tool_commit}"),
        (say("浏览器", "Browser"), run.browser or NOTHING),
        (say("设置哈希", "Settings hash"), run.settings_hash),
        (say("观测点", "Vantage"), run.vantage or NOTHING),
        (say("软件包", "Packages"), "、".join(f"{name} {one}" for name, one in sorted(run.packages.items()))),
        (say("证据清单", "Evidence manifest"), run.manifest or NOTHING),
        (say("时间戳", "Time stamp"), run.time_stamp or NOTHING),
        *sample_lines(facts, setting),
    ]
    if basis is not None:
        targets = "、".join(f"{name} = {value}" for name, value in sorted(basis.targets.items()))
        placeholder = say("（占位值，尚待委托方确定）", " (placeholders)") if basis.targets_placeholder else ""
        pairs += [
            (say("计分工具", "Scored by"), basis.tool_version),
            (say("规则集", "Rule sets"), "、".join(basis.rule_sets) or NOTHING),
            (
                say("不适用规则的理解", "Reading"),
                say({"narrow": "从严（窄）"}.get(basis.reading, "从宽（宽）"), basis.reading),
            ),
            (say("随机种子", "Seed"), f"{basis.seed}，{say('抽取', 'draws')} {basis.draws}"),
            (say("目标值", "Targets"), (targets or NOTHING) + placeholder),
        ]
    return Facts(pairs=tuple(pairs))


def sample_lines(facts: RunFacts, setting: Setting) -> Iterator[tuple[str, str]]:
    """Yield the commitments of the period's samples, and their salts once these are published."""
    samples = facts.store.samples
    for one in samples.commitments(period=facts.run.period, target=facts.run.target):
        reveal = samples.reveal(one.id)
        told = setting.say("盐值尚未公布", "salt still secret") if reveal is None else f"salt {reveal.salt}"
        yield setting.say("抽查承诺", "Sample commitment"), f"{one.id}：{one.salt_sha256}（{told}）"


def version_grid(facts: RunFacts, setting: Setting, unit: str | None) -> Grid:
    """Return indicator and version of every row that was scored."""
    say = setting.say
    tables = {find_unit(unit).table.value} if unit else {total.table for total in facts.totals.values()}
    made = sorted(
        {
            (score.table != "D", score.row, score.table, score.indicator, score.version)
            for scores in facts.scores.values()
            for score in scores
            if score.table in tables
        }
    )
    rows = tuple(
        (
            Cell(text=f"{table}{row}"),
            Cell(text=indicator),
            Cell(text=f"v{version}"),
            Cell(text=formula_of(facts, table, row)),
        )
        for _, row, table, indicator, version in made
    )
    columns = (
        Column(title=say("行", "Row"), share=8),
        Column(title=say("指标程序", "Indicator"), share=30),
        Column(title=say("版本", "Version"), share=8),
        Column(title=say("公式", "Formula"), share=54),
    )
    return Grid(name="versions", columns=columns, rows=rows)


def formula_of(facts: RunFacts, table: str, row: int) -> str:
    """Return the row's formula in words."""
    definition = facts.basis.definition(table, row) if facts.basis else None
    return definition.formula if definition else NOTHING
