"""Defects of addresses: online handling, booking and telephone pages that a citizen cannot reach."""

from collections.abc import Callable
from dataclasses import replace

from sandbox.corpus.addresses import address_dead
from sandbox.corpus.defects.fitness import has_online_flow, is_online
from sandbox.corpus.defects.registry import DEFECTS, defect
from sandbox.corpus.document import Draft
from sandbox.corpus.plan import GuidePlan

INTRANET = "http://10.44.17.8:8080/apprUnionApply"
INTRANET_BOOKING = "http://192.168.31.20/yuyue/index.html"
MOBILE_CLAIM = "；也可以打开本指南的移动端办理地址，在手机上办理。"


def is_bookable(plan: GuidePlan) -> bool:
    """Say whether the guide offers booking."""
    return plan.facts.bookable


def set_online(draft: Draft, address: str) -> None:
    """Write the 网办地址 in the document and the list."""
    draft.item["TRANSACT_WEB_URL"] = address
    draft.record["URL"] = address or None


def online_defect(kind: str, sentence: str, address: Callable[[Draft], str]) -> None:
    """Register a defect of the online address."""

    def spoil(draft: Draft) -> None:
        set_online(draft, address(draft))

    defect(
        kind,
        field="网办地址",
        where="AUDIT_ITEM.TRANSACT_WEB_URL",
        fits=is_online,
        touches=("是否网办",),
        sentence=sentence,
    )(spoil)


def dead(fault: str) -> Callable[[Draft], str]:
    """Make the address of a service that is dead in a certain way."""
    return lambda draft: address_dead(draft.origins, fault, draft.record["TASK_CODE"])


def booking_defect(kind: str, sentence: str, address: Callable[[Draft], str]) -> None:
    """Register a defect of the booking address."""

    def spoil(draft: Draft) -> None:
        draft.extend["APPOINTMENT_URL"] = address(draft)

    defect(
        kind,
        field="在线预约地址",
        where="AUDIT_ITEM_EXTEND.APPOINTMENT_URL",
        fits=is_bookable,
        touches=("是否支持预约办理",),
        sentence=sentence,
    )(spoil)


online_defect("online-address-intranet", "网办地址是外人到不了的内网地址", lambda _draft: INTRANET)
online_defect("online-address-not-found", "网办地址打不开（404）", dead("not_found"))
online_defect("online-address-server-error", "网办地址总是服务器错误（500）", dead("server_error"))
online_defect("online-address-switched-off", "网办地址的服务器拒绝连接", dead("closed"))
online_defect("online-address-unknown-host", "网办地址的域名不存在", dead("unknown_host"))
online_defect("online-address-redirect-loop", "网办地址来回跳转，没有尽头", dead("loop"))
online_defect("online-address-gone-page", "网办地址跳到写着页面不存在的网页，状态却是 200", dead("gone_page"))
online_defect(
    "online-address-site-root", "网办地址只是平台首页，不是本事项的入口", lambda draft: f"{draft.origins.bsxt}/"
)
online_defect(
    "online-address-relative",
    "网办地址只有半截，没有网站",
    lambda draft: f"/apprUnionApply?code={draft.record['TASK_CODE']}",
)
booking_defect("booking-address-not-found", "在线预约地址打不开（404）", dead("not_found"))
booking_defect("booking-address-switched-off", "在线预约地址的服务器拒绝连接", dead("closed"))
booking_defect("booking-address-intranet", "在线预约地址是外人到不了的内网地址", lambda _draft: INTRANET_BOOKING)


@defect(
    "mobile-claim-without-address",
    field="移动端办理地址",
    also=("网上办理流程", "办理流程"),
    where="AUDIT_ITEM.TRANSACT_APP_URL",
    fits=lambda plan: has_online_flow(plan) and not plan.on_yss,
    sentence="办理流程让人打开移动端办理地址，移动端办理地址却为空",
)
def spoil_mobile(draft: Draft) -> None:
    draft.item["WSBLLC"] = draft.item["WSBLLC"].rstrip("。") + MOBILE_CLAIM
    draft.item["TRANSACT_APP_URL"] = ""


def open_to_nobody(kind: str) -> Callable[[Draft], None]:
    """Make the function that puts a service behind 在线办理 that nobody can use."""

    def spoil(draft: Draft) -> None:
        application = replace(draft.plan.application, kind=kind)  # type: ignore[arg-type]  # one of two kinds, below
        draft.plan = replace(draft.plan, application=application)

    return spoil


def break_calendar(fault: str) -> Callable[[Draft], None]:
    """Make the function that lets the calendar always fail."""

    def spoil(draft: Draft) -> None:
        calendar = draft.plan.booking
        draft.plan = replace(draft.plan, booking=calendar and replace(calendar, fault=fault, login="none"))

    return spoil


ENTRANCES = {"not_open": "online-entrance-not-open", "error": "online-entrance-error"}
"""Kind of service behind 在线办理 → kind of defect."""
CALENDARS = {"busy_page": "booking-page-busy", "http_500": "booking-page-error"}
"""Fault of the calendar → kind of defect."""
SENTENCES = {
    "online-entrance-not-open": "是否网办为是，网办地址打开却是“暂未开通”",
    "online-entrance-error": "网办地址指向的服务总是出错（500）",
    "booking-page-busy": "支持预约办理，预约页面却总是“系统繁忙”",
    "booking-page-error": "支持预约办理，预约页面却总是出错（500）",
}
for _service, _kind in ENTRANCES.items():
    defect(
        _kind,
        field="网办地址",
        also=("是否网办",),
        where="AUDIT_ITEM.TRANSACT_WEB_URL",
        fits=is_online,
        sentence=SENTENCES[_kind],
    )(open_to_nobody(_service))
for _fault, _kind in CALENDARS.items():
    defect(
        _kind,
        field="在线预约地址",
        also=("是否支持预约办理",),
        where="AUDIT_ITEM_EXTEND.APPOINTMENT_URL",
        fits=is_bookable,
        sentence=SENTENCES[_kind],
    )(break_calendar(_fault))


def note_services(draft: Draft) -> None:
    """Write down a service that lasting chance, not a planting, made unusable: it is a defect all the same."""
    plan, spoken_for = draft.plan, {label for planted in draft.defects for label in planted.fields}
    found = [ENTRANCES.get(plan.application.kind, "") if draft.facts.online else ""]
    found.append(CALENDARS.get((plan.booking and plan.booking.fault) or "", ""))
    for kind in filter(None, found):
        if not DEFECTS[kind].touches & spoken_for:
            draft.defects.append(DEFECTS[kind].describe())
