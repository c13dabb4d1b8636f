"""The table and form of manual observations: mini-program, counter, telephone."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone

from domain.guide_fields import LABELS_EN, LABELS_ZH, FieldName
from domain.manual import (
    COMPARABLE,
    PLACE_TITLES_EN,
    PLACE_TITLES_ZH,
    PLACES_OF,
    TOPIC_TITLES_EN,
    TOPIC_TITLES_ZH,
    VERDICTS,
    ManualPlace,
    ManualRecord,
    ManualTopic,
    needs_picture,
    too_early,
)
from domain.outcome import OUTCOME_TITLES_ZH, Outcome
from domain.unit import all_units
from intake.cell import Fault, one_of, read_code, read_date, read_names, read_time
from intake.template import Template, TemplateColumn, Values, templates

CHINA_TIME = timezone(timedelta(hours=8), "Asia/Shanghai")
UNITS = {unit.id: unit.name for unit in all_units()}
PLACES = {place.value: PLACE_TITLES_ZH[place] for place in ManualPlace}
TOPICS = {topic.value: TOPIC_TITLES_ZH[topic] for topic in ManualTopic}
FIELDS = {name.value: LABELS_ZH[name] for name in COMPARABLE}
PLACES_EN = {place.value: PLACE_TITLES_EN[place] for place in ManualPlace}
TOPICS_EN = {topic.value: TOPIC_TITLES_EN[topic] for topic in ManualTopic}
FIELDS_EN = {name.value: LABELS_EN[name] for name in COMPARABLE}
RESULTS_EN = {"pass": "pass", "fail": "fail", "inconclusive": "cannot tell"}
RESULTS = {outcome.value: OUTCOME_TITLES_ZH[outcome] for outcome in VERDICTS}


def moment_of(values: Values) -> datetime:
    """Join day and time of an observation, which evaluators write in Beijing time, and bring them to UTC."""
    day: date = values["day"]
    clock: time = values["clock"]
    return datetime.combine(day, clock, CHINA_TIME).astimezone(UTC)


def build(values: Values) -> ManualRecord:
    """Make the record of a row that fits."""
    field = values["field"]
    return ManualRecord(
        unit=values["unit"],
        place=ManualPlace(values["place"]),
        topic=ManualTopic(values["topic"]),
        code=values["code"],
        title=values["title"],
        field=FieldName(field) if field else None,
        expected=values["expected"],
        seen=values["seen"],
        outcome=Outcome(values["outcome"]),
        observed_at=moment_of(values),
        source=values["source"],
        pictures=values["pictures"],
        note=values["note"],
    )


def check(template: Template[ManualRecord], values: Values) -> Iterator[Fault]:
    """Check what cells say together."""
    topic, place, outcome = ManualTopic(values["topic"]), ManualPlace(values["place"]), Outcome(values["outcome"])
    if place not in PLACES_OF[topic]:
        allowed = "、".join(PLACE_TITLES_ZH[one] for one in sorted(PLACES_OF[topic]))
        yield template.column("place").fault(
            PLACE_TITLES_ZH[place],
            f"与观察内容“{TOPIC_TITLES_ZH[topic]}”不符，可填：{allowed}",
            f"does not fit the topic {TOPIC_TITLES_ZH[topic]}; allowed: {allowed}",
        )
    yield from check_field(template, values, topic)
    now, moment = datetime.now(UTC), moment_of(values)
    if moment > now:
        yield template.column("day").fault(str(values["day"]), "晚于现在", "lies in the future")
    if too_early(moment, now):
        yield template.column("day").fault(str(values["day"]), "早于一年前", "is more than a year ago")
    if needs_picture(place, outcome) and not values["pictures"]:
        yield template.column("pictures").fault(
            "", "结果为“不通过”时须附图片", "must name a picture, because the result is 不通过"
        )


def check_field(template: Template[ManualRecord], values: Values, topic: ManualTopic) -> Iterator[Fault]:
    """A comparison says of which field, and what the guide says there."""
    if topic is not ManualTopic.OFFLINE_CONSISTENCY:
        return
    for key in ("field", "expected"):
        if not values[key]:
            yield template.column(key).fault(
                "", "比对线上线下一致性时必须填写", "must be filled in, because the topic is 线上线下一致性"
            )


OBSERVATIONS = templates.register(
    Template(
        id="observations",
        zh="人工观察记录",
        en="Manual observations",
        build=build,
        check=check,
        columns=(
            TemplateColumn(
                key="unit",
                zh="单位",
                en="Unit",
                required=True,
                read=one_of(UNITS),
                choices=UNITS,
                width=24,
                hint_zh="被评估单位，从下拉列表中选择。",
                hint_en="The evaluated body, out of the list.",
                example="市教育局",
            ),
            TemplateColumn(
                key="place",
                zh="观察渠道",
                en="Where",
                required=True,
                read=one_of(PLACES, PLACES_EN),
                choices=PLACES,
                choices_en=PLACES_EN,
                width=20,
                hint_zh="在哪里观察：小程序或应用、办事窗口、电话。",
                hint_en="App, counter or telephone, out of the list.",
                example="粤省事小程序或应用",
            ),
            TemplateColumn(
                key="topic",
                zh="观察内容",
                en="Topic",
                required=True,
                read=one_of(TOPICS, TOPICS_EN),
                choices=TOPICS,
                choices_en=TOPICS_EN,
                width=18,
                hint_zh="移动端入口只用于小程序和应用；线上线下一致性、窗口服务用于窗口；咨询电话接听用于电话。",
                hint_en="What was looked at, out of the list.",
                example="移动端入口",
            ),
            TemplateColumn(
                key="code",
                zh="事项编码",
                en="Code",
                required=True,
                read=read_code,
                width=38,
                hint_zh="实施编码 31 位，业务办理项 33 位。单元格保持文本格式。",
                hint_en="The item's code: 31 characters, 33 for a sub-item. Keep the cell a text.",
                example="11441700007026195X3440105001000",
            ),
            TemplateColumn(
                key="title",
                zh="事项名称",
                en="Item",
                width=30,
                hint_zh="便于核对，可不填。",
                hint_en="To make checking easier; may be left blank.",
                example="示例事项",
            ),
            TemplateColumn(
                key="field",
                zh="比对栏目",
                en="Field",
                read=one_of(FIELDS, FIELDS_EN),
                choices=FIELDS,
                choices_en=FIELDS_EN,
                width=16,
                hint_zh="比对线上线下一致性时必填，每个栏目一行。",
                hint_en="Required for the comparison with a counter or telephone; one row per field.",
            ),
            TemplateColumn(
                key="expected",
                zh="指南所写",
                en="Guide says",
                width=30,
                hint_zh="办事指南或单位申报的内容。",
                hint_en="What the guide says.",
                example="可在粤省事办理",
            ),
            TemplateColumn(
                key="seen",
                zh="现场所见",
                en="Seen",
                required=True,
                width=40,
                hint_zh="实际看到、听到的情况，只写事实。不要写群众个人信息。",
                hint_en="What was seen or heard, facts only, no personal data.",
                example="搜索事项名称后第一条即可打开",
            ),
            TemplateColumn(
                key="outcome",
                zh="结果",
                en="Result",
                required=True,
                read=one_of(RESULTS, RESULTS_EN),
                choices=RESULTS,
                choices_en=RESULTS_EN,
                width=12,
                hint_zh="通过、不通过、无法判定。不通过须附图片（电话除外）。",
                hint_en="Pass, fail or cannot tell; a fail needs a picture, except by telephone.",
                example="通过",
            ),
            TemplateColumn(
                key="day",
                zh="观察日期",
                en="Day",
                required=True,
                read=read_date,
                width=14,
                hint_zh="如 2026-11-23。",
                hint_en="Such as 2026-11-23.",
                example="2026-11-20",
            ),
            TemplateColumn(
                key="clock",
                zh="观察时间",
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
                width=28,
                hint_zh="大厅和窗口号、所拨号码、手机型号和应用版本。",
                hint_en="Hall and window, number dialled, device and version.",
                example="安卓手机，粤省事 3.2",
            ),
            TemplateColumn(
                key="pictures",
                zh="图片文件",
                en="Pictures",
                read=read_names,
                blank=(),
                width=28,
                hint_zh="图片的文件名，多个用分号隔开；文件放在导入时 --pictures 指明的文件夹里。",
                hint_en="Names of the files, parted by semicolons; they lie in the folder given by --pictures.",
            ),
            TemplateColumn(
                key="note",
                zh="备注",
                en="Note",
                width=24,
                hint_zh="需要说明的其他情况，可不填。",
                hint_en="Anything else; may be left blank.",
            ),
        ),
    )
)
