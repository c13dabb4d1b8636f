"""Accuracy of what a guide says about online handling and booking: flag, address, form and depth agree."""

import re
from urllib.parse import urlsplit

from crawler.rules.applicability import is_bound
from crawler.rules.example_guide import example
from crawler.rules.flag import flag_of
from crawler.rules.handling import read_depth
from crawler.rules.link_address import address_fault, host_of
from crawler.rules.measured import needing
from crawler.rules.placeholder import is_empty, is_filled
from crawler.rules.rule import Check, RuleKind, audit_rule
from crawler.rules.wording import say, shorten
from domain.guide import Guide
from domain.guide_fields import LABELS_ZH, FieldName, FieldState
from domain.verdict import Verdict, failed, not_applicable, passed

SOURCE = "portals.md §5（是否网办、网办地址、网办深度、办理形式、在线预约地址）"
OFFLINE = not_applicable("未声明可以网办或预约")
DEEP = 3
ADDRESS_LIKE = re.compile(r"^\s*(?:[a-z][a-z0-9+.-]*:)?//|^\s*/|^\s*[\w-]+(?:\.[\w-]+)+(?:[:/]|$)", re.I)
CHINESE = re.compile(r"[\u4e00-\u9fff]")
ONLINE_FORM = re.compile(r"网上|在线|电脑端|移动端|网办")


def address_given(flag: FieldName, address: FieldName) -> Check:
    """Make a check that a service declared with a flag also says where it is."""

    def check(guide: Guide) -> Verdict:
        if flag_of(guide, flag) is not True:
            return OFFLINE
        text = guide.text(address)
        if is_filled(text):
            return passed()
        state = FieldState.BLANK if is_empty(text) else FieldState.PLACEHOLDER
        should = f"写明入口的地址或办法（{LABELS_ZH[flag]}写的是“是”）"
        return failed(state, say(address, text, should), excerpt=text)

    return needing(flag, address)(check)


def address_sound(flag: FieldName, address: FieldName) -> Check:
    """Make a check that a declared address can be opened from outside; words such as 电话预约 are no address."""

    def check(guide: Guide) -> Verdict:
        text = guide.text(address)
        if flag_of(guide, flag) is False or not is_filled(text):
            return OFFLINE
        if address is FieldName.BOOKING_URL and not ADDRESS_LIKE.match(text):
            return not_applicable("不是网址，而是文字说明")
        fault = address_fault(text, guide.url)
        if not fault:
            return passed()
        should = f"改为公众可以打开的完整网址（现{fault}）"
        return failed(FieldState.MALFORMED, say(address, text, should), excerpt=text)

    return needing(flag, address)(check)


audit_rule(
    "online.address-given",
    title="可网办的事项给出了网办地址",
    failure_title="是否网办为“是”，却没有网办地址",
    why="说能网办却找不到入口，等于不能网办。",
    source=SOURCE,
    applicability="写明可以网办的办事指南。",
    kind=RuleKind.ACCURACY,
    field=FieldName.ONLINE_URL,
    passing=example(),
    failing=example({FieldName.ONLINE_URL: ""}),
)(address_given(FieldName.ONLINE, FieldName.ONLINE_URL))

audit_rule(
    "online.address-sound",
    title="网办地址完整且公众可以访问",
    failure_title="网办地址不完整或是内网地址",
    why="内网地址或半截地址，群众点了打不开。",
    source=SOURCE,
    applicability="写明可以网办并写了网办地址的办事指南；公网 IP 地址和 http 地址不算错。",
    kind=RuleKind.ACCURACY,
    field=FieldName.ONLINE_URL,
    passing=example(),
    failing=example({FieldName.ONLINE_URL: "http://10.44.17.8:8080/apply"}),
)(address_sound(FieldName.ONLINE, FieldName.ONLINE_URL))

audit_rule(
    "booking.address-given",
    title="可预约的事项给出了预约地址或办法",
    failure_title="是否支持预约办理为“是”，却没有在线预约地址",
    why="说能预约却不给入口，群众只能到现场排队。",
    source=SOURCE,
    applicability="写明支持预约办理的办事指南；写电话、微信等预约办法也算。",
    kind=RuleKind.ACCURACY,
    field=FieldName.BOOKING_URL,
    passing=example(),
    failing=example({FieldName.BOOKING_URL: "无"}),
)(address_given(FieldName.BOOKABLE, FieldName.BOOKING_URL))

audit_rule(
    "booking.address-sound",
    title="在线预约地址完整且公众可以访问",
    failure_title="在线预约地址不完整或是内网地址",
    why="预约入口打不开，等于不能预约。",
    source=SOURCE,
    applicability="在线预约地址写的是网址的办事指南；写电话等文字办法的不算，门户网站的公网 IP 地址不算错。",
    kind=RuleKind.ACCURACY,
    field=FieldName.BOOKING_URL,
    passing=example(),
    failing=example({FieldName.BOOKING_URL: "/rmpc/qsyy/index"}),
)(address_sound(FieldName.BOOKABLE, FieldName.BOOKING_URL))


def is_whole_site(host: str | None, page: str) -> bool:
    """Say whether a host carries a whole site, not one system."""
    return host is not None and (host.startswith("www.") or host == host_of(page))


def is_home_page(url: str, page: str) -> bool:
    """Say whether an address is the home page of a whole site: a ``www`` host's, or that of the portal itself.

    A host of its own (``lhsp.gzonline.gov.cn``) is often one single system, whose root is the entrance.
    """
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return False
    return parts.path in ("", "/") and not parts.query and not parts.fragment and is_whole_site(parts.hostname, page)


@audit_rule(
    "online.address-specific",
    title="网办地址指向事项的办理入口",
    failure_title="网办地址只是网站首页",
    why="只给首页，群众要在整个网站里自己找入口。",
    source=SOURCE + "（网办地址不能只是网站首页）",
    applicability="写明可以网办、网办地址完整的办事指南；业务系统自己的域名不算首页，公共服务只判断指向本门户首页的。",
    kind=RuleKind.ACCURACY,
    field=FieldName.ONLINE_URL,
    passing=example(),
    failing=example({FieldName.ONLINE_URL: "https://www.gdzwfw.gov.cn/"}),
)
@needing(FieldName.ONLINE, FieldName.ONLINE_URL)
def check_specific(guide: Guide) -> Verdict:
    text = guide.text(FieldName.ONLINE_URL)
    if flag_of(guide, FieldName.ONLINE) is False or address_fault(text, guide.url):
        return not_applicable("不可网办，或网办地址不成形")
    if not is_bound(guide) and host_of(text) != host_of(guide.url):
        return not_applicable("非依申请事项，可以就是一个网站")
    if not is_home_page(text, guide.url):
        return passed()
    reason = say(FieldName.ONLINE_URL, text, "改为这一事项办理入口的地址")
    return failed(FieldState.MALFORMED, reason, excerpt=text)


@audit_rule(
    "online.no-address-when-offline",
    title="不可网办的事项没有给出网办地址",
    failure_title="是否网办为“否”，却给出了网办地址",
    why="两处说法相反，群众不知道能不能在网上办。",
    source=SOURCE,
    applicability="写明不可网办的办事指南。",
    kind=RuleKind.ACCURACY,
    field=FieldName.ONLINE,
    passing=example({FieldName.ONLINE: "否", FieldName.ONLINE_URL: ""}),
    failing=example({FieldName.ONLINE: "否"}),
)
@needing(FieldName.ONLINE, FieldName.ONLINE_URL)
def check_no_address(guide: Guide) -> Verdict:
    if flag_of(guide, FieldName.ONLINE) is not False:
        return not_applicable("可以网办，或未说明")
    address = guide.text(FieldName.ONLINE_URL)
    if not is_filled(address):
        return passed()
    return failed(
        FieldState.INCONSISTENT,
        f"是否网办写的是“否”，却有网办地址“{shorten(address)}”，应改为“是”，或删去地址。",
        excerpt=address,
    )


@audit_rule(
    "online.offline-reason",
    title="不可网办的事项写明了原因",
    failure_title="不可网办，却没有写原因",
    why="不能网办要给理由，否则就是该上网而没有上网。",
    source=SOURCE,
    applicability="写明不可网办的依申请事项；公共服务（21）不作要求。",
    kind=RuleKind.ACCURACY,
    field=FieldName.OFFLINE_REASON,
    passing=example({FieldName.ONLINE: "否", FieldName.OFFLINE_REASON: "涉及国家秘密"}),
    failing=example({FieldName.ONLINE: "否", FieldName.OFFLINE_REASON: ""}),
    version=2,
)
@needing(FieldName.ONLINE, FieldName.OFFLINE_REASON)
def check_offline_reason(guide: Guide) -> Verdict:
    if flag_of(guide, FieldName.ONLINE) is not False:
        return not_applicable("可以网办，或未说明")
    reason = guide.text(FieldName.OFFLINE_REASON)
    if is_filled(reason):
        return passed()
    if not is_bound(guide):
        return not_applicable("非依申请事项")
    should = "写明为什么不能在网上办（是否网办写的是“否”）"
    return failed(FieldState.BLANK, say(FieldName.OFFLINE_REASON, reason, should), excerpt=reason)


@audit_rule(
    "online.form-agrees",
    title="办理形式与是否网办一致",
    failure_title="办理形式与是否网办不一致",
    why="一处说能网办、一处说不能，群众无所适从。",
    source=SOURCE,
    applicability="写了办理形式和是否网办的办事指南。",
    kind=RuleKind.ACCURACY,
    field=FieldName.HANDLING_FORM,
    passing=example(),
    failing=example({FieldName.HANDLING_FORM: "窗口办理"}),
)
@needing(FieldName.ONLINE, FieldName.HANDLING_FORM)
def check_form_agrees(guide: Guide) -> Verdict:
    online, form = flag_of(guide, FieldName.ONLINE), guide.text(FieldName.HANDLING_FORM)
    if online is None or not CHINESE.search(form):
        return not_applicable("办理形式或是否网办未说明")
    if bool(ONLINE_FORM.search(form)) is online:
        return passed()
    reason = f"是否网办写的是“{'是' if online else '否'}”，办理形式却写“{form}”，应使两处一致。"
    return failed(FieldState.INCONSISTENT, reason, excerpt=form)


@audit_rule(
    "online.depth-needs-online",
    title="网办深度与是否网办一致",
    failure_title="不可网办，网办深度却为Ⅲ级或Ⅳ级",
    why="虚报的网办深度会抬高考核成绩，群众却办不了。",
    source=SOURCE,
    applicability="写了网办深度和是否网办的办事指南。",
    kind=RuleKind.ACCURACY,
    field=FieldName.ONLINE_DEPTH,
    passing=example(),
    failing=example({FieldName.ONLINE: "否", FieldName.ONLINE_DEPTH: "Ⅳ级"}),
)
@needing(FieldName.ONLINE, FieldName.ONLINE_DEPTH)
def check_depth(guide: Guide) -> Verdict:
    depth = read_depth(guide.text(FieldName.ONLINE_DEPTH))
    if depth is None or flag_of(guide, FieldName.ONLINE) is None:
        return not_applicable("网办深度或是否网办未说明")
    if depth < DEEP or flag_of(guide, FieldName.ONLINE):
        return passed()
    text = guide.text(FieldName.ONLINE_DEPTH)
    reason = f"是否网办写的是“否”，网办深度却写“{text}”，应使两处一致。"
    return failed(FieldState.INCONSISTENT, reason, excerpt=text)
