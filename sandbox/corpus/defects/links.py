"""Defects of addresses: online handling, booking and telephone pages that a citizen cannot reach."""

from collections.abc import Callable

from sandbox.corpus.addresses import address_dead
from sandbox.corpus.defects.fitness import has_online_flow, is_online
from sandbox.corpus.defects.registry import defect
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
