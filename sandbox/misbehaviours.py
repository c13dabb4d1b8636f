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
    APPLY_SLOW_PAGE = "apply_slow_page"
    APPLY_NEVER_ANSWERS = "apply_never_answers"
    APPLY_CAPTCHA = "apply_captcha"
    APPLY_WAF = "apply_waf"
    THEME_SINGLE_ITEM = "theme_single_item"
    THEME_DEAD_LINK = "theme_dead_link"
    THEME_NO_GUIDE = "theme_no_guide"
    THEME_SEVERAL_FORMS = "theme_several_forms"
    THEME_NOT_LISTED = "theme_not_listed"
    LISTING_SHORT = "listing_short"
    DUPLICATE_LISTING = "duplicate_listing"
    MOBILE_GONE = "mobile_gone"
    MOBILE_UNSEARCHABLE = "mobile_unsearchable"
    MOBILE_WIDE = "mobile_wide"
    MOBILE_HTTP_500 = "mobile_http_500"
    MOBILE_BUSY = "mobile_busy"
    PORTAL_OTHER_LIMIT = "portal_other_limit"
    PORTAL_OTHER_MATERIALS = "portal_other_materials"
    PORTAL_OTHER_FEE = "portal_other_fee"
    PORTAL_OTHER_STATUS = "portal_other_status"
    PORTAL_WRITES_OTHERWISE = "portal_writes_otherwise"


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
    Misbehaviour.APPLY_SLOW_PAGE: "The application form's second page takes 15.5 seconds.",
    Misbehaviour.APPLY_NEVER_ANSWERS: "在线办理 is never answered.",
    Misbehaviour.APPLY_CAPTCHA: "在线办理 answers a captcha page with status 200.",
    Misbehaviour.APPLY_WAF: "在线办理 is answered by a firewall: 403 and a block page.",
    Misbehaviour.THEME_SINGLE_ITEM: "The page of a themed service links one item only.",
    Misbehaviour.THEME_DEAD_LINK: "The last item that a themed service links is not there.",
    Misbehaviour.THEME_NO_GUIDE: "The page of a themed service has no guide of its own.",
    Misbehaviour.THEME_SEVERAL_FORMS: "A themed service is applied for item by item, each in a form of its own.",
    Misbehaviour.THEME_NOT_LISTED: "The list of themed services leaves this one out.",
    Misbehaviour.LISTING_SHORT: "The body's list says a TOTALNUM three larger than the rows it ever lists.",
    Misbehaviour.DUPLICATE_LISTING: "The same ITEM_ID comes a second time at the end of the body's list.",
    Misbehaviour.MOBILE_GONE: "Neither mobile platform has the service any more, whatever address the guide gives.",
    Misbehaviour.MOBILE_UNSEARCHABLE: "The search of both mobile platforms never finds the service; its page opens.",
    Misbehaviour.MOBILE_WIDE: "The mobile page holds a table 900 pixels wide, so that a telephone scrolls sideways.",
    Misbehaviour.MOBILE_HTTP_500: "The mobile page of the service answers status 500.",
    Misbehaviour.MOBILE_BUSY: "The mobile page of the service shows 系统繁忙 with status 200.",
    Misbehaviour.PORTAL_OTHER_LIMIT: "The mobile platforms show nine more promised days than the guide.",
    Misbehaviour.PORTAL_OTHER_MATERIALS: "The mobile platforms ask for another first material than the guide.",
    Misbehaviour.PORTAL_OTHER_FEE: "The mobile platforms say the opposite of the guide's 是否收费.",
    Misbehaviour.PORTAL_OTHER_STATUS: "The mobile platforms show the service as 暂停.",
    Misbehaviour.PORTAL_WRITES_OTHERWISE: (
        "The mobile platforms say the same as the guide in other words: 7 个工作日内, 免费, numbered materials in "
        "another order, a telephone in brackets. A near miss: no difference."
    ),
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
