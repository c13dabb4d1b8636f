"""What a citizen does on 粤省事 and 粤商通 as mobile web pages; the real ones live in apps (portals.md §1.7)."""

from domain.failure import FailureReason
from portals.citizen import (
    CitizenBrowser,
    DeskAnswer,
    GuidePage,
    NotOffered,
    Obstacle,
    SearchHit,
    ShownGuide,
    SlotDay,
    ThemePage,
)
from portals.following_links import names_entrance
from portals.search_results import ask_for, shows_results
from portals.service_desk import ask_desk, reply_to_desk
from portals.shown_guide import read_open_guide
from portals.site import Site
from portals.slot_calendar import open_calendar
from portals.unified_application import UnifiedApplication

GONE = "不存在或已下线"


class MobileCitizen(UnifiedApplication):
    """One mobile platform, whose host role equals its portal id. Without a known host nothing is offered."""

    def __init__(self, role: str) -> None:
        self.role = role

    def search(self, browser: CitizenBrowser, site: Site, keyword: str, *, region: str = "") -> tuple[SearchHit, ...]:
        """Type the keyword on the home page, or on the page of the last results; an app has no regional pages."""
        if not site.hosts.get(self.role) or not shows_results(browser, site, site.url(self.role, "search")):
            self._open(browser, site, "home")
        return ask_for(browser, site, keyword)

    def open_guide(self, browser: CitizenBrowser, site: Site, code: str) -> GuidePage:
        """Open a service; raise ``NotOffered`` when the platform says that it has no such service."""
        self._open_service(browser, site, code)
        return GuidePage(
            title=browser.text(site.selectors["guide_title"]),
            online_entry=names_entrance(browser, site, "online_word"),
            booking_entry=names_entrance(browser, site, "booking_word"),
        )

    def read_guide_page(self, browser: CitizenBrowser, site: Site, code: str) -> ShownGuide:
        """Open a service and read what it shows; raise ``NotOffered`` when the platform has no such service."""
        self._open_service(browser, site, code)
        return read_open_guide(browser, site)

    def print_address(self, site: Site, code: str) -> str:
        """Raise ``NotOffered``."""
        raise NotOffered("移动端没有打印件")

    def ask(self, browser: CitizenBrowser, site: Site, question: str) -> DeskAnswer:
        """Put one question to the platform's desk; raise ``NotOffered`` where the platform has none."""
        if "desk" not in site.paths or not site.hosts.get(self.role):
            raise NotOffered("该平台没有智能客服")
        return ask_desk(browser, site, self.role, question)

    def reply(self, browser: CitizenBrowser, site: Site, asked_back: DeskAnswer, choice: str) -> DeskAnswer:
        """Press one of the choices that the desk offers."""
        return reply_to_desk(browser, site, asked_back, choice)

    def open_booking(self, browser: CitizenBrowser, site: Site, code: str) -> tuple[SlotDay, ...]:
        """Press 预约 on the service page and read the calendar; nothing in it is ever clicked."""
        if code not in browser.url:
            self.open_guide(browser, site, code)
        return open_calendar(browser, site)

    def list_themes(self, browser: CitizenBrowser, site: Site) -> tuple[SearchHit, ...]:
        """Raise ``NotOffered``."""
        raise NotOffered("移动端没有已知的主题式服务页面")

    def open_theme(self, browser: CitizenBrowser, site: Site, code: str) -> ThemePage:
        """Raise ``NotOffered``."""
        raise NotOffered("移动端没有已知的主题式服务页面")

    def _open_service(self, browser: CitizenBrowser, site: Site, code: str) -> None:
        try:
            self._open(browser, site, "guide", code=code)
        except Obstacle as obstacle:
            if obstacle.reason is FailureReason.HTTP_4XX and GONE in str(obstacle):
                raise NotOffered("该平台没有上架此服务") from obstacle
            raise
        browser.wait_for(site.selectors["guide_head"])

    def _open(self, browser: CitizenBrowser, site: Site, path: str, **values: str) -> None:
        if not site.hosts.get(self.role):
            raise NotOffered("该平台没有公开的网页地址，外部无法访问")
        browser.open(site.url(self.role, path, **values))
