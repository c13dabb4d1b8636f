"""The check sheet of a drawn sample: one row per item and declaration, filled in by the people who looked."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time

from pydantic import AwareDatetime

from domain.frozen import Frozen
from domain.sample import (
    ASPECT_TITLES_EN,
    ASPECT_TITLES_ZH,
    CHINA_TIME,
    VERDICT_TITLES_EN,
    VERDICT_TITLES_ZH,
    Aspect,
    Verdict,
)
from domain.unit import all_units
from intake.cell import Fault, one_of, read_date, read_names, read_time
from intake.template import Template, TemplateColumn, Values, templates

UNITS = {unit.id: unit.name for unit in all_units()}
ASPECTS = {aspect.value: title for aspect, title in ASPECT_TITLES_ZH.items()}
ASPECTS_EN = {aspect.value: title for aspect, title in ASPECT_TITLES_EN.items()}
VERDICTS = {verdict.value: title for verdict, title in VERDICT_TITLES_ZH.items()}
VERDICTS_EN = {verdict.value: title for verdict, title in VERDICT_TITLES_EN.items()}
PREFILLED = frozenset({"sample", "unit", "code", "title", "url", "role", "aspect", "question", "declared"})


class CheckLine(Frozen):
    """One filled-in row."""

    sample: str  # id of the commitment
    unit: str
    code: str
    aspect: Aspect
    declared: str  # what the guide said when the sheet was written
    observer: str
    verdict: Verdict
    seen: str
    observed_at: AwareDatetime
    source: str
    pictures: tuple[str, ...] = ()  # names of files
    note: str = ""


def moment_of(values: Values) -> datetime:
    """Join day and time of a look, which observers write in Beijing time, and bring them to UTC."""
    day: date = values["day"]
    clock: time = values["clock"]
    return datetime.combine(day, clock, CHINA_TIME).astimezone(UTC)


def build(values: Values) -> CheckLine:
    """Make the line of a row that fits."""
    plain = ("sample", "unit", "code", "declared", "observer", "seen", "source", "pictures", "note")
    return CheckLine(
        **{key: values[key] for key in plain},
        aspect=Aspect(values["aspect"]),
        verdict=Verdict(values["verdict"]),
        observed_at=moment_of(values),
    )


def check(template: Template[CheckLine], values: Values) -> Iterator[Fault]:
    """Check what cells say together: no look lies ahead, and a mismatch is shown or explained."""
    if moment_of(values) > datetime.now(UTC):
        yield template.column("day").fault(str(values["day"]), "晚于现在", "lies in the future")
    if values["verdict"] == Verdict.MISMATCH and not (values["pictures"] or values["note"]):
        yield template.column("pictures").fault(
            "",
            "结果为“不符”时须附图片，或在备注里说明无法拍照的原因",
            "or the note must be filled in: a mismatch needs proof",
        )


def told(key: str, zh: str, en: str, hint_zh: str, hint_en: str, **more: object) -> TemplateColumn:
    """Make a column that the sheet brings along."""
    return TemplateColumn(key=key, zh=zh, en=en, hint_zh=hint_zh, hint_en=hint_en, **more)  # type: ignore[arg-type]  # fields of the column


CHECKS = templates.register(
    Template(
        id="checks",
        zh="抽查核验表",
        en="Sample checks",
        build=build,
        check=check,
        prefilled=PREFILLED,
        columns=(
            told(
                "sample",
                "抽样编号",
                "Sample",
                "由 yuece sample sheet 填好，请勿改动。",
                "Written by `yuece sample sheet`; leave as it is.",
                required=True,
                width=12,
                example="2026H2-1",
            ),
            told(
                "unit",
                "单位",
                "Unit",
                "被评估单位。",
                "The evaluated body.",
                required=True,
                read=one_of(UNITS),
                choices=UNITS,
                width=20,
                example="市教育局",
            ),
            told(
                "code",
                "事项编码",
                "Item code",
                "实施编码或业务办理项编码，文本格式。",
                "Code of the item, as text.",
                required=True,
                width=36,
                example="11441700007026195X3440105001000",
            ),
            told("title", "事项名称", "Item", "供查看。", "For reading.", width=32, example="教师资格认定"),
            told("url", "办事指南", "Guide", "办事指南的链接。", "Link to the guide.", width=24),
            told(
                "role",
                "角色",
                "Role",
                "抽中、抽中（两人核验）、备用或观察。",
                "Drawn, drawn twice, spare or watched.",
                width=14,
            ),
            told(
                "aspect",
                "核验内容",
                "Aspect",
                "核验哪一项申报。",
                "Which declaration is checked.",
                required=True,
                read=one_of(ASPECTS, ASPECTS_EN),
                choices=ASPECTS,
                choices_en=ASPECTS_EN,
                width=18,
                example="可预约",
            ),
            told("question", "要回答的问题", "Question", "供查看。", "For reading.", width=36),
            told(
                "declared", "指南所写", "Declared", "办事指南对该项的写法。", "What the guide says about it.", width=30
            ),
            TemplateColumn(
                key="observer",
                zh="核验人",
                en="Observer",
                required=True,
                width=12,
                hint_zh="实际核验的人；两人核验时各填一行，互不看对方结果。",
                hint_en="Who looked; a second observer fills in a row of their own.",
                example="张核验",
            ),
            TemplateColumn(
                key="verdict",
                zh="结果",
                en="Result",
                required=True,
                read=one_of(VERDICTS, VERDICTS_EN),
                choices=VERDICTS,
                choices_en=VERDICTS_EN,
                width=12,
                hint_zh="属实、不符或无法判断。观察行（指南写“否”的）：属实＝确实没有，不符＝其实有。",
                hint_en="Confirmed, mismatch or cannot tell.",
                example="属实",
            ),
            TemplateColumn(
                key="seen",
                zh="现场所见",
                en="Seen",
                required=True,
                width=36,
                hint_zh="看到、听到的事实，一句话。",
                hint_en="What was seen or heard, in one sentence.",
                example="12月2日起有上午、下午各 3 个时段可约",
            ),
            TemplateColumn(
                key="day",
                zh="核验日期",
                en="Day",
                required=True,
                read=read_date,
                width=14,
                hint_zh="如 2026-12-02；不符须由他人或本人在另一天复核。",
                hint_en="Such as 2026-12-02; a mismatch has to be seen again on another day.",
                example="2026-12-02",
            ),
            TemplateColumn(
                key="clock",
                zh="核验时间",
                en="Time",
                required=True,
                read=read_time,
                width=12,
                hint_zh="北京时间，如 09:30。",
                hint_en="Beijing time, such as 09:30.",
                example="09:30",
            ),
            TemplateColumn(
                key="source",
                zh="来源",
                en="Source",
                required=True,
                width=24,
                hint_zh="大厅和窗口号、所拨号码、网页或应用。",
                hint_en="Hall and window, number dialled, page or app.",
                example="市政务服务中心 12 号窗口",
            ),
            TemplateColumn(
                key="pictures",
                zh="图片文件",
                en="Pictures",
                read=read_names,
                blank=(),
                width=24,
                hint_zh="图片的文件名，多个用分号隔开；文件放在导入时 --pictures 指明的文件夹里。",
                hint_en="Names of the files, parted by semicolons; they lie in the folder given by --pictures.",
            ),
            TemplateColumn(
                key="note",
                zh="备注",
                en="Note",
                width=24,
                hint_zh="结果为“不符”而没有图片时必须说明。",
                hint_en="Must be filled in for a mismatch without a picture.",
            ),
        ),
    )
)
