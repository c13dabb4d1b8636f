"""One table from what went wrong to the reason and the outcome, so that no journey decides blame by itself."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from domain.maintenance import announces_pause
from domain.outcome import Outcome


class FailureReason(StrEnum):
    """Why a visit did not end in a plain answer."""

    TIMEOUT = "timeout"
    DNS = "dns"
    REFUSED = "refused"
    RESET = "reset"
    TLS = "tls"
    HTTP_4XX = "http_4xx"
    HTTP_5XX = "http_5xx"
    CAPTCHA = "captcha"
    WAF = "waf"
    RATE_LIMITED = "rate_limited"
    LOGIN_REQUIRED = "login_required"
    SESSION_LOST = "session_lost"
    BUSY = "busy"
    MAINTENANCE = "maintenance"
    LAYOUT_CHANGED = "layout_changed"
    EMPTY_ANSWER = "empty_answer"
    BROKEN_ANSWER = "broken_answer"
    ABSENT = "absent"
    NOT_FOUND_IN_SEARCH = "not_found_in_search"
    NOT_ANSWERED = "not_answered"
    NOT_OPEN = "not_open"
    DEAD_END = "dead_end"
    PAGE_GONE = "page_gone"
    REDIRECT_LOOP = "redirect_loop"
    NO_FREE_SLOT = "no_free_slot"
    INCOMPLETE = "incomplete"
    REFUSED_BY_POLICY = "refused_by_policy"
    BROWSER_CRASHED = "browser_crashed"
    OUT_OF_TIME = "out_of_time"
    OUR_LINE = "our_line"
    CLOCK = "clock"
    OUR_BUG = "our_bug"


BLAME: dict[FailureReason, Outcome] = {
    FailureReason.TIMEOUT: Outcome.INCONCLUSIVE,
    FailureReason.DNS: Outcome.INCONCLUSIVE,
    FailureReason.REFUSED: Outcome.INCONCLUSIVE,
    FailureReason.RESET: Outcome.INCONCLUSIVE,
    FailureReason.TLS: Outcome.INCONCLUSIVE,
    FailureReason.HTTP_4XX: Outcome.INCONCLUSIVE,
    FailureReason.HTTP_5XX: Outcome.INCONCLUSIVE,
    FailureReason.CAPTCHA: Outcome.BLOCKED,
    FailureReason.WAF: Outcome.BLOCKED,
    FailureReason.RATE_LIMITED: Outcome.BLOCKED,
    FailureReason.LOGIN_REQUIRED: Outcome.BLOCKED,
    FailureReason.SESSION_LOST: Outcome.INCONCLUSIVE,
    FailureReason.BUSY: Outcome.INCONCLUSIVE,
    FailureReason.MAINTENANCE: Outcome.INCONCLUSIVE,
    FailureReason.LAYOUT_CHANGED: Outcome.ERROR,
    FailureReason.EMPTY_ANSWER: Outcome.INCONCLUSIVE,
    FailureReason.BROKEN_ANSWER: Outcome.INCONCLUSIVE,
    FailureReason.ABSENT: Outcome.FAIL,
    FailureReason.NOT_FOUND_IN_SEARCH: Outcome.FAIL,
    FailureReason.NOT_ANSWERED: Outcome.FAIL,
    FailureReason.NOT_OPEN: Outcome.FAIL,
    FailureReason.DEAD_END: Outcome.FAIL,
    FailureReason.PAGE_GONE: Outcome.INCONCLUSIVE,
    FailureReason.REDIRECT_LOOP: Outcome.INCONCLUSIVE,
    FailureReason.NO_FREE_SLOT: Outcome.FAIL,
    FailureReason.INCOMPLETE: Outcome.FAIL,
    FailureReason.REFUSED_BY_POLICY: Outcome.BLOCKED,
    FailureReason.BROWSER_CRASHED: Outcome.ERROR,
    FailureReason.OUT_OF_TIME: Outcome.ERROR,
    FailureReason.OUR_LINE: Outcome.ERROR,
    FailureReason.CLOCK: Outcome.ERROR,
    FailureReason.OUR_BUG: Outcome.ERROR,
}
"""Reason → outcome of a single visit; of several visits domain/conclusion.py makes a verdict."""

REASON_TITLES_ZH: dict[FailureReason, str] = {
    FailureReason.TIMEOUT: "超时",
    FailureReason.DNS: "域名解析失败",
    FailureReason.REFUSED: "连接被拒",
    FailureReason.RESET: "连接中断",
    FailureReason.TLS: "证书或加密连接异常",
    FailureReason.HTTP_4XX: "HTTP 4xx 错误",
    FailureReason.HTTP_5XX: "HTTP 5xx 错误",
    FailureReason.CAPTCHA: "出现验证码",
    FailureReason.WAF: "防火墙拦截",
    FailureReason.RATE_LIMITED: "访问频率受限",
    FailureReason.LOGIN_REQUIRED: "需要登录",
    FailureReason.SESSION_LOST: "登录状态丢失",
    FailureReason.BUSY: "系统繁忙",
    FailureReason.MAINTENANCE: "公告的系统维护",
    FailureReason.LAYOUT_CHANGED: "页面结构变化，探针失配",
    FailureReason.EMPTY_ANSWER: "空响应",
    FailureReason.BROKEN_ANSWER: "应答残缺，无法解析",
    FailureReason.ABSENT: "已列出但查无此事项",
    FailureReason.NOT_FOUND_IN_SEARCH: "检索不到该事项",
    FailureReason.NOT_ANSWERED: "智能客服答非所问或不会答",
    FailureReason.NOT_OPEN: "入口暂未开通",
    FailureReason.DEAD_END: "流程走不下去",
    FailureReason.PAGE_GONE: "页面写明不存在或已下线",
    FailureReason.REDIRECT_LOOP: "反复跳转",
    FailureReason.NO_FREE_SLOT: "无可预约时段",
    FailureReason.INCOMPLETE: "服务不完整",
    FailureReason.REFUSED_BY_POLICY: "访问策略禁止",
    FailureReason.BROWSER_CRASHED: "浏览器异常退出",
    FailureReason.OUT_OF_TIME: "探测时限用尽",
    FailureReason.OUR_LINE: "本方网络不可用",
    FailureReason.CLOCK: "本机与门户的时钟不一致",
    FailureReason.OUR_BUG: "本方程序错误",
}


@dataclass(frozen=True, kw_only=True)
class Pattern:
    """A sign on a page or in an exception's text that names a reason."""

    reason: FailureReason
    expression: re.Pattern[str]


PAGE_PATTERNS: tuple[Pattern, ...] = (
    Pattern(
        reason=FailureReason.CAPTCHA,
        expression=re.compile(
            r"请输入验证码|滑动验证|(?:拖动|滑动)[^。]{0,6}滑块|安全验证|人机验证|(?:请|点击)[^。]{0,6}完成验证|captcha",
            re.I,
        ),
    ),
    Pattern(
        reason=FailureReason.WAF,
        expression=re.compile(
            r"访问被拦截|请求已被(?:阻断|拦截)|网站防火墙|Web ?应用防火墙|存在安全威胁|Access Denied"
            r"|正在检[查测]您的浏览器|Checking your browser|浏览器安全检查",
            re.I,
        ),
    ),
    Pattern(
        reason=FailureReason.RATE_LIMITED,
        expression=re.compile(r"访问过于频繁|请求过于频繁|操作太频繁|Too Many Requests", re.I),
    ),
    Pattern(
        reason=FailureReason.BUSY, expression=re.compile(r"系统繁忙|服务器?繁忙|系统开小差|系统维护|升级维护|稍后再试")
    ),
    Pattern(reason=FailureReason.NOT_OPEN, expression=re.compile(r"暂未开通|暂未开放|尚未开通|功能建设中|敬请期待")),
)
"""Signs on a page that answered, strongest first; short pages only (see ``reason_on_page``)."""

GONE = re.compile(
    r"(?:页面|网页|文件|链接|地址|内容|资源|附件|栏目|文章)(?:已经?|可能)?(?:不存在|被?删除|失效|过期|下线|走丢|找不到|无法找到)"
    r"|(?:找不到|未找到|没有找到|无法找到)(?:您|你)?(?:所?(?:要|想)?(?:访问|查找|请求|浏览|打开)的?)?[该此]?(?:页面|网页|文件|资源|内容|链接)"
    r"|(?:访问|请求|查找|浏览)的[^，。；]{0,6}不存在"
    r"|(?:系统|平台|网站)已(?:经?)(?:停用|停止服务|停止使用|下线|关闭|迁移)"
    r"|^\W*404\b|\b404\W{0,3}(?:Not Found|错误|页面|出错)|(?:Page|File) Not Found|HTTP Status 404|^\W*Not Found\W*$",
    re.I,
)
"""What a page says that stands where another one used to be."""

EXCEPTION_PATTERNS: tuple[Pattern, ...] = (
    Pattern(
        reason=FailureReason.DNS,
        expression=re.compile(r"ERR_NAME_NOT_RESOLVED|DNSLookup|Name or service not known|CannotResolveHost"),
    ),
    Pattern(
        reason=FailureReason.REFUSED,
        expression=re.compile(r"ERR_CONNECTION_REFUSED|ConnectionRefused|Connection refused"),
    ),
    Pattern(reason=FailureReason.REDIRECT_LOOP, expression=re.compile(r"ERR_TOO_MANY_REDIRECTS")),
    Pattern(
        reason=FailureReason.OUR_LINE,
        expression=re.compile(r"ERR_INTERNET_DISCONNECTED|ERR_NETWORK_CHANGED|ERR_PROXY_|ERR_TUNNEL_|ERR_NETWORK_IO"),
    ),
    Pattern(
        reason=FailureReason.BROKEN_ANSWER,
        expression=re.compile(
            r"Download is starting|ERR_ABORTED|ERR_INVALID_(?:HTTP_)?RESPONSE|ERR_CONTENT_DECODING_FAILED"
            r"|ERR_INVALID_CHUNKED_ENCODING|ERR_RESPONSE_HEADERS|ERR_HTTP2_|ERR_INVALID_REDIRECT"
        ),
    ),
    Pattern(
        reason=FailureReason.TLS,
        expression=re.compile(r"ERR_CERT|ERR_SSL|SSLError|OpenSSL\.SSL|SSL routines|certificate"),
    ),
    Pattern(
        reason=FailureReason.RESET,
        expression=re.compile(
            r"ERR_CONNECTION_(?:RESET|CLOSED|ABORTED)|ERR_EMPTY_RESPONSE|ERR_INCOMPLETE_CHUNKED|ERR_CONTENT_LENGTH_MISMATCH"
            r"|Connection(?:Lost|Done|Aborted)|ResponseNeverReceived"
            r"|ResponseFailed|DataLoss|DownloadFailed|DownloadCancelled"
        ),
    ),
    Pattern(
        reason=FailureReason.BROWSER_CRASHED,
        expression=re.compile(r"Target.*(?:closed|crashed)|browser has been closed|Page crashed", re.I),
    ),
    Pattern(
        reason=FailureReason.REFUSED_BY_POLICY, expression=re.compile(r"ERR_BLOCKED_BY_CLIENT|Forbidden by robots")
    ),
    Pattern(reason=FailureReason.TIMEOUT, expression=re.compile(r"[Tt]imeout|timed out|ERR_TIMED_OUT")),
)
"""Signs in the text of a network or browser exception."""

STATUSES: dict[int, FailureReason] = {
    401: FailureReason.LOGIN_REQUIRED,
    403: FailureReason.WAF,
    407: FailureReason.OUR_LINE,  # a proxy of ours wants to know who we are
    408: FailureReason.TIMEOUT,
    429: FailureReason.RATE_LIMITED,
}
FIREWALL_STATUSES = frozenset({405, 406, 412, 418, 444, 451, 493, 521, 567})
"""What firewalls in wide use answer to visitors whom they take for robots; a citizen gets something else."""

NOTICE_LENGTH_MAX = 600
"""A page that is all notice is short; a full page may quote the same words harmlessly (characters of visible text)."""


def reason_for_status(status: int) -> FailureReason | None:
    """Name the reason for an HTTP status; ``None`` when the status is no failure."""
    if status < 400:
        return None
    named = STATUSES.get(status) or (FailureReason.WAF if status in FIREWALL_STATUSES else None)
    return named or (FailureReason.HTTP_5XX if status >= 500 else FailureReason.HTTP_4XX)


def reason_on_page(text: str, now: datetime | None = None) -> FailureReason | None:
    """Name the reason that a short notice page gives in words; ``None`` for an ordinary page.

    Maintenance is one only while the time that the notice names lasts; ``now`` is that of the visit.
    """
    visible = " ".join(text.split())
    if len(visible) > NOTICE_LENGTH_MAX:
        return None
    found = next((pattern.reason for pattern in PAGE_PATTERNS if pattern.expression.search(visible)), None)
    if found in (FailureReason.BUSY, None) and announces_pause(visible, now or datetime.now(UTC)):
        return FailureReason.MAINTENANCE
    return found


def reason_at_address(text: str, title: str = "") -> FailureReason | None:
    """Name the reason why an address that a guide gives leads nowhere, by the page's title or a short page's words."""
    visible = " ".join(text.split())
    if GONE.search(title.strip()) or (len(visible) <= NOTICE_LENGTH_MAX and GONE.search(visible)):
        return FailureReason.PAGE_GONE
    return reason_on_page(title) or reason_on_page(text)


def reason_for_exception(message: str) -> FailureReason:
    """Name the reason for a browser's or HTTP client's exception; what nobody knows is our bug."""
    found = (pattern.reason for pattern in EXCEPTION_PATTERNS if pattern.expression.search(message))
    return next(found, FailureReason.OUR_BUG)
