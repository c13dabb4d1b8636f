"""Walks a joint application from its entrance to the confirm page, filling only what it must, and never hands it in."""

from domain.entrance import EntranceKind
from domain.failure import FailureReason
from portals.citizen import Entrance, Obstacle
from probes.journey import Journey

PAGES_MAX = 15  # no form is longer; one that is leads in circles
PRESS = "点击申办入口"
SIGN_IN = "使用测试账号登录"
FORM = "逐页填写，停在确认页，不提交"


def reach_confirm(journey: Journey, url: str) -> int:
    """Return the number of form pages up to the confirm page; raise ``Obstacle`` for whatever stops the way."""
    with journey.step(PRESS):
        entrance = journey.portal.start_theme(journey.browser, journey.site, url)
    if entrance.kind is EntranceKind.LOGIN_UNIFIED:
        with journey.step(SIGN_IN):
            entrance = journey.sign_in()
            if entrance.kind is EntranceKind.PORTAL_HOME:  # signed in, but sent home: the citizen presses once more
                entrance = journey.portal.start_theme(journey.browser, journey.site, url)
    with journey.step(FORM):
        refuse_other_kinds(entrance)
        return walk_pages(journey)


def refuse_other_kinds(entrance: Entrance) -> None:
    """Raise ``Obstacle`` for an entrance behind which no form of the platform lies."""
    if entrance.kind in (EntranceKind.LOGIN_UNIFIED, EntranceKind.LOGIN_OTHER):
        raise Obstacle(FailureReason.LOGIN_REQUIRED, "登录后仍要求登录，没有进入申办表单")
    if entrance.kind is EntranceKind.DOWNLOAD_ONLY:
        raise Obstacle(FailureReason.DEAD_END, "申办入口只提供表格下载")
    if entrance.kind is not EntranceKind.FORM:
        raise Obstacle(FailureReason.LOGIN_REQUIRED, "申办入口转到本探针不能进入的系统")


def walk_pages(journey: Journey) -> int:
    """Fill and leave page after page until the confirm page."""
    for page in range(1, PAGES_MAX + 1):
        if journey.portal.read_form(journey.browser, journey.site).last:
            return page
        journey.portal.fill_form(journey.browser, journey.site)
        journey.portal.next_form_page(journey.browser, journey.site)
    raise Obstacle(FailureReason.DEAD_END, f"表单超过 {PAGES_MAX} 页仍未到确认页")
