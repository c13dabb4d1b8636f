"""The first page: who, when, by which run, which number, and whether it is the total or only the part seen so far."""

from collections.abc import Iterator, Sequence

from domain.run import RunState
from domain.score import UnitTotal
from domain.standing import Standing
from domain.total import TOTAL_KIND_TITLES_ZH, MissingPart, TotalKind
from exports.figure_names import show_figures
from exports.language import Language
from exports.report.blocks import Align, Block, Cell, Column, Facts, Grid, Paragraph, Tone
from exports.report.comparison import published_of
from exports.report.run_facts import RunFacts, Setting
from exports.report.spelling import NOTHING, Say, spell_count, spell_moment, spell_points, spell_range
from exports.vocabulary import title


def run_pairs(facts: RunFacts, setting: Setting) -> tuple[tuple[str, str], ...]:
    """Name the run and its moments."""
    say, run = setting.say, facts.run
    return (
        (say("评估期", "Period"), run.period),
        (say("运行", "Run"), f"{run.id}（{title(run.state, setting.language)}）"),
        (say("快照时间", "Snapshot"), f"{spell_moment(run.started_at)} – {spell_moment(run.finished_at)}"),
    )


def warnings(facts: RunFacts, setting: Setting) -> Iterator[Block]:
    """Yield what nobody may overlook: a sandbox, gaps, placeholders."""
    say = setting.say
    if facts.run.target == "sandbox":
        yield Paragraph(
            tone=Tone.NOTICE,
            text=say(
                "本报告的数据来自本机仿真门户，不反映任何真实单位。",
                "These data come from a sandbox and say nothing of real offices.",
            ),
        )
    if setting.language is Language.EN:
        yield Paragraph(
            tone=Tone.NOTE,
            text="Kept in Chinese: names of bodies, items and rows of the notice, formulas, what portals show, and the "
            "sentences on what to mend, which quote the guide and are those that the body is given.",
        )
    if facts.run.state is not RunState.FINISHED:
        state = title(facts.run.state, setting.language)
        yield Paragraph(
            tone=Tone.NOTICE,
            text=say(
                f"本次运行状态为“{state}”，缺口见“平台层面的问题”和“方法与覆盖”。",
                f"This run is {state}; its gaps are listed.",
            ),
        )
    if facts.basis is not None and facts.basis.targets_placeholder:
        yield Paragraph(
            tone=Tone.NOTICE,
            text=say("目标值为占位值，尚待委托方确定。", "The target values are placeholders not yet decided."),
        )


def total_pairs(total: UnitTotal, standing: Standing | None, setting: Setting) -> tuple[tuple[str, str], ...]:
    """Name the total, its interval, and the place with its interval and band."""
    say = setting.say
    kind = say(TOTAL_KIND_TITLES_ZH[total.kind], "Partial score" if total.kind is TotalKind.PARTIAL else "Total")
    interval = spell_range(standing.interval, spell_points) if standing else ""
    weights = f"{spell_count(total.weight_scored)} / {spell_count(total.weight_applicable)}"
    points = spell_count(None if total.applicable_points is None else float(total.applicable_points))
    pairs = [
        (kind, published_of(total)),
        (
            say("90% 区间", "90 % interval"),
            interval or say("无抽样成分", "nothing was sampled") if standing else NOTHING,
        ),
        *place_pairs(total, standing, say),
        (
            say("榜单", "List"),
            f"{title(total.in_list, setting.language)}（{say('适用分', 'applicable points')} {points}）",
        ),
        (say("计入权重 / 应计权重", "Weight entered / applicable"), weights),
    ]
    if total.kind is TotalKind.FULL:
        pairs.append((say("加分 / 减分", "Bonus / penalty"), f"{total.bonus or 0} / {total.penalty or 0}"))
    pairs += [
        (say(*reading_name(one.reading)), f"{spell_points(None if one.published is None else float(one.published))}")
        for one in total.readings
    ]
    return tuple(pairs)


def place_pairs(total: UnitTotal, standing: Standing | None, say: Say) -> Iterator[tuple[str, str]]:
    """Yield rank, its interval and the band; a body without a total has none."""
    if standing is None:
        yield say("名次", "Rank"), NOTHING if total.rank is None else str(total.rank)
        return
    yield say("名次", "Rank"), str(standing.rank)
    yield say("90% 名次区间", "90 % rank interval"), f"{standing.rank_low}–{standing.rank_high}"
    yield say("并列档", "Band"), say(f"第 {standing.band} 档", f"{standing.band}")


def reading_name(reading: str) -> tuple[str, str]:
    """Name a reading of the exemption."""
    return (
        ("从严（窄）口径得分", "Total, narrow reading")
        if reading == "narrow"
        else ("从宽（宽）口径得分", "Total, wide reading")
    )


def why_partial(total: UnitTotal, setting: Setting) -> Iterator[Block]:
    """Say why the number is not the total, and what would make it one."""
    say = setting.say
    if total.kind is TotalKind.FULL:
        return
    blocking = [part for part in total.missing if part.blocking]
    channels = say("、", ", ").join(dict.fromkeys(title(part.channel, setting.language) for part in blocking))
    yield Paragraph(
        tone=Tone.NOTICE,
        text=say(
            f"暂定：本数为用户视角部分得分，不是总分，因为有 {len(blocking)} 处数据尚缺（渠道：{channels}）。",
            f"Provisional: a partial score and not the total, since {len(blocking)} figures are missing ({channels}).",
        ),
    )
    if total.value is None:
        yield Paragraph(
            tone=Tone.NOTICE,
            text=say(
                "计入的行不足应计权重的规定份额，部分得分也不给出。",
                "Too few rows were scored even for a partial score.",
            ),
        )


def missing_grid(parts: Sequence[MissingPart], table: str, setting: Setting) -> Grid:
    """Return what is missing for the full total, by row and channel."""
    say = setting.say
    columns = (
        Column(title=say("行", "Row"), share=8),
        Column(title=say("指标", "Indicator"), share=28),
        Column(title=say("渠道", "Channel"), share=14),
        Column(title=say("占公式", "Share"), share=10, align=Align.RIGHT),
        Column(title=say("缺什么", "What is missing"), share=40),
    )
    rows = tuple(
        (
            Cell(text=f"{table}{part.row}"),
            Cell(text=part.title),
            Cell(text=title(part.channel, setting.language)),
            Cell(text=f"{part.share:.0%}"),
            Cell(text=lacks(part, setting)),
        )
        for part in parts
    )
    return Grid(name="missing", columns=columns, rows=rows, empty=say("没有缺项。", "Nothing is missing."))


def lacks(part: MissingPart, setting: Setting) -> str:
    """Name the figures that are missing; without any, say what the row's note says."""
    return show_figures(part.figures, setting.language) or setting.note(part.note)


def cover_facts(*groups: tuple[tuple[str, str], ...]) -> Facts:
    """Join groups of facts."""
    return Facts(pairs=tuple(pair for group in groups for pair in group))
