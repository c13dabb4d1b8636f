"""Tells where 在线办理 has led by what the page shows, in the kinds of methodology.md §3.2."""

import re

from domain.entrance import EntranceKind
from domain.failure import FailureReason
from portals.citizen import CitizenBrowser, Entrance, Obstacle
from portals.site import Site

PASSWORD = "input[type=password]"
ANYTHING = "body"
LOGIN_WORDS = re.compile(r"请先?登录|先登录|登录后|用户登录|尚未登录|未登录|进入登录")
ON_THE_PORTAL = {
    "login_name": EntranceKind.LOGIN_UNIFIED,
    "form_page": EntranceKind.FORM,
    "apply_home": EntranceKind.PORTAL_HOME,
    "app_only": EntranceKind.APP_ONLY,
    "download_only": EntranceKind.DOWNLOAD_ONLY,
}
"""Selector of ``site.toml`` → kind, in the order in which a page is asked."""


def look_at_entrance(browser: CitizenBrowser, site: Site) -> Entrance:
    """Say where the citizen has arrived, once the page has settled; raise ``Obstacle`` for a notice or broken page."""
    browser.settle()
    if site.role_of(browser.url) is None:
        return look_outside(browser)
    kinds = {site.selectors[name]: kind for name, kind in ON_THE_PORTAL.items() if name in site.selectors}
    kind = kinds[browser.wait_for(*kinds)]
    if kind is not EntranceKind.LOGIN_UNIFIED:
        return Entrance(kind=kind, url=browser.url)
    return Entrance(
        kind=kind,
        url=browser.url,
        login_ways=browser.count(site.selectors["login_way"]),
        asks_login=True,
        refused=bool(browser.text(site.selectors["login_error"])) if "login_error" in site.selectors else False,
    )


def look_outside(browser: CitizenBrowser) -> Entrance:
    """Look at a system that is not the portal's: a login page of its own, or a page that opens.

    Whether a page that opens asks for a login is told by its words; other words settle nothing.
    """
    if browser.wait_for(PASSWORD, ANYTHING) == PASSWORD:
        return Entrance(kind=EntranceKind.LOGIN_OTHER, url=browser.url, asks_login=True)
    text = browser.text(ANYTHING)
    if not text:
        raise Obstacle(FailureReason.EMPTY_ANSWER, "部门系统的页面没有内容")
    return Entrance(kind=EntranceKind.EXTERNAL, url=browser.url, asks_login=bool(LOGIN_WORDS.search(text)))
