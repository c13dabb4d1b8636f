"""Builds the small guides that prove a rule can pass and fail; body and item are invented, the code checks."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from functools import cache

from domain.guide import (
    UNSEEN,
    AttachmentLink,
    Charge,
    Field,
    FlowStep,
    Guide,
    HandlingResult,
    Intermediary,
    Law,
    Material,
    Question,
    RangeScope,
    Remedy,
    SpecialProcedure,
    Window,
)
from domain.guide_fields import FieldName, FieldState

CREDIT_CODE = "11441700MB2C912265"  # portals.md §6.2
BASIC_CODE = "440112034001"
TASK_CODE = f"{CREDIT_CODE}3{BASIC_CODE}"
PAGE = f"https://www.gdzwfw.gov.cn/portal/v2/guide/{TASK_CODE}"
FILES = "https://static.gdzwfw.gov.cn/guide/files"

GOOD_FIELDS: dict[FieldName, str] = {
    FieldName.NAME: "公共场所卫生许可（新办）",
    FieldName.EVERYDAY_NAME: "办卫生许可证",
    FieldName.TASK_CODE: TASK_CODE,
    FieldName.HANDLING_CODE: "",
    FieldName.BASIC_CODE: BASIC_CODE,
    FieldName.ITEM_TYPE: "行政许可",
    FieldName.ITEM_TYPE_CODE: "01",
    FieldName.DEPARTMENT: "阳江市示例局",
    FieldName.DEPARTMENT_CODE: CREDIT_CODE,
    FieldName.DEPARTMENT_NATURE: "法定机关",
    FieldName.ENTRUSTED_BY: "",
    FieldName.LEVEL: "市级",
    FieldName.STATUS: "在用",
    FieldName.VERSION_DATE: "2026-05-06",
    FieldName.PUBLISH_DATE: "2026-05-07",
    FieldName.AUDIENCE: "自然人、企业法人",
    FieldName.THEME_NATURAL: "医疗卫生",
    FieldName.THEME_LEGAL: "准营准办",
    FieldName.CONDITION: "经营场所的空气、水质、采光和噪声符合国家卫生标准，从业人员持有效健康合格证明。",
    FieldName.HANDLING_TYPE: "承诺件",
    FieldName.LEGAL_LIMIT: "20(工作日)",
    FieldName.LEGAL_LIMIT_NOTE: "",
    FieldName.PROMISE_LIMIT: "5(工作日)",
    FieldName.PROMISE_LIMIT_NOTE: "自受理之日起5个工作日内办结",
    FieldName.VISITS: "1",
    FieldName.VISIT_REASON: "需到现场核验申请材料原件",
    FieldName.HANDLING_FORM: "窗口办理、网上办理",
    FieldName.ONLINE: "是",
    FieldName.ONLINE_URL: "https://www.gdzwfw.gov.cn/gaio/apply.html",
    FieldName.OFFLINE_REASON: "",
    FieldName.ONLINE_DEPTH: "Ⅲ级",
    FieldName.MOBILE_URL: "",
    FieldName.BOOKABLE: "是",
    FieldName.BOOKING_URL: "https://www.gdzwfw.gov.cn/rmpc/qsyy/index",
    FieldName.IN_HALL: "是",
    FieldName.LATER_MATERIALS: "否",
    FieldName.COURIER: "是",
    FieldName.ONLINE_PAYMENT: "否",
    FieldName.CHARGED: "否",
    FieldName.CHARGES: "",
    FieldName.RANGE: "全市",
    FieldName.PLACE: "阳江市江城区东风二路60号市政务服务中心二楼综合窗口",
    FieldName.HOURS: "周一至周五 8:30-12:00，14:30-17:30",
    FieldName.ENQUIRY_PHONE: "0662-3366123",
    FieldName.COMPLAINT_PHONE: "0662-3366124",
    FieldName.ONLINE_FLOW: "申请—受理—审查—决定—送达",
    FieldName.WINDOW_FLOW: "申请—受理—审查—决定—送达",
    FieldName.FLOW_STEPS: "收件、受理、审查、决定、送达",
    FieldName.LEGAL_BASIS: "公共场所卫生管理条例",
    FieldName.INTERMEDIARY: "无",
    FieldName.SPECIAL_PROCEDURE: "无",
    FieldName.MATERIALS: "公共场所卫生许可证申请表、场所平面布局图",
    FieldName.RESULT_NAME: "公共场所卫生许可证",
    FieldName.RESULTS: "公共场所卫生许可证",
    FieldName.RECONSIDERATION: "阳江市人民政府，阳江市江城区东风二路60号，0662-3366126",
    FieldName.LITIGATION: "阳江市江城区人民法院，阳江市江城区石湾北路88号，0662-3366127",
    FieldName.QUESTIONS: "多久能拿到证？",
}
APPLICATION_FORM = Material(
    name="公共场所卫生许可证申请表",
    kind="申请表格文书",
    necessity="必要",
    source="申请人自备",
    source_note="",
    originals="1",
    copies="0",
    medium="纸质/电子化",
    paper_format="A4",
    exempt="否",
    licence="",
    forms=(AttachmentLink(name="申请表.doc", url=f"{FILES}/{'a' * 32}"),),
    samples=(AttachmentLink(name="申请表（样表）.doc", url=f"{FILES}/{'b' * 32}"),),
)
FLOOR_PLAN = Material(
    name="场所平面布局图",
    kind="其他",
    necessity="必要",
    source="申请人自备",
    source_note="",
    originals="1",
    copies="1",
    medium="纸质",
    paper_format="A4",
    exempt="否",
    licence="",
    forms=(),
    samples=(),
)
LAW = Law(
    name="公共场所卫生管理条例",
    number="国务院令〔2019〕714号",
    clause="第八条",
    content="第八条：除公园、体育场（馆）、公共交通工具外的公共场所，经营单位应当及时申请办理卫生许可证。",
    issuer="国务院",
    effective_text="2019-04-23",
    effective=date(2019, 4, 23),
)
WINDOW = Window(
    name="市政务服务中心综合窗口",
    address=GOOD_FIELDS[FieldName.PLACE],
    hours=GOOD_FIELDS[FieldName.HOURS],
    phone="0662-3366125",
    transport="乘坐3路公交车到市政务服务中心站下车",
)
STEPS = tuple(
    FlowStep(name=name, handler="审批科", limit="1(工作日)", result="进入下一环节")
    for name in ("收件", "受理", "审查", "决定", "送达")
)
CHARGE = Charge(name="驾驶证工本费", standard="10元/本", basis="粤发改价格〔2017〕213号")
RESULT = HandlingResult(
    name="公共场所卫生许可证",
    kind="出证",
    document="证照",
    samples=(AttachmentLink(name="卫生许可证（样本）.png", url=f"{FILES}/{'c' * 32}"),),
)
RANGE = RangeScope(range="市内", divisions=("阳江市",))
RECONSIDERATION = Remedy(department="阳江市人民政府", address="阳江市江城区东风二路60号", phone="0662-3366126")
LITIGATION = Remedy(department="阳江市江城区人民法院", address="阳江市江城区石湾北路88号", phone="0662-3366127")
EXPERT_REVIEW = SpecialProcedure(name="专家评审", limit="20个工作日")
TESTING = Intermediary(name="公共场所卫生检测", catalogue_code="44010203", price="粤发改价格〔2017〕213号")
QUESTION = Question(question="多久能拿到证？", answer="自受理之日起5个工作日内作出决定。")


def make_field(text: str | None) -> Field:
    """Build a field as a parser would; ``None`` means that the source does not show it."""
    if text is None:
        return UNSEEN
    value = text.strip()
    return Field(raw=text, value=value, state=FieldState.OK if value else FieldState.BLANK)


@cache
def good_guide() -> Guide:
    """Build a guide in which every field is shown and nothing is wrong."""
    return Guide(
        portal="gdzwfw",
        unit="dept-01",
        item_id="example-item",
        code=TASK_CODE,
        title=GOOD_FIELDS[FieldName.NAME],
        listed_title=GOOD_FIELDS[FieldName.NAME],
        url=PAGE,
        document="0" * 64,
        captured_at=datetime(2026, 7, 1, 1, 30, tzinfo=UTC),
        parser="example/1",
        area_code="441700",
        fields={name: make_field(text) for name, text in GOOD_FIELDS.items()},
        materials=(APPLICATION_FORM, FLOOR_PLAN),
        laws=(LAW,),
        windows=(WINDOW,),
        steps=STEPS,
        charges=(),
        questions=(QUESTION,),
        intermediaries=(),
        special_procedures=(),
        results=(RESULT,),
        ranges=(RANGE,),
        reconsideration=RECONSIDERATION,
        litigation=LITIGATION,
    )


def example(changes: Mapping[FieldName, str | None] | None = None, **attributes: object) -> Callable[[], Guide]:
    """Return a maker of the good guide with some fields and attributes changed."""

    def make() -> Guide:
        good = good_guide()
        fields = {**good.fields, **{name: make_field(text) for name, text in (changes or {}).items()}}
        return good.model_copy(update={"fields": fields, **attributes})

    return make


def example_material(**parts: object) -> Callable[[], Guide]:
    """Return a maker of the good guide whose only material is the application form with some parts changed."""
    return example(materials=(APPLICATION_FORM.model_copy(update=parts),))
