"""What a citizen does on 广东政务服务网 with a browser (portals.md §1.1, §1.6)."""

from urllib.parse import quote

from domain.failure import FailureReason
from portals import theme_pages
from portals.citizen import CitizenBrowser, DeskAnswer, GuidePage, Obstacle, SearchHit, ShownGuide, SlotDay, ThemePage
from portals.following_links import names_entrance, raise_for_broken
from portals.search_results import ask_for, shows_results
from portals.service_desk import ask_desk, reply_to_desk
from portals.shown_guide import read_open_guide
from portals.site import Site
from portals.slot_calendar import open_calendar
from portals.unified_application import UnifiedApplication

ROLE = "www"
PRINT_ROLE = "static"
GENERATIONS = ("guide", "guide_short", "guide_legacy")
NOT_THERE = frozenset({FailureReason.ABSENT, FailureReason.HTTP_4XX})
ABSENT_WORDS = ("未找到", "不存在", "已下线")


class GdzwfwCitizen(UnifiedApplication):
    """The web portal; a guide is opened at its own address, everything else by what a citizen clicks."""

    def search(self, browser: CitizenBrowser, site: Site, keyword: str, *, region: str = "") -> tuple[SearchHit, ...]:
        """Type the keyword on the region's home page, or on the page of its last results, and read the first page."""
        asked = region or home_region(site)
        if not shows_results(browser, site, site.url(ROLE, "search"), region=asked):
            browser.open(site.url(ROLE, "home", region=asked))
        return ask_for(browser, site, keyword)

    def open_guide(self, browser: CitizenBrowser, site: Site, code: str) -> GuidePage:
        """Open a guide; raise ``Obstacle`` with ``absent`` when the portal knows no such guide."""
        open_page(browser, site, "guide", code)
        return GuidePage(
            title=browser.text(site.selectors["guide_title"]),
            online_entry=names_entrance(browser, site, "online_word"),
            booking_entry=names_entrance(browser, site, "booking_word"),
        )

    def read_guide_page(self, browser: CitizenBrowser, site: Site, code: str) -> ShownGuide:
        """Open the guide in the newest generation of its page that the portal has, unfold it and read it."""
        open_newest(browser, site, code)
        return read_open_guide(browser, site)

    def print_address(self, site: Site, code: str) -> str:
        """Return the address of the PDF (portals.md §1.1)."""
        return site.url(PRINT_ROLE, "print", code=quote(code, safe=""))

    def ask(self, browser: CitizenBrowser, site: Site, question: str) -> DeskAnswer:
        """Put one question to 小粤 in a fresh conversation."""
        return ask_desk(browser, site, ROLE, question)

    def reply(self, browser: CitizenBrowser, site: Site, asked_back: DeskAnswer, choice: str) -> DeskAnswer:
        """Press one of the choices that 小粤 offers."""
        return reply_to_desk(browser, site, asked_back, choice)

    def open_booking(self, browser: CitizenBrowser, site: Site, code: str) -> tuple[SlotDay, ...]:
        """Press 预约 on the guide page and read the calendar; nothing in it is ever clicked."""
        if code not in browser.url:
            self.open_guide(browser, site, code)
        return open_calendar(browser, site)

    def list_themes(self, browser: CitizenBrowser, site: Site) -> tuple[SearchHit, ...]:
        """Read the first page of the region's list of themed services."""
        return theme_pages.list_themes(browser, site, ROLE, home_region(site))

    def open_theme(self, browser: CitizenBrowser, site: Site, code: str) -> ThemePage:
        """Open the page of a themed service."""
        return theme_pages.open_theme(browser, site, ROLE, code)


def open_newest(browser: CitizenBrowser, site: Site, code: str) -> None:
    """Open a guide's page; where the newest address has none, an older generation's may (portals.md §0.2).

    Raises the ``Obstacle`` of the newest page when no generation has the guide.
    """
    missing: Obstacle | None = None
    for path in site.options.get("generations", GENERATIONS):
        try:
            open_page(browser, site, path, code)
        except Obstacle as obstacle:
            if obstacle.reason not in NOT_THERE:
                raise
            missing = missing or obstacle
        else:
            return
    raise missing or Obstacle(FailureReason.ABSENT, "平台没有该事项的办事指南")


def open_page(browser: CitizenBrowser, site: Site, path: str, code: str) -> None:
    """Open one page of a guide and wait for its head; raise ``Obstacle`` for a notice in its place."""
    selectors = site.selectors
    browser.open(site.url(ROLE, path, code=code))
    if browser.wait_for(selectors["guide_head"], selectors["guide_notice"]) == selectors["guide_notice"]:
        raise_for_absence(browser, browser.text(selectors["guide_notice"]))


def raise_for_absence(browser: CitizenBrowser, sentence: str) -> None:
    """Raise the ``Obstacle`` that the sentence in place of a guide means."""
    raise_for_broken(browser, sentence)
    reason = FailureReason.ABSENT if any(word in sentence for word in ABSENT_WORDS) else FailureReason.BROKEN_ANSWER
    raise Obstacle(reason, sentence)


def home_region(site: Site) -> str:
    """Return the region whose home page a citizen starts from: the first one configured."""
    region = site.options["region"]
    return str(region if isinstance(region, str) else region[0])
