"""A person grades what the program cannot decide: blind, with a picture, kept beside the program's grade."""

import io
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from filled_store import (
    BROKEN_OUT,
    SCRIPT,
    SECOND_NIGHT,
    fill_night,
    keep,
    make_listed,
    make_observation,
    make_run,
    make_step,
)
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from domain.evidence import EvidenceKind
from domain.observation import ObservedRow
from domain.outcome import Outcome
from storage.store import Store

pytestmark = pytest.mark.browser
SERVE = """
import sys
from pathlib import Path
from web.serving import serve
serve(Path(sys.argv[1]), port=0, announce=lambda url: print(url, flush=True))
"""
QUEUE = f"/runs/{SECOND_NIGHT}/grading"
ROWS = (
    ObservedRow(
        kind="phone",
        asked="电话是多少？",
        expected="0662-3366123",
        seen="请拨打0662-3366123",
        grade=1.0,
        measures={"step": 1},
    ),
    ObservedRow(
        kind="materials",
        asked=f"要带什么？{SCRIPT}",
        expected="申请表；身份证",
        seen=f"申请表{BROKEN_OUT}",
        grade=0.5,
        review=True,
        measures={"step": 2},
    ),
    ObservedRow(kind="days", asked="多久能办好？", expected="5(工作日)", seen="很快", grade=0.0, review=True),
)


def paint(colour: str) -> bytes:
    """Make a small picture that a browser can show."""
    file = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(file, "PNG")
    return file.getvalue()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "home") as opened:
        fill_night(opened, make_run(), items=2, unseen=0, observations=1)
        kept = [keep(opened, paint(colour), EvidenceKind.SCREENSHOT, "image/png") for colour in ("navy", "maroon")]
        steps = (make_step(1, "提问 1", screenshot=kept[0]), make_step(2, "提问 2", screenshot=kept[1]))
        asked = make_observation(make_listed("dept-01", 0), Outcome.PASS, probe="chatbot", rows=ROWS, steps=steps)
        opened.observations.save(asked)
        yield opened


@pytest.fixture
def desk(store: Store) -> Iterator[str]:
    with subprocess.Popen([sys.executable, "-c", SERVE, str(store.home)], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        yield server.stdout.readline().strip().rstrip("/")
        server.terminate()


def test_an_evaluator_grades_blind_and_sees_the_program_afterwards(page: Page, desk: str, store: Store) -> None:
    page.goto(f"{desk}/runs/{SECOND_NIGHT}")
    page.get_by_role("link", name="打开评定页").click()
    cards = page.locator(".queued")
    expect(cards).to_have_count(2)  # the clear row is not asked for
    first = cards.first
    expect(first).to_contain_text("申请表；身份证")
    expect(first).not_to_contain_text("程序评分")
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390, "a telephone shows the whole card"
    assert first.locator("img").evaluate("picture => picture.complete && picture.naturalWidth > 0")
    first.get_by_label("正确", exact=False).first.check()
    first.get_by_label("评估员").fill("王评估")
    first.get_by_label("理由").fill("两样都说了")
    first.get_by_role("button", name="保存评定").click()
    expect(page.locator(".queued")).to_have_count(1)
    expect(page.get_by_label("评估员")).to_have_value("王评估")
    [given] = store.row_grades.of_run(SECOND_NIGHT)[f"{SECOND_NIGHT}/gdzwfw/chatbot/gdzwfw-dept-01-0"]
    assert (given.reviewer, given.grade, given.machine, given.why, given.row) == ("王评估", 1.0, 0.5, "两样都说了", 1)
    page.goto(f"{desk}{QUEUE}?graded=true")
    expect(page.locator(".queued")).to_contain_text("程序评分 0.5")
    expect(page.locator(".queued")).to_contain_text("王评估 1")
    assert "pwned" not in page.title()


def test_the_observation_shows_its_rows(page: Page, desk: str) -> None:
    page.goto(f"{desk}/runs/{SECOND_NIGHT}/observations/gdzwfw/chatbot/gdzwfw-dept-01-0")
    expect(page.get_by_role("heading", name="逐项所见 3")).to_be_visible()
    expect(page.get_by_role("row", name="电话是多少？")).to_contain_text("请拨打0662-3366123")
    assert "pwned" not in page.title()


def post(desk: str, store: Store, *, site: str | None = "same-origin", **changes: str) -> int:
    """Send a form as a browser would; return the status, redirects not followed."""
    from storage.row_review import list_queue

    queued = next(list_queue(store, SECOND_NIGHT))
    form = {
        "observation": queued.observation.id,
        "row": str(queued.number),
        "row_hash": queued.hash,
        "reviewer": "王",
        "grade": "1",
    }
    request = urllib.request.Request(desk + QUEUE, data=urlencode(form | changes).encode())
    if site is not None:
        request.add_header("Sec-Fetch-Site", site)
    try:
        with urllib.request.urlopen(request) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


REFUSED: tuple[tuple[str | None, dict[str, str], int], ...] = (
    ("cross-site", {}, 403),
    ("same-site", {}, 403),
    ("none", {}, 403),
    (None, {}, 403),
    ("same-origin", {"grade": "0.7"}, 404),
    ("same-origin", {"grade": "good"}, 400),
    ("same-origin", {"grade": "nan"}, 404),
    ("same-origin", {"reviewer": "  "}, 404),
    ("same-origin", {"row": "9"}, 404),
    ("same-origin", {"row": "-1"}, 404),
    ("same-origin", {"row_hash": "0" * 64}, 404),
    ("same-origin", {"observation": "other-run/gdzwfw/chatbot/1"}, 404),
)


def test_only_whole_forms_of_our_own_pages_are_kept(desk: str, store: Store) -> None:
    answered = [(site, changes, post(desk, store, site=site, **changes)) for site, changes, _ in REFUSED]
    assert answered == list(REFUSED)
    assert store.row_grades.of_run(SECOND_NIGHT) == {}
    assert post(desk, store) == 200  # after the redirect back to the queue
    assert len(store.row_grades.of_run(SECOND_NIGHT)) == 1


def test_a_page_of_another_site_cannot_grade(browser: Browser, desk: str, store: Store) -> None:
    """A real browser says where a form comes from, also when another page fills and sends it by itself."""
    context = browser.new_context()
    page = context.new_page()
    page.set_content(f"<form method=post action='{desk}{QUEUE}'><input name=grade value=1></form>")
    with page.expect_navigation():
        page.evaluate("document.forms[0].submit()")
    assert "403" in page.content()
    context.close()
    assert store.row_grades.of_run(SECOND_NIGHT) == {}
