"""Reads the pages of themed services (主题式服务, 一件事) and follows what they link to."""

from urllib.parse import urljoin

from domain.failure import FailureReason
from portals.citizen import CitizenBrowser, Entrance, NotOffered, Obstacle, SearchHit, ThemeLink, ThemePage
from portals.entrance_kinds import look_at_entrance
from portals.following_links import raise_for_broken
from portals.search_results import read_results
from portals.site import Site

GUIDE_PLACE = "guide/"


def list_themes(browser: CitizenBrowser, site: Site, role: str, region: str) -> tuple[SearchHit, ...]:
    """Open the list of themed services of a region and read it; raise ``NotOffered`` when the site knows of none."""
    browser.open(address(site, role, "theme_list", region=region))
    return read_results(browser, site)


def open_theme(browser: CitizenBrowser, site: Site, role: str, code: str) -> ThemePage:
    """Open the page of one themed service; raise ``Obstacle`` when the portal says that there is none."""
    selectors = site.selectors
    browser.open(address(site, role, "theme", code=code))
    browser.wait_for(selectors["theme_head"])
    links = browser.rows(
        selectors["theme_item"], {"title": selectors["theme_item_title"], "url": selectors["theme_item_link"]}
    )
    return ThemePage(
        title=browser.text(selectors["theme_head"]),
        linked=tuple(ThemeLink(title=link["title"], url=urljoin(browser.url, link["url"])) for link in links),
        guides=read_addresses(browser, selectors["theme_guide"]),
        forms=read_addresses(browser, selectors["theme_form"]),
    )


def read_addresses(browser: CitizenBrowser, selector: str) -> tuple[str, ...]:
    """Return the addresses of some links, each once; a link without an address counts for itself."""
    found = browser.rows(selector, {"url": "@href"})
    return tuple(dict.fromkeys(urljoin(browser.url, link["url"]) for link in found))


def open_link(browser: CitizenBrowser, site: Site, url: str) -> None:
    """Open what a theme page links to; raise ``Obstacle`` when a citizen finds nothing there."""
    if not url.startswith(("http://", "https://")):
        raise Obstacle(FailureReason.DEAD_END, f"链接没有可打开的地址：{url[:60] or '空'}")
    browser.open(url)
    if GUIDE_PLACE not in url or site.role_of(url) is None:
        browser.settle()
        return
    selectors = site.selectors
    if browser.wait_for(selectors["guide_head"], selectors["guide_notice"]) == selectors["guide_notice"]:
        sentence = browser.text(selectors["guide_notice"])
        raise_for_broken(browser, sentence)
        raise Obstacle(FailureReason.ABSENT, sentence)


def start_theme(browser: CitizenBrowser, site: Site, url: str) -> Entrance:
    """Follow a way into the joint application and say where it leads."""
    if not url.startswith(("http://", "https://")):
        raise Obstacle(FailureReason.DEAD_END, "申办入口没有可打开的地址")
    browser.open(url)
    return look_at_entrance(browser, site)


def address(site: Site, role: str, path: str, **values: str) -> str:
    """Build an address; raise ``NotOffered`` where the portal has no such page that we know of."""
    if path not in site.paths:
        raise NotOffered("该平台没有已知的主题式服务页面")
    return site.url(role, path, **values)
