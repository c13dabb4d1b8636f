"""The kinds of thing that 在线办理 can lead to: one vocabulary for portals, probes and scoring (methodology.md 3.2)."""

from enum import StrEnum

from domain.failure import FailureReason


class EntranceKind(StrEnum):
    """Where pressing 在线办理 leads; a notice page and a page that never comes are kinds too."""

    FORM = "form"
    LOGIN_UNIFIED = "login_unified"
    LOGIN_OTHER = "login_other"
    PORTAL_HOME = "portal_home"  # logged in, but left on a page that is not about the item
    EXTERNAL = "external"  # a system of the body itself that opens
    APP_ONLY = "app_only"
    DOWNLOAD_ONLY = "download_only"
    NOT_OPEN = "not_open"
    ERROR = "error"
    TIMEOUT = "timeout"
    BLOCKED = "blocked"  # captcha, firewall, rate limit, our own policy
    UNKNOWN = "unknown"
    MISSING = "missing"  # the guide's page has no such button


WORKING = frozenset({EntranceKind.FORM, EntranceKind.LOGIN_UNIFIED, EntranceKind.LOGIN_OTHER, EntranceKind.EXTERNAL})
"""Kinds behind which a citizen can go on and apply."""

ENTRANCE_TITLES_ZH: dict[EntranceKind, str] = {
    EntranceKind.FORM: "申办表单",
    EntranceKind.LOGIN_UNIFIED: "省统一身份认证登录页",
    EntranceKind.LOGIN_OTHER: "其他登录页",
    EntranceKind.PORTAL_HOME: "登录后停在申办首页",
    EntranceKind.EXTERNAL: "部门自建系统",
    EntranceKind.APP_ONLY: "只能在手机应用内办理",
    EntranceKind.DOWNLOAD_ONLY: "只提供表格下载",
    EntranceKind.NOT_OPEN: "暂未开通",
    EntranceKind.ERROR: "打开出错",
    EntranceKind.TIMEOUT: "超时",
    EntranceKind.BLOCKED: "探测受阻",
    EntranceKind.UNKNOWN: "无法识别",
    EntranceKind.MISSING: "没有入口",
}

KINDS_BY_REASON: dict[FailureReason, EntranceKind] = {
    FailureReason.NOT_OPEN: EntranceKind.NOT_OPEN,
    FailureReason.TIMEOUT: EntranceKind.TIMEOUT,
    FailureReason.CAPTCHA: EntranceKind.BLOCKED,
    FailureReason.WAF: EntranceKind.BLOCKED,
    FailureReason.RATE_LIMITED: EntranceKind.BLOCKED,
    FailureReason.REFUSED_BY_POLICY: EntranceKind.BLOCKED,
    FailureReason.LAYOUT_CHANGED: EntranceKind.UNKNOWN,
    FailureReason.BROWSER_CRASHED: EntranceKind.UNKNOWN,
    FailureReason.OUR_BUG: EntranceKind.UNKNOWN,
}
"""What an obstacle behind the button amounts to; every other reason is an error of line, server or page."""


def kind_of_obstacle(reason: FailureReason) -> EntranceKind:
    """Name the kind of entrance that ended in an obstacle."""
    return KINDS_BY_REASON.get(reason, EntranceKind.ERROR)
