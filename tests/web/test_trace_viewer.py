"""A real trace in Playwright's bundled viewer, served by us: it opens, lists the actions, and stays on this machine."""

import pytest
from filled_store import REVIEWED_ITEM, SECOND_NIGHT
from playwright.sync_api import Page, expect
from served_store import Outside

pytestmark = pytest.mark.browser
OBSERVATION = f"/runs/{SECOND_NIGHT}/observations/gdzwfw/online-application/{REVIEWED_ITEM}"


def test_the_trace_opens_in_the_viewer_and_nothing_leaves_the_machine(
    page: Page, origin: str, outside: Outside
) -> None:
    outside.connections.clear()
    answered: list[tuple[str, bool]] = []
    page.context.on("response", lambda answer: answered.append((answer.url, answer.from_service_worker)))
    page.goto(origin + OBSERVATION)
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="在轨迹查看器中打开").click()
    viewer = opened.value
    viewer.set_viewport_size({"width": 1360, "height": 900})
    actions = viewer.locator(".action-title, [role=treeitem]")
    expect(actions.filter(has_text="Navigate").first).to_be_visible(timeout=60_000)
    expect(actions.filter(has_text="Fill").first).to_be_visible()
    expect(actions.filter(has_text="Click").first).to_be_visible()
    actions.filter(has_text="Click").first.click()
    snapshot = viewer.frame_locator("iframe.snapshot-visible")
    expect(snapshot.get_by_role("heading", name="建筑工程施工许可证核发")).to_be_visible(timeout=60_000)
    assert outside.connections == []
    # The page in the trace names a picture elsewhere: the viewer's own worker answers for it, the network is not asked.
    foreign = [by_worker for url, by_worker in answered if not url.startswith((origin, "blob:", "data:"))]
    assert all(foreign)


def test_the_watch_on_the_way_out_works(page: Page, outside: Outside) -> None:
    outside.connections.clear()
    with pytest.raises(Exception, match="ERR_"):
        page.goto("http://outside.example/")
    assert len(outside.connections) >= 1
