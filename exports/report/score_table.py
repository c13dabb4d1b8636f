"""The table of a body's rows: what applies, what it rests on, how sure it is, what it is worth."""

from collections.abc import Mapping

from domain.score import Score, ScoreState
from exports.links import score_path
from exports.report.blocks import Align, Cell, Column, Grid
from exports.report.run_facts import RunFacts, Setting
from exports.report.spelling import NOTHING, Say, shorten, spell_count, spell_points, spell_range, spell_share
from exports.vocabulary import title

NOTE_CHARACTERS = 110
CHANNEL_TITLES: Mapping[str, tuple[str, str]] = {
    "ZWFW": ("政务网", "portal"),
    "YSS": ("粤省事", "Yue Sheng Shi"),
    "YST": ("粤商通", "Yue Shang Tong"),
    "ACC": ("测试账号", "account"),
    "SITE": ("现场", "visit"),
    "TEL": ("电话", "phone"),
    "OPEN": ("开放广东", "open data"),
    "IMP": ("报送", "handed in"),
}
"""Codes of the channels in the catalogue's rows (methodology.md §3.6)."""


def score_grid(facts: RunFacts, unit: str, setting: Setting) -> Grid:
    """Return the score table of one body, row by row of the notice."""
    say = setting.say
    columns = (
        Column(title=say("行", "Row"), share=5),
        Column(title=say("指标", "Indicator"), share=22),
        Column(title=say("权重", "Weight"), share=6.5, align=Align.RIGHT),
        Column(title=say("适用", "Applies"), share=10),
        Column(title=say("分子 / 分母", "Num. / den."), share=11, align=Align.RIGHT),
        Column(title=say("申报·核验·k", "Declared, seen, k"), share=10),
        Column(title=say("得分率（90% 区间）", "Score (90 %)"), share=12, align=Align.RIGHT),
        Column(title=say("得分", "Points"), share=7, align=Align.RIGHT),
        Column(title=say("覆盖率", "Coverage"), share=8, align=Align.RIGHT),
        Column(title=say("渠道", "Channels"), share=8.5),
    )
    rows = tuple(score_row(facts, score, setting) for score in facts.scores.get(unit, ()))
    return Grid(name="scores", columns=columns, rows=rows, empty=say("本次没有计分。", "Nothing was scored."))


def score_row(facts: RunFacts, score: Score, setting: Setting) -> tuple[Cell, ...]:
    """Return one row's cells."""
    ratio = (
        NOTHING if score.denominator is None else f"{spell_count(score.numerator)} / {spell_count(score.denominator)}"
    )
    return (
        Cell(text=f"{score.table}{score.row}"),
        Cell(
            text=setting.row_title(score),
            note=shorten(setting.note(score.note), NOTE_CHARACTERS),
            link=setting.page(score_path(score.run, score.unit, score.indicator)),
        ),
        Cell(text=spell_count(score.weight)),
        Cell(text=title(score.state, setting.language), note=part_of_formula(score, setting.say)),
        Cell(text=ratio),
        Cell(text=consistency_of(score, setting.say)),
        Cell(text=spell_share(score.value), note=spell_range(score.interval, spell_share)),
        Cell(text=spell_points(score.points), strong=True),
        Cell(text=spell_share(score.coverage), note=least_coverage(score, setting.say)),
        Cell(text=channels_of(facts, score, setting)),
    )


def part_of_formula(score: Score, say: Say) -> str:
    """Say how much of the formula was seen, where it was not all."""
    if score.state is not ScoreState.SCORED or score.measured_share >= 1:
        return ""
    share = spell_share(score.measured_share)
    return say(f"计入公式的 {share}", f"{share} of the formula")


def least_coverage(score: Score, say: Say) -> str:
    """Name the coverage that was missed."""
    if score.state is not ScoreState.INSUFFICIENT or score.coverage >= score.minimum_coverage:
        return ""
    least = spell_share(score.minimum_coverage)
    return say(f"最低 {least}", f"least {least}")


def consistency_of(score: Score, say: Say) -> str:
    """Spell how many declarations there are, were looked at and proved true, and the k that follows."""
    drawn = next((one for one in score.spread.factors if one.name == "consistency"), None)
    if drawn is None:
        return NOTHING if "consistency_checked" not in score.parts else say("未核验，k = 1", "unchecked, k = 1")
    k = drawn.confirmed / drawn.sampled if drawn.enough else 1.0
    return f"{drawn.population} · {drawn.sampled} · {k:.3g}"


def channels_of(facts: RunFacts, score: Score, setting: Setting) -> str:
    """Name the channels that the row is measured by."""
    definition = facts.basis.definition(score.table, score.row) if facts.basis else None
    if definition is None:
        return NOTHING
    told = [setting.say(*CHANNEL_TITLES.get(code, (code, code))) for code in definition.channels]
    return setting.say("、", ", ").join(told)
