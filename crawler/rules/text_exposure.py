"""Accuracy of what is shown to the public: no address of an office's inner network, no number of a private person."""

import re
from datetime import date
from functools import lru_cache

from crawler.rules.example_guide import example
from crawler.rules.guide_text import texts_of, whole_text
from crawler.rules.link_address import host_of, is_intranet, is_loopback
from crawler.rules.rule import RuleKind, audit_rule
from crawler.rules.wording import shorten
from domain.file_report import PersonalDatum
from domain.guide import Guide
from domain.guide_fields import LABELS_ZH, FieldName, FieldState
from domain.verdict import Verdict, failed, not_measured, passed
from files.personal_data import find_personal_data

JUDGED_ELSEWHERE = frozenset({FieldName.ONLINE_URL, FieldName.BOOKING_URL})
ADDRESS = re.compile(r"(?:https?|ftp)://(?:[\w.-]+|\[[0-9a-f:]+\])(?::\d+)?[!-~]*", re.I | re.A)
BARE = re.compile(
    r"(?<![\d.])(?:192\.168\.\d{1,3}\.\d{1,3}|172\.(?:1[6-9]|2\d|3[01])\.\d{1,3}\.\d{1,3}|169\.254\.\d{1,3}\.\d{1,3}"
    r"|10\.\d{1,3}\.\d{1,3}\.\d{1,3}(?=[:：/]\d*))(?![\d.]*\d)"
)
"""Private addresses (RFC 1918, RFC 3927) without a scheme; 10.x needs a port or path, or it may be a section number."""

MAYBE_NUMBER = re.compile(r"\d{3}(?:\d{8}|[ -]\d{4}[ -]\d{4}|\d{3} \d{8})")
BARE_SIGNS = ("192.168.", "172.", "169.254.", "10.")
WEB_ADDRESS = re.compile(r"(?:https?|ftp)://[\x21-\x7e]+", re.I)  # as find_personal_data leaves it out
CONTACT_FIELDS = frozenset(
    {FieldName.ENQUIRY_PHONE, FieldName.COMPLAINT_PHONE, FieldName.RECONSIDERATION, FieldName.LITIGATION}
)
CONTACT = re.compile(r"咨询|联系|致电|来电|电话|热线|投诉|监督|举报|值班|客服|办公|窗口|经办|预约|手机|微信|传真")
PRIVATE = re.compile(r"申请人|姓名|身份证|本人|户主|持证人|样例|示例|例如|如：")
NEAR_CHARACTERS = 20
KINDS = {"identity_number": "身份证号码", "mobile_number": "手机号码", "bank_card": "银行卡号"}


@lru_cache(maxsize=4096)
def is_inner(url: str) -> bool:
    """Say whether a web address can only be opened inside an office; a host without a dot is a machine's name."""
    host = host_of(url)
    return bool(host) and (is_intranet(host) or ("." not in host and ":" not in host))


def find_inner_address(text: str, page: str) -> tuple[int, int] | None:
    """Return the place of the first inner address; the portal's own loopback host (a rehearsal) is none."""
    bare = BARE.search(text) if any(sign in text for sign in BARE_SIGNS) else None
    if bare is not None:
        return bare.span()
    if "://" not in text:
        return None
    own = is_loopback(host_of(page))
    found = (match for match in ADDRESS.finditer(text) if is_inner(match[0]))
    return next((match.span() for match in found if not (own and is_loopback(host_of(match[0])))), None)


def shows_no_address(guide: Guide, whole: str) -> bool:
    """Say whether nothing looks like an address but the two fields that other rules judge."""
    judged = sum(guide.text(name).count("://") for name in JUDGED_ELSEWHERE)
    return whole.count("://") == judged and not any(sign in whole for sign in BARE_SIGNS)


@audit_rule(
    "text.intranet-address",
    title="文字中没有内网地址",
    failure_title="文字中公开了内网地址",
    why="内网地址群众打不开，还把机关内部系统暴露在外。",
    source="portals.md §1.5（内网地址对外展示即为缺陷）；RFC 1918、RFC 3927；公网 IP 地址不在此列（§1.2）",
    applicability="所有办事指南的文字和移动端地址；网办、预约和表格地址另有规则判断。",
    kind=RuleKind.ACCURACY,
    field=FieldName.ONLINE_FLOW,
    passing=example({FieldName.ONLINE_FLOW: "登录 http://210.76.74.108/apply 提交申请，依据标准 10.2.3.1 条审查。"}),
    failing=example({FieldName.ONLINE_FLOW: "登录 http://19.1.local/oa 或 192.168.3.20:8080 提交申请。"}),
)
def check_inner_address(guide: Guide) -> Verdict:
    whole = whole_text(guide)
    if not whole:
        return not_measured("来源没有展示任何文字")
    if shows_no_address(guide, whole) or find_inner_address(whole, guide.url) is None:
        return passed()
    found: dict[FieldName, str] = {}
    for name, text in texts_of(guide):
        place = None if name in JUDGED_ELSEWHERE else find_inner_address(text, guide.url)
        if place is not None:
            found.setdefault(name, shorten(text[slice(*place)]))
    if not found:
        return passed()
    said = "，".join(f"{LABELS_ZH[name]}公开了内网地址“{address}”" for name, address in found.items())
    reason = f"{said}，应删去，或改为公众可以访问的地址。"
    first = next(iter(found))
    return failed(
        FieldState.MALFORMED, reason, excerpt=found[first], field=first, checked=len(found), failed=len(found)
    )


def may_hold_number(text: str) -> bool:
    """Say whether a closer look is worth while: most long numbers stand in addresses, where they are identifiers."""
    if MAYBE_NUMBER.search(text) is None:
        return False
    return "://" not in text or MAYBE_NUMBER.search(WEB_ADDRESS.sub(" ", text)) is not None


def private_data(name: FieldName, text: str, today: date) -> tuple[PersonalDatum, ...]:
    """Return what looks like a private person's; a mobile number given for enquiries is the office's own."""
    if not may_hold_number(text):
        return ()
    found = find_personal_data(text, today=today)
    return tuple(datum for datum in found if datum.kind != "mobile_number" or not is_contact(name, text, datum))


def is_contact(name: FieldName, text: str, datum: PersonalDatum) -> bool:
    """Say whether a mobile number is printed for citizens to call."""
    if name in CONTACT_FIELDS:
        return True
    head, tail = datum.masked[:3], datum.masked[-4:]
    place = re.search(rf"{head}[ -]?\d{{4}}[ -]?{tail}", text)
    before = text[max(0, place.start() - NEAR_CHARACTERS) : place.start()] if place else ""
    return bool(CONTACT.search(before)) and not PRIVATE.search(before)


@audit_rule(
    "text.personal-data",
    title="文字中没有公开个人信息",
    failure_title="文字中公开了个人的身份证号、手机号或银行卡号",
    why="公开的身份证号和手机号会被人冒用，办事指南不该成为泄露的源头。",
    source="portals.md §4（个人信息须隐去，办公电话除外）；GB 11643-1999；个人信息保护法第二十八条",
    applicability="所有办事指南的文字；咨询、投诉和窗口电话中的手机号是办公电话，不在此列。",
    kind=RuleKind.ACCURACY,
    field=FieldName.CONDITION,
    passing=example({FieldName.CONDITION: "如有疑问，请联系经办人，手机 13922334455；经营场所符合国家卫生标准。"}),
    failing=example({FieldName.CONDITION: "填写示例：申请人陈某，身份证号 441702198503160015，现住江城区。"}),
)
def check_personal_data(guide: Guide) -> Verdict:
    whole = whole_text(guide)
    if not whole:
        return not_measured("来源没有展示任何文字")
    if not may_hold_number(whole):
        return passed()
    shown: dict[FieldName, str] = {}
    for name, text in texts_of(guide):
        found = private_data(name, text, guide.captured_at.date())
        if found:
            shown.setdefault(name, "、".join(f"{KINDS.get(one.kind, '个人信息')} {one.masked}" for one in found[:3]))
    if not shown:
        return passed()
    said = "，".join(f"{LABELS_ZH[name]}公开了{data}" for name, data in shown.items())
    first = next(iter(shown))
    reason = f"{said}，应删去或隐去。"
    return failed(
        FieldState.MALFORMED, reason, excerpt=shown[first], field=first, checked=len(shown), failed=len(shown)
    )
