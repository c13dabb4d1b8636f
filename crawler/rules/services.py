"""Accuracy of the services a guide promises: stated at all, and in keeping with windows, charges and materials."""

import re

from crawler.rules.applicability import is_bound
from crawler.rules.example_guide import FLOOR_PLAN, example
from crawler.rules.flag import flag_of
from crawler.rules.guide_text import whole_text
from crawler.rules.link_address import address_fault
from crawler.rules.measured import needing
from crawler.rules.placeholder import is_empty, is_filled
from crawler.rules.rule import RuleKind, audit_rule
from crawler.rules.wording import say, shorten
from domain.guide import FlowStep, Guide, Window
from domain.guide_fields import LABELS_ZH, FieldName, FieldState
from domain.verdict import Verdict, failed, not_applicable, not_measured, passed

SOURCE = "portals.md §5（是否支持预约、进驻、快递、网上支付、容缺、移动端地址）；methodology.md §3.7"
FLAGS = (
    FieldName.ONLINE,
    FieldName.BOOKABLE,
    FieldName.IN_HALL,
    FieldName.COURIER,
    FieldName.CHARGED,
    FieldName.HANDLING_FORM,
)
HALL = re.compile(r"大厅|中心|便民|综合窗口|办证厅|综窗|服务厅|办事厅|政务")
MOBILE_FORM = re.compile(r"移动端|手机|掌上|APP|小程序|粤省事|粤商通", re.I)
MOBILE_CLAIM = re.compile(r"移动端|手机端|掌上办|指尖办")
MOBILE_NAME = re.compile(
    r"粤省事|粤商通|(?<![A-Za-z])APP(?![A-Za-z])|小程序|公众号|微信|支付宝|粤居码|客户端|i阳江", re.I
)
WEB_LIKE = re.compile(r"^\s*(?:https?:|//|www\.|[\w-]+(?:\.[\w-]+)+[/:])", re.I)
OFFICE = Window(name="阳江市示例局办公室", address="阳江市江城区二环路18号301室", hours="8:30-12:00")
POST = re.compile(r"快递|邮寄|邮政|寄送|物流|EMS", re.I)
LATER = ("容缺后补", "容缺", "3")


@audit_rule(
    "service.stated",
    title="是否网办、预约、进驻、快递、收费和办理形式都有说明",
    failure_title="是否网办、预约、进驻、快递、收费或办理形式没有说明",
    why="这几项决定群众去不去现场、带不带钱、约不约号，空着就只能打电话问。",
    source=SOURCE + "；portals.md §1.5（实测填写率 0.99 以上）",
    applicability="依申请事项（01、05、07—10、20）。",
    kind=RuleKind.ACCURACY,
    field=FieldName.HANDLING_FORM,
    passing=example(),
    failing=example({FieldName.BOOKABLE: ""}),
)
def check_stated(guide: Guide) -> Verdict:
    fields = guide.fields
    shown = {name: field for name in FLAGS if (field := fields.get(name)) is not None and field.measured}
    if not shown:
        return not_measured("来源未展示这些内容")
    if not is_bound(guide):
        return not_applicable("非依申请事项，不作要求")
    blank = [name for name, field in shown.items() if not field.value]
    if not blank:
        return passed(checked=len(shown))
    said = "、".join(LABELS_ZH[name] for name in blank)
    reason = f"{said}空白，应写明“是”或“否”（办理形式写明窗口、网上或快递）。"
    return failed(FieldState.BLANK, reason, field=blank[0], checked=len(shown), failed=len(blank))


@audit_rule(
    "booking.no-address-when-unbookable",
    title="不支持预约的事项没有给出预约地址",
    failure_title="是否支持预约办理为“否”，却给出了在线预约地址",
    why="两处说法相反，群众不知道能不能预约。",
    source=SOURCE,
    applicability="写明不支持预约的办事指南。",
    kind=RuleKind.ACCURACY,
    field=FieldName.BOOKABLE,
    passing=example({FieldName.BOOKABLE: "否", FieldName.BOOKING_URL: "无"}),
    failing=example({FieldName.BOOKABLE: "否"}),
)
@needing(FieldName.BOOKABLE, FieldName.BOOKING_URL)
def check_unbookable(guide: Guide) -> Verdict:
    if flag_of(guide, FieldName.BOOKABLE) is not False:
        return not_applicable("支持预约，或未说明")
    address = guide.text(FieldName.BOOKING_URL)
    if not WEB_LIKE.match(address):
        return passed()
    reason = f"是否支持预约办理写的是“否”，却有在线预约地址“{address}”，应改为“是”，或删去地址。"
    return failed(FieldState.INCONSISTENT, reason, excerpt=address)


@audit_rule(
    "courier.form-agrees",
    title="是否支持物流快递与办理形式一致",
    failure_title="不支持物流快递，办理形式却有快递",
    why="说能寄材料又说不支持快递，群众不敢寄。",
    source=SOURCE,
    applicability="写明不支持物流快递，并写了办理形式的办事指南；支持快递的可以只用于送达结果，不作要求。",
    kind=RuleKind.ACCURACY,
    field=FieldName.COURIER,
    passing=example({FieldName.COURIER: "否"}),
    failing=example({FieldName.COURIER: "否", FieldName.HANDLING_FORM: "窗口办理、快递申请"}),
)
@needing(FieldName.COURIER, FieldName.HANDLING_FORM)
def check_courier(guide: Guide) -> Verdict:
    form = guide.text(FieldName.HANDLING_FORM)
    if flag_of(guide, FieldName.COURIER) is not False or not form:
        return not_applicable("支持快递，或未说明")
    if "快递" not in form and "邮寄" not in form:
        return passed()
    reason = f"是否支持物流快递写的是“否”，办理形式却写“{form}”，应使两处一致。"
    return failed(FieldState.INCONSISTENT, reason, excerpt=form)


@audit_rule(
    "courier.way-given",
    title="支持物流快递的事项写明了怎么寄",
    failure_title="支持物流快递，办理形式和送达方式却都没有快递",
    why="说能快递，却没有一处写着能寄材料或寄结果，群众还得自己跑。",
    source=SOURCE + "（快递为是 ⇔ 办理形式或送达方式写有快递）",
    applicability="写明支持物流快递、写了办理形式，且来源展示送达方式的办事指南；流程里写了邮寄的也算。",
    kind=RuleKind.ACCURACY,
    field=FieldName.COURIER,
    passing=example(steps=(FlowStep(name="送达", delivery="窗口领取,快递"),)),
    failing=example(steps=(FlowStep(name="送达", delivery="窗口领取"),)),
)
@needing(FieldName.COURIER, FieldName.HANDLING_FORM)
def check_courier_way(guide: Guide) -> Verdict:
    form = guide.text(FieldName.HANDLING_FORM)
    ways = [step.delivery for step in guide.steps or () if step.delivery]
    if flag_of(guide, FieldName.COURIER) is not True or not form:
        return not_applicable("不支持快递，或未说明")
    if not ways:
        return not_measured("来源未展示送达方式")
    flows = guide.text(FieldName.ONLINE_FLOW) + guide.text(FieldName.WINDOW_FLOW)
    if any(POST.search(text) for text in (form, flows, *ways)):
        return passed()
    reason = f"是否支持物流快递写的是“是”，办理形式“{form}”和送达方式“{ways[0]}”却都没有快递，应使各处一致。"
    return failed(FieldState.INCONSISTENT, reason, excerpt=form)


@audit_rule(
    "charge.no-online-payment-when-free",
    title="不收费的事项不提供网上支付",
    failure_title="是否收费为“否”，却支持网上支付",
    why="不收费却让人上网付款，群众会怀疑被乱收费。",
    source=SOURCE + "（不收费 ⇒ 网上支付为否）",
    applicability="写明不收费，并写了是否支持网上支付的办事指南。",
    kind=RuleKind.ACCURACY,
    field=FieldName.ONLINE_PAYMENT,
    passing=example(),
    failing=example({FieldName.ONLINE_PAYMENT: "是"}),
)
@needing(FieldName.CHARGED, FieldName.ONLINE_PAYMENT)
def check_payment(guide: Guide) -> Verdict:
    payment = flag_of(guide, FieldName.ONLINE_PAYMENT)
    if flag_of(guide, FieldName.CHARGED) is not False or payment is None:
        return not_applicable("收费，或未说明")
    if not payment:
        return passed()
    reason = "是否收费写的是“否”，是否支持网上支付却写“是”，应改其中一处。"
    return failed(FieldState.INCONSISTENT, reason, excerpt=guide.text(FieldName.ONLINE_PAYMENT))


@audit_rule(
    "hall.window-named",
    title="进驻政务大厅的事项列出了大厅的窗口",
    failure_title="已进驻政务大厅，窗口却都不在大厅",
    why="说进驻大厅却只给办公室的地址，群众会跑错地方。",
    source=SOURCE + "；measurement_plan.yaml（事项进驻率）",
    applicability="写明已进驻政务大厅，并列出了窗口的办事指南。",
    kind=RuleKind.ACCURACY,
    field=FieldName.IN_HALL,
    passing=example(),
    failing=example(windows=(OFFICE,)),
)
@needing(FieldName.IN_HALL)
def check_hall(guide: Guide) -> Verdict:
    if guide.windows is None:
        return not_measured("来源未展示窗口")
    named = [window for window in guide.windows if is_filled(window.name) or is_filled(window.address)]
    if flag_of(guide, FieldName.IN_HALL) is not True or not named:
        return not_applicable("没有进驻政务大厅，或没有列出窗口")
    if any(HALL.search(window.name) or HALL.search(window.address) for window in named):
        return passed()
    reason = f"是否进驻政务大厅写的是“是”，窗口却是“{named[0].name} {named[0].address}”，应列出大厅的窗口。"
    return failed(FieldState.INCONSISTENT, reason, excerpt=named[0].address)


@audit_rule(
    "later.material-marked",
    title="容缺受理的事项标明了可以后补的材料",
    failure_title="支持容缺受理，却没有一份材料标为容缺后补",
    why="不写哪份材料可以后补，容缺受理就是空话。",
    source=SOURCE + "（容缺 ⇒ 有材料必要性为容缺后补）",
    applicability="写明支持容缺受理，且来源展示材料必要性的办事指南。",
    kind=RuleKind.ACCURACY,
    field=FieldName.LATER_MATERIALS,
    passing=example(
        {FieldName.LATER_MATERIALS: "是"}, materials=(FLOOR_PLAN.model_copy(update={"necessity": "容缺后补"}),)
    ),
    failing=example({FieldName.LATER_MATERIALS: "是"}),
)
@needing(FieldName.LATER_MATERIALS, FieldName.MATERIALS)
def check_later(guide: Guide) -> Verdict:
    if flag_of(guide, FieldName.LATER_MATERIALS) is not True:
        return not_applicable("不支持容缺受理，或未说明")
    shown = [row.necessity for row in guide.materials or () if row.necessity is not None]
    if not shown:
        return not_measured("来源未展示材料必要性") if guide.materials else not_applicable("没有申请材料")
    if any(text.strip() in LATER or "容缺" in text for text in shown):
        return passed()
    reason = "是否容缺受理写的是“是”，申请材料却没有一份标为“容缺后补”，应标明哪些材料可以后补。"
    return failed(FieldState.INCONSISTENT, reason)


@audit_rule(
    "mobile.entrance-named",
    title="声明可以移动端办理的事项写明了入口",
    failure_title="声明可以用手机办理，却没有写明从哪里进入",
    why="只说手机能办，不说是哪个小程序、哪个网址，群众找不到。",
    source=SOURCE + "；portals.md §1.7（移动端以文字声明为准，只记为“已声明”）",
    applicability="办理形式或网上流程写了移动端、手机端或掌上办理的办事指南；写了应用名称的即算已声明。",
    kind=RuleKind.ACCURACY,
    field=FieldName.MOBILE_URL,
    passing=example({FieldName.HANDLING_FORM: "窗口办理、网上办理、移动端办理", FieldName.MOBILE_URL: "粤省事小程序"}),
    failing=example({FieldName.HANDLING_FORM: "窗口办理、网上办理、移动端办理"}),
)
@needing(FieldName.HANDLING_FORM, FieldName.MOBILE_URL)
def check_mobile(guide: Guide) -> Verdict:
    form, flow = guide.text(FieldName.HANDLING_FORM), guide.text(FieldName.ONLINE_FLOW)
    if not MOBILE_FORM.search(form) and not MOBILE_CLAIM.search(flow):
        return not_applicable("没有声明移动端办理")
    if is_filled(guide.text(FieldName.MOBILE_URL)) or MOBILE_NAME.search(whole_text(guide)):
        return passed()
    said = f"办理形式写的是“{form}”" if MOBILE_FORM.search(form) else f"网上办理流程写着“{shorten(flow)}”"
    reason = f"{said}，移动端办理地址空白，应写明小程序、应用名称或网址。"
    return failed(FieldState.BLANK, reason, excerpt=form)


@audit_rule(
    "mobile.address-sound",
    title="移动端办理地址完整且公众可以访问",
    failure_title="移动端办理地址不完整或是内网地址",
    why="手机上打不开的地址等于没有。",
    source=SOURCE,
    applicability="移动端办理地址写的是网址的办事指南；写小程序名称的不算。",
    kind=RuleKind.ACCURACY,
    field=FieldName.MOBILE_URL,
    passing=example({FieldName.MOBILE_URL: "https://yss.example.gov.cn/h5"}),
    failing=example({FieldName.MOBILE_URL: "http://10.1.2.3:7001/h5"}),
)
@needing(FieldName.MOBILE_URL)
def check_mobile_address(guide: Guide) -> Verdict:
    text = guide.text(FieldName.MOBILE_URL)
    if is_empty(text) or not WEB_LIKE.match(text):
        return not_applicable("没有写移动端网址")
    fault = address_fault(text, guide.url)
    if not fault:
        return passed()
    reason = say(FieldName.MOBILE_URL, text, f"改为公众可以打开的地址（现{fault}）")
    return failed(FieldState.MALFORMED, reason, excerpt=text)
