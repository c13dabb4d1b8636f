"""Reads a page of search results in the order in which a citizen sees them."""

from urllib.parse import parse_qs, urlsplit

from portals.citizen import CitizenBrowser, SearchHit
from portals.following_links import raise_for_broken
from portals.site import Site

PARTS = ("title", "department", "link")
GUIDE_PAGES = ("guide/", "service/")


def shows_results(browser: CitizenBrowser, site: Site, results: str, *, region: str = "") -> bool:
    """Say whether search results are open, of this region where one is given, with a box to search again.

    A captcha or a notice stands at the same address and has no box.
    """
    if browser.url.partition("?")[0] != results or not browser.count(site.selectors["search_box"]):
        return False
    return not region or parse_qs(urlsplit(browser.url).query).get("region") == [region]


def ask_for(browser: CitizenBrowser, site: Site, keyword: str) -> tuple[SearchHit, ...]:
    """Type a keyword into the search box of the page that is open, press the button and read the results."""
    browser.fill(site.selectors["search_box"], keyword)
    with browser.expect_answer():
        browser.click(site.selectors["search_button"])
    return read_results(browser, site)


def read_results(browser: CitizenBrowser, site: Site) -> tuple[SearchHit, ...]:
    """Wait for the results and read those of the first page; none when the portal says that it found nothing."""
    selectors = site.selectors
    if browser.wait_for(selectors["result_row"], selectors["result_empty"]) == selectors["result_empty"]:
        raise_for_broken(browser, browser.text(selectors["result_empty"]))
        return ()
    rows = browser.rows(selectors["result_row"], {part: selectors[f"result_{part}"] for part in PARTS})
    return tuple(read_hit(rank, row) for rank, row in enumerate(rows, start=1))


def read_hit(rank: int, row: dict[str, str]) -> SearchHit:
    """Read one result; the code is the last part of the guide's address."""
    link = row["link"].partition("?")[0].rstrip("/")
    return SearchHit(
        rank=rank,
        title=row["title"],
        department=row["department"].split()[0] if row["department"] else "",
        code=link.rpartition("/")[2] if "guide/" in link or "service/" in link else "",
        url=row["link"],
    )
