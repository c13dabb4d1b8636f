"""Rules that could accuse the innocent: the legitimate oddity passes beside the fault."""

from collections.abc import Callable

import pytest

from crawler.rules.example_guide import (
    APPLICATION_FORM,
    CHARGE,
    FLOOR_PLAN,
    LAW,
    STEPS,
    WINDOW,
    example,
    example_material,
)
from crawler.rules.rule import judge, rules
from domain.dossier import Dossier
from domain.guide import FlowStep, Guide, HandlingResult, RangeScope, SpecialProcedure
from domain.guide_fields import FieldName as F
from domain.outcome import Outcome

PASS, FAIL, NOT_APPLICABLE = Outcome.PASS, Outcome.FAIL, Outcome.NOT_APPLICABLE
LAW_OF = LAW.model_copy
ISSUED = {"source": "政府部门核发", "source_note": "", "licence": "否"}


def steps(*names: str) -> Callable[[], Guide]:
    return example(steps=tuple(FlowStep(name=name) for name in names))


def hours(text: str) -> Callable[[], Guide]:
    return example(windows=(WINDOW.model_copy(update={"hours": text}),))


CASES: list[tuple[str, Callable[[], Guide], Outcome]] = [
    # the edition must be known: by a number or behind the name
    ("law.numbered", example(laws=(LAW_OF(update={"name": "中华人民共和国档案法", "number": ""}),)), FAIL),
    (
        "law.numbered",
        example(laws=(LAW_OF(update={"name": "档案法（2020年修订）", "number": ""}),)),
        PASS,
    ),
    ("law.numbered", example(laws=(LAW_OF(update={"name": "广东省食品安全条例", "number": ""}),)), FAIL),
    ("law.numbered", example(laws=(LAW_OF(update={"name": "粤府〔2019〕12号", "number": ""}),)), PASS),
    ("law.named", example(laws=(LAW_OF(update={"name": "有关法律法规规定"}),)), FAIL),
    ("law.in-region", example(laws=(LAW_OF(update={"name": "广州市城市绿化条例"}),)), FAIL),
    ("law.in-region", example(laws=(LAW_OF(update={"name": "上海合作组织成员国公约"}),)), PASS),
    # merged steps are steps; an instant item shows its end at least
    ("flow.permit-steps", steps("受理", "审核与审批", "办结发证"), PASS),
    ("flow.permit-steps", steps("受理", "决定"), FAIL),
    (
        "flow.permit-steps",
        example({F.HANDLING_TYPE: "即办件", F.PROMISE_LIMIT: "当场"}, steps=STEPS[:2]),
        FAIL,
    ),
    (
        "flow.permit-steps",
        example(
            {F.HANDLING_TYPE: "即办件", F.PROMISE_LIMIT: "当场"}, steps=(FlowStep(name="受理"), FlowStep(name="办结"))
        ),
        PASS,
    ),
    ("flow.whole", example({F.ONLINE_FLOW: "1.申请；2.受理；3.审查；4.决定"}), PASS),
    ("flow.whole", example({F.ONLINE_FLOW: "网上提交材料，窗口领取证件"}), PASS),
    ("flow.limits-stated", example(steps=(STEPS[0].model_copy(update={"limit": "不计入时限"}),)), PASS),
    ("flow.limits-stated", example(steps=(STEPS[0].model_copy(update={"limit": "即时"}),)), PASS),
    # everybody knows who issues an identity card
    ("material.issuer-named", example_material(name="法定代表人身份证", **ISSUED), NOT_APPLICABLE),
    ("material.issuer-named", example_material(name="市场监管局出具的证明", **ISSUED), NOT_APPLICABLE),
    ("material.issuer-named", example_material(name="场地产权证明", **ISSUED), FAIL),
    (
        "material.source-agrees",
        example_material(name="场地产权证明", **(ISSUED | {"source_note": "由申请人自行准备"})),
        FAIL,
    ),
    (
        "material.exemption-backed",
        example_material(exempt="是", licence="否", source_note="通过省数据中心共享，申请人免提交"),
        PASS,
    ),
    ("material.exemption-backed", example_material(exempt="是", licence="否", source_note="由申请人自行准备"), FAIL),
    ("material.kind-fits", example_material(name="户口登记表", kind="证件证书证明"), NOT_APPLICABLE),
    ("material.kind-fits", example_material(name="身份证（复印件）", kind="申请表格文书"), FAIL),
    ("material.count-possible", example_material(originals="15份"), PASS),
    ("material.count-possible", example_material(originals="若干"), FAIL),
    (
        "material.electronic-at-depth-four",
        example(
            {F.ONLINE_DEPTH: "Ⅳ级"}, materials=(APPLICATION_FORM, FLOOR_PLAN.model_copy(update={"necessity": "非必要"}))
        ),
        PASS,
    ),
    # a reason is due where a citizen applies, not on a public service
    ("online.offline-reason", example({F.ONLINE: "否", F.OFFLINE_REASON: "", F.ITEM_TYPE_CODE: "21"}), NOT_APPLICABLE),
    ("online.address-specific", example({F.ONLINE_URL: "http://lhsp.gzonline.gov.cn/"}), PASS),
    ("online.address-specific", example({F.ONLINE_URL: "http://www.yangjiang.gov.cn"}), FAIL),
    # marks that the page turns into lines, beside marks that it shows
    ("text.markup", example({F.CONDITION: "<p>一、年满十八周岁；<br/>二、有固定住所。</p>"}), PASS),
    ("text.markup", example({F.CONDITION: '<span style="color:red">年满十八周岁</span>，有固定住所。'}), FAIL),
    ("text.markup", example({F.PLACE: "东风二路60号<br>二楼"}), FAIL),
    ("text.markup", example({F.CONDITION: "按照<管理办法>第三条，年满十八周岁，有固定住所。"}), PASS),
    ("text.entity", example({F.CONDITION: "年满十八周岁&nbsp;，有固定住所。"}), FAIL),
    ("text.filler", example({F.CONDITION: "乘坐 K××次列车抵达，有固定住所，年满十八周岁。"}), PASS),
    ("text.filler", example({F.NAME: "普通话水平测试"}), PASS),
    ("text.filler", example({F.CONDITION: "测试123"}), FAIL),
    ("text.filler", example({F.CONDITION: "啊啊啊啊啊啊"}), FAIL),
    # an office's own mobile number is for citizens to call
    ("text.personal-data", example({F.ENQUIRY_PHONE: "13922334455"}), PASS),
    ("text.personal-data", example({F.ONLINE_FLOW: "填写示例：姓名李某，13922334456；受理—审查—决定—送达"}), FAIL),
    ("text.personal-data", example({F.CONDITION: "标准编号 440112034001234567 的场所，符合国家卫生标准。"}), PASS),
    ("text.intranet-address", example({F.CONDITION: "符合《规范》10.2.3.4条的要求，场所有固定住所。"}), PASS),
    ("text.intranet-address", example({F.CONDITION: "请登录 http://oa/apply 申请，场所有固定住所。"}), FAIL),
    ("text.email-form", example({F.ENQUIRY_PHONE: "0662-3366123（yj@yangjiang.gov.cn）"}), PASS),
    # hours
    ("hours.readable", hours("24小时自助服务"), PASS),
    ("hours.readable", hours("上午八点半至十二点"), PASS),
    ("hours.readable", hours("正常上班时间"), FAIL),
    ("hours.possible", hours("夏令时 8:30-12:00，15:00-18:00；冬令时 8:30-12:00，14:30-17:30"), PASS),
    ("hours.possible", hours("值班 20:00-次日8:00"), PASS),
    ("hours.possible", hours("8:30-5:30"), PASS),
    ("hours.possible", hours("星期八 8:30-12:00"), FAIL),
    ("hours.working-days", hours("星期一至星期日 8:30-17:30"), PASS),
    ("hours.working-days", hours("8:30-12:00（法定节假日除外）"), PASS),
    ("hours.working-days", hours("工作日除外 8:30-12:00"), FAIL),
    # numbers
    ("phone.enquiry-dialable", example({F.ENQUIRY_PHONE: "3366123"}), PASS),
    ("phone.enquiry-dialable", example({F.ENQUIRY_PHONE: "33661234"}), FAIL),  # 阳江 numbers have seven digits
    ("phone.enquiry-dialable", example({F.ENQUIRY_PHONE: "0662-2345678"}), FAIL),
    ("phone.enquiry-answers", example({F.ENQUIRY_PHONE: "0662-3366123（传真同号）"}), PASS),
    (
        "limit.legal-note",
        example({F.LEGAL_LIMIT: "20个工作日", F.LEGAL_LIMIT_NOTE: "20个工作日，经批准可延长10个工作日"}),
        PASS,
    ),
    ("limit.legal-note", example({F.LEGAL_LIMIT: "20个工作日", F.LEGAL_LIMIT_NOTE: "可延长30个工作日"}), PASS),
    ("limit.possible", example({F.HANDLING_TYPE: "即办件", F.LEGAL_LIMIT: "0个工作日", F.PROMISE_LIMIT: "当场"}), PASS),
    ("charge.rows-given", example({F.CHARGED: "是"}, charges=(CHARGE.model_copy(update={"standard": ""}),)), FAIL),
    # remedies and results bind the powers of the state, not public services
    ("remedy.litigation-complete", example({F.ITEM_TYPE_CODE: "21"}), NOT_APPLICABLE),
    ("result.sample-given", example(results=(HandlingResult(name="查询服务", samples=()),)), NOT_APPLICABLE),
    (
        "result.kind-fits",
        example(results=(HandlingResult(name="准予行政许可决定书", document="批文"),)),
        NOT_APPLICABLE,
    ),
    ("special.limited", example(special_procedures=(SpecialProcedure(name="无", limit=""),)), NOT_APPLICABLE),
    ("range.divisions-fit", example(ranges=(RangeScope(range="省内", divisions=("广州市", "阳江市")),)), PASS),
    ("range.divisions-fit", example(ranges=(RangeScope(range="全省", divisions=("阳江市",)),)), FAIL),
    ("range.divisions-fit", example(ranges=(RangeScope(range="跨省", divisions=("广西壮族自治区", "阳江市")),)), PASS),
    ("department.current-name", example({F.DEPARTMENT: "阳江市自然资源局"}), PASS),
    ("department.current-name", example({F.DEPARTMENT: "阳江市阳东区农业局"}), FAIL),
    (
        "condition.not-the-law",
        example({F.CONDITION: "《道路运输条例》第八条规定：申请从事客运经营的，应当具备合格的车辆。"}),
        PASS,
    ),
    ("name.list-agrees", example({F.NAME: "公共场所卫生许可"}), PASS),  # the list adds the situation in brackets
    ("name.list-agrees", example(listed_title="公共场所卫生许可（新办）（网办）"), FAIL),
    ("code.listed-agrees", example(code="11441700MB2C912265344011203400102"), PASS),
    ("audience.theme-fits", example({F.THEME_NATURAL: "其他"}), PASS),
    ("item.current", example({F.CONDITION: "2019年12月31日以前登记的车辆，须经检验合格。"}), NOT_APPLICABLE),
]


@pytest.mark.parametrize(("rule", "make", "outcome"), CASES, ids=lambda value: value if isinstance(value, str) else "")
def test_the_innocent_are_spared_and_the_guilty_found(rule: str, make: Callable[[], Guide], outcome: Outcome) -> None:
    verdict = judge(rules.get(rule), Dossier(guide=make()))
    assert verdict.outcome is outcome, verdict.reason


def test_every_finding_says_what_should_be_done() -> None:
    """A sentence that an official can act on says what should be, or asks for it."""
    silent = [
        rule.id
        for rule in rules.all()
        if not any(word in judge(rule, rule.failing()).reason for word in ("应", "请", "改为"))
    ]
    assert silent == []


def test_every_rule_says_whom_it_judges() -> None:
    assert [rule.id for rule in rules.all() if len(rule.applicability) < 8] == []
