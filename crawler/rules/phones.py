"""Accuracy of telephones: dialable, of the right region, enquiry apart from complaint (portals.md §5, phone note)."""

import re
from functools import lru_cache
from itertools import pairwise

from crawler.rules.applicability import is_bound
from crawler.rules.example_guide import example
from crawler.rules.measured import needing
from crawler.rules.phone_number import PhoneNumber, exists, read_phones
from crawler.rules.placeholder import is_filled
from crawler.rules.region import AREA_CODES, area_codes_for, region_of
from crawler.rules.rule import Check, RuleKind, audit_rule
from crawler.rules.wording import say, shorten
from domain.guide import Guide
from domain.guide_fields import LABELS_ZH, FieldName, FieldState
from domain.verdict import Verdict, failed, not_applicable, passed

SOURCE = "portals.md §5（咨询电话、投诉电话及电话说明）、§0.8"
NO_PHONE = not_applicable("电话空白")
USES = ((FieldName.ENQUIRY_PHONE, "enquiry"), (FieldName.COMPLAINT_PHONE, "complaint"))


def local_fault(phone: PhoneNumber, area: str) -> str:
    """Return what is wrong with a number beyond its form: made up, or of another length than the city's numbers."""
    if not phone.hotline and is_dummy(phone.subscriber):
        return "是凑数的号码"
    if phone.area or phone.hotline or not area or len(phone.subscriber) not in (7, 8):
        return ""
    return "" if exists(area + phone.subscriber) else f"位数不合 {area} 地区的号码"


def is_dummy(subscriber: str) -> bool:
    """Say whether a number runs up or down, or repeats one digit; 8 and 6 are left out, since people buy those."""
    if len(subscriber) not in (7, 8) or not subscriber.isdigit():
        return False
    steps = {int(after) - int(before) for before, after in pairwise(subscriber)}
    return steps in ({1}, {-1}) or (steps == {0} and subscriber[0] not in "68")


@lru_cache(maxsize=65_536)
def find_faults(text: str, area: str) -> tuple[tuple[str, str], ...]:
    """Return (number, what is wrong) for every number in a text that cannot be dialled."""
    faults = ((phone.text, phone.fault or local_fault(phone, area)) for phone in read_phones(text))
    return tuple((number, fault) for number, fault in faults if fault)


def dialable(name: FieldName) -> Check:
    """Make a check that every number printed in a field can be dialled."""

    def check(guide: Guide) -> Verdict:
        text = guide.text(name)
        if not is_filled(text):
            return NO_PHONE
        phones = read_phones(text)
        if not phones:
            return failed(FieldState.MALFORMED, say(name, text, "写明电话号码"), excerpt=text)
        wrong = find_faults(text, AREA_CODES.get(region_of(guide), ""))
        if not wrong:
            return passed(checked=len(phones))
        said = "、".join(dict.fromkeys(f"{number} {fault}" for number, fault in wrong))
        reason = f"{LABELS_ZH[name]}写的是“{shorten(text)}”，其中 {said}，应改为可以拨通的号码。"
        return failed(FieldState.MALFORMED, reason, excerpt=text, checked=len(phones), failed=len(wrong))

    return needing(name)(check)


def of_region(name: FieldName) -> Check:
    """Make a check that a field's numbers belong to the region that publishes the guide."""

    def check(guide: Guide) -> Verdict:
        text = guide.text(name)
        allowed = area_codes_for(region_of(guide), guide.text(FieldName.PLACE))
        areas = [phone.area for phone in read_phones(text) if phone.area and not phone.fault] if is_filled(text) else []
        if not areas or not allowed:
            return not_applicable("没有带区号的号码，或地区不明")
        if any(area in allowed for area in areas):
            return passed()
        reason = say(name, text, f"写本地区的号码（区号 {'、'.join(sorted(allowed)[:3])}，现为 {areas[0]}）")
        return failed(FieldState.INCONSISTENT, reason, excerpt=text)

    return needing(name)(check)


for NAME, SLUG in USES:
    audit_rule(
        f"phone.{SLUG}-dialable",
        title=f"{LABELS_ZH[NAME]}的号码完整可拨",
        failure_title=f"{LABELS_ZH[NAME]}有号码多位、少位或写法错误",
        why="号码错一位，群众就打不通。",
        source=SOURCE,
        applicability=f"写了{LABELS_ZH[NAME]}的办事指南；多个号码、分机、热线、400 和 IVR 路径都先规整再判断。",
        kind=RuleKind.ACCURACY,
        field=NAME,
        passing=example({NAME: "0662-3366123转801、12345"}),
        failing=example({NAME: "0662-33661234"}),
    )(dialable(NAME))
    audit_rule(
        f"phone.{SLUG}-region",
        title=f"{LABELS_ZH[NAME]}的区号属于本地区",
        failure_title=f"{LABELS_ZH[NAME]}的区号不属于本地区",
        why="区号错了会打到别的城市，多半是从别处的指南抄来的。",
        source=SOURCE,
        applicability=f"{LABELS_ZH[NAME]}写了区号，且地区明确的办事指南；只要有一个号码属于本地区就算通过。",
        kind=RuleKind.ACCURACY,
        field=NAME,
        passing=example(),
        failing=example({NAME: "020-83133642"}),
    )(of_region(NAME))


FAX = re.compile(r"传真(?:号码|电话)?\s*[:：为是]?\s*[\d（(+]")
VOICE = re.compile(r"(?<!传真)电话|座机|手机|热线|咨询|联系")


def only_fax(text: str) -> bool:
    """Say whether every number in a text is a fax."""
    numbers = len(read_phones(text))
    return numbers > 0 and len(FAX.findall(text)) >= numbers and not VOICE.search(FAX.sub("", text))


@audit_rule(
    "phone.enquiry-answers",
    title="咨询电话不是传真号",
    failure_title="咨询电话只给了传真号",
    why="传真没有人接听，群众问不到人。",
    source=SOURCE,
    applicability="写了咨询电话的办事指南；电话和传真并列的不算。",
    kind=RuleKind.ACCURACY,
    field=FieldName.ENQUIRY_PHONE,
    passing=example({FieldName.ENQUIRY_PHONE: "电话：0662-3366123，传真：0662-3366128"}),
    failing=example({FieldName.ENQUIRY_PHONE: "传真：0662-3366128"}),
)
@needing(FieldName.ENQUIRY_PHONE)
def check_fax(guide: Guide) -> Verdict:
    text = guide.text(FieldName.ENQUIRY_PHONE)
    if not is_filled(text):
        return NO_PHONE
    if "传真" not in text or not only_fax(text):
        return passed()
    return failed(FieldState.INCONSISTENT, say(FieldName.ENQUIRY_PHONE, text, "写有人接听的电话"), excerpt=text)


def identity(phone: PhoneNumber) -> tuple[str, str]:
    """Return what makes two numbers the same; the area code is left out since one of the two often lacks it."""
    return phone.subscriber, phone.extension


@audit_rule(
    "phone.distinct",
    title="投诉电话与咨询电话不是同一个号码",
    failure_title="投诉电话与咨询电话是同一个号码",
    why="向被投诉的人投诉，等于没有投诉渠道；12345 等热线不在此列。",
    source=SOURCE,
    applicability="咨询电话和投诉电话都写了的办事指南；12345 等热线和分机不同的不算相同。",
    kind=RuleKind.ACCURACY,
    field=FieldName.COMPLAINT_PHONE,
    passing=example({FieldName.ENQUIRY_PHONE: "0662-12345", FieldName.COMPLAINT_PHONE: "12345"}),
    failing=example({FieldName.COMPLAINT_PHONE: "（0662）3366123"}),
)
@needing(FieldName.ENQUIRY_PHONE, FieldName.COMPLAINT_PHONE)
def check_distinct(guide: Guide) -> Verdict:
    enquiry, complaint = (
        read_phones(guide.text(FieldName.ENQUIRY_PHONE)),
        read_phones(guide.text(FieldName.COMPLAINT_PHONE)),
    )
    if not enquiry or not complaint:
        return NO_PHONE
    if any(phone.hotline for phone in complaint) or {*map(identity, enquiry)} != {*map(identity, complaint)}:
        return passed()
    text = guide.text(FieldName.COMPLAINT_PHONE)
    return failed(
        FieldState.INCONSISTENT,
        say(FieldName.COMPLAINT_PHONE, text, "写与咨询电话不同的监督电话或 12345"),
        excerpt=text,
    )


@audit_rule(
    "phone.complaint-given",
    title="已注明投诉电话",
    failure_title="没有投诉电话",
    why="办事受阻时，群众要有监督投诉的渠道。",
    source="portals.md §3.4（supervise_way 为必填项）、§5",
    applicability="依申请事项（01、05、07—10、20）；公共服务（21）空白不作要求。",
    kind=RuleKind.ACCURACY,
    field=FieldName.COMPLAINT_PHONE,
    passing=example(),
    failing=example({FieldName.COMPLAINT_PHONE: "无"}),
)
@needing(FieldName.COMPLAINT_PHONE)
def check_complaint_given(guide: Guide) -> Verdict:
    text = guide.text(FieldName.COMPLAINT_PHONE)
    if is_filled(text):
        return passed()
    if not is_bound(guide):
        return not_applicable("非依申请事项，不作要求")
    return failed(FieldState.BLANK, say(FieldName.COMPLAINT_PHONE, text, "写明投诉监督电话"), excerpt=text)
