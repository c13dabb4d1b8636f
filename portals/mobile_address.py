"""Opens the mobile address that a guide gives, wherever it lies, and says what it is (portals.md §1.7)."""

from domain.entrance import EntranceKind
from domain.failure import FailureReason
from portals.citizen import CitizenBrowser, Obstacle
from portals.site import Site

GONE = "不存在或已下线"


def open_mobile_address(browser: CitizenBrowser, site: Site, url: str) -> EntranceKind | None:
    """Open it; ``APP_ONLY`` for a page that only shows the way to an app, ``None`` for a page that opens.

    A page that says the service does not exist raises ``Obstacle(ABSENT)``, any other trouble its own ``Obstacle``.
    """
    try:
        browser.open(url)
        browser.settle()
    except Obstacle as obstacle:
        if GONE in str(obstacle):
            raise Obstacle(FailureReason.ABSENT, "指南声明的地址打开后，页面说该服务不存在或已下线") from obstacle
        raise
    return EntranceKind.APP_ONLY if browser.count(site.selectors["app_only"]) else None
