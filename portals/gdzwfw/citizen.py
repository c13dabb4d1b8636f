"""What a citizen does on 广东政务服务网 with a browser (portals.md §1.1, §1.6)."""

from domain.failure import FailureReason
from portals.citizen import CitizenBrowser, GuidePage, NotOffered, Obstacle, SearchHit, SlotDay
from portals.search_results import read_results
from portals.site import Site
from portals.slot_calendar import read_calendar
from portals.unified_application import UnifiedApplication

ROLE = "www"


class GdzwfwCitizen(UnifiedApplication):
    """The web portal; a guide is opened at its own address, everything else by what a citizen clicks."""

    def search(self, browser: CitizenBrowser, site: Site, keyword: str) -> tuple[SearchHit, ...]:
        """Type the keyword on the region's home page and read the first page of results."""
        selectors = site.selectors
        browser.open(site.url(ROLE, "home", region=home_region(site)))
        browser.fill(selectors["search_box"], keyword)
        browser.click(selectors["search_button"])
        return read_results(browser, site)

    def open_guide(self, browser: CitizenBrowser, site: Site, code: str) -> GuidePage:
        """Open a guide; raise ``Obstacle`` with ``absent`` when the portal knows no such guide."""
        selectors = site.selectors
        browser.open(site.url(ROLE, "guide", code=code))
        if browser.wait_for(selectors["guide_head"], selectors["guide_notice"]) == selectors["guide_notice"]:
            browser.check_data()
            raise Obstacle(FailureReason.ABSENT, browser.text(selectors["guide_notice"]))
        return GuidePage(
            title=browser.text(selectors["guide_title"]),
            online_entry=browser.count(selectors["online_entry"]) > 0,
            booking_entry=browser.count(selectors["booking_entry"]) > 0,
        )

    def open_booking(self, browser: CitizenBrowser, site: Site, code: str) -> tuple[SlotDay, ...]:
        """Press 预约 on the guide page and read the calendar; nothing in it is ever clicked."""
        if code not in browser.url:
            self.open_guide(browser, site, code)
        if browser.count(site.selectors["booking_entry"]) == 0:
            raise NotOffered("指南页没有预约入口")
        with browser.expect_new_page():
            browser.click(site.selectors["booking_entry"])
        return read_calendar(browser, site)


def home_region(site: Site) -> str:
    """Return the region whose home page a citizen starts from: the first one configured."""
    region = site.options["region"]
    return str(region if isinstance(region, str) else region[0])
