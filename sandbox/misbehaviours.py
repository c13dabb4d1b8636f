"""The catalogue of ways in which the portals can misbehave, so that a name means one thing to corpus and servers."""

from collections.abc import Iterable
from enum import StrEnum


class Misbehaviour(StrEnum):
    """Names that `Item.misbehaviours`, a faults file and the control desk accept."""

    DETAIL_HTML_500 = "detail_html_500"
    DETAIL_HTML_500_ONCE = "detail_html_500_once"
    DETAIL_ERRCODE_0 = "detail_errcode_0"
    DETAIL_429_ONCE = "detail_429_once"
    DETAIL_503_ONCE = "detail_503_once"
    DETAIL_TRUNCATED_JSON = "detail_truncated_json"
    DETAIL_SLOW = "detail_slow"
    DETAIL_CAPTCHA = "detail_captcha"
    PAGE_WAF = "page_waf"
    PAGE_LAYOUT_CHANGED = "page_layout_changed"
    SEARCH_MISSING = "search_missing"
    SEARCH_BURIED = "search_buried"
    SEARCH_BUSY = "search_busy"
    SEARCH_CAPTCHA = "search_captcha"
    BOOKING_BUSY = "booking_busy"
    BOOKING_HTTP_500 = "booking_http_500"
    BOOKING_NEVER_LOADS = "booking_never_loads"
    APPLY_NOT_OPEN = "apply_not_open"
    APPLY_HTTP_500 = "apply_http_500"
    APPLY_DEAD_END = "apply_dead_end"
    APPLY_SESSION_LOST = "apply_session_lost"
    LISTING_SHORT = "listing_short"
    DUPLICATE_LISTING = "duplicate_listing"


CATALOGUE: dict[Misbehaviour, str] = {
    Misbehaviour.DETAIL_HTML_500: "The detail endpoint always answers an HTML error page with status 500.",
    Misbehaviour.DETAIL_HTML_500_ONCE: "The detail endpoint answers an HTML 500 page to each client's first request.",
    Misbehaviour.DETAIL_ERRCODE_0: "The item is listed, but its detail says errCode 0, 未找到匹配的信息.",
    Misbehaviour.DETAIL_429_ONCE: "The detail endpoint answers 429 with Retry-After 1 to each client's first request.",
    Misbehaviour.DETAIL_503_ONCE: "The detail endpoint answers 503 with Retry-After 1 to each client's first request.",
    Misbehaviour.DETAIL_TRUNCATED_JSON: "The detail document breaks off in the middle, with status 200.",
    Misbehaviour.DETAIL_SLOW: "The detail document takes 1.5 seconds.",
    Misbehaviour.DETAIL_CAPTCHA: "The detail endpoint answers an HTML captcha page with status 200.",
    Misbehaviour.PAGE_WAF: "The guide page (both generations) is answered by a firewall: 403 and a block page.",
    Misbehaviour.PAGE_LAYOUT_CHANGED: "The guide page (both generations) renders with other class names and ids.",
    Misbehaviour.SEARCH_MISSING: "The search of 广东政务服务网 never finds the item.",
    Misbehaviour.SEARCH_BURIED: "The search of 广东政务服务网 finds the item only behind the 20th place.",
    Misbehaviour.SEARCH_BUSY: "Searching 广东政务服务网 for the item's name shows a 系统繁忙 page with status 200.",
    Misbehaviour.SEARCH_CAPTCHA: "Searching 广东政务服务网 for the item's name shows a captcha page with status 200.",
    Misbehaviour.BOOKING_BUSY: "The booking page shows 系统繁忙 with status 200.",
    Misbehaviour.BOOKING_HTTP_500: "The booking page answers status 500.",
    Misbehaviour.BOOKING_NEVER_LOADS: "The booking page comes, its calendar never does.",
    Misbehaviour.APPLY_NOT_OPEN: "在线办理 leads to a page that says 暂未开通.",
    Misbehaviour.APPLY_HTTP_500: "在线办理 answers status 500.",
    Misbehaviour.APPLY_DEAD_END: "The application form's second page has no way on.",
    Misbehaviour.APPLY_SESSION_LOST: "The application form sends the applicant back to the login at its second page.",
    Misbehaviour.LISTING_SHORT: "The body's list says a TOTALNUM three larger than the rows it ever lists.",
    Misbehaviour.DUPLICATE_LISTING: "The same ITEM_ID comes a second time at the end of the body's list.",
}


def read_names(names: Iterable[object], *, about: str) -> frozenset[Misbehaviour]:
    """Turn plain names into misbehaviours.

    Raises ValueError with a sentence that names the unknown one and lists the known ones.
    """
    known = {name.value for name in Misbehaviour}
    found = list(names)
    for name in found:
        if name not in known:
            raise ValueError(f"unknown misbehaviour {name!r} for {about!r}; known are {', '.join(sorted(known))}")
    return frozenset(Misbehaviour(str(name)) for name in found)
