"""An evaluator fills in the form in a real browser; what another site sends, or what does not fit, is not kept."""

import io
import json
import sys
import urllib.error
import urllib.request
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from filled_store import SCRIPT, SECOND_NIGHT, fill_night, make_run
from PIL import Image
from playwright.sync_api import Page

from domain.observation import Channel
from domain.outcome import Outcome
from domain.run import RunKind
from domain.unit import find_unit
from intake.pictures import BYTES_MAX
from storage.store import Store

sys.path.insert(0, str(Path(__file__).parent))

pytestmark = pytest.mark.browser
CODE = "11441700007026195X3440105001000"
PATH = f"/runs/{SECOND_NIGHT}/observations"
DAY = (datetime.now(UTC) - timedelta(days=2)).date().isoformat()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("manual") / "home"
    with Store.open(folder) as store:
        fill_night(store, make_run())
    return folder


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "窗口.png"
    Image.new("RGB", (40, 30), (10, 120, 10)).save(path)
    return path


def hand_ins(home: Path) -> list[str]:
    with Store.open(home) as store:
        return [run.id for run in store.runs.all() if run.kind is RunKind.MANUAL]


def fill_form(page: Page, **changes: str) -> None:
    values = {
        "by": "李评估",
        "code": CODE,
        "expected": "申请表",
        "seen": "窗口另要户口簿",
        "day": DAY,
        "clock": "10:05",
    }
    for name, value in {**values, "source": "市民服务中心 12 号窗口", **changes}.items():
        page.fill(f"[name={name}]", value)
    page.select_option("[name=unit]", find_unit("市教育局").id)
    page.select_option("[name=place]", "counter")
    page.select_option("[name=topic]", "offline-consistency")
    page.select_option("[name=field]", "materials")
    page.select_option("[name=outcome]", "fail")


def test_a_filled_form_becomes_an_observation(page: Page, origin: str, home: Path, picture: Path) -> None:
    before = len(hand_ins(home))
    page.goto(f"{origin}/runs/{SECOND_NIGHT}")
    page.click("text=记录一条")
    fill_form(page, seen=f"窗口另要户口簿{SCRIPT}")
    page.set_input_files("[name=pictures]", picture)
    page.click("button:has-text('保存观察记录')")
    page.wait_for_url("**/observations/counter/offline-consistency/**")
    text = page.inner_text("main")
    assert "人工观察" in text
    assert "李评估" in text
    assert "申请材料" in text  # the field that was compared, in words
    assert "来源：市民服务中心 12 号窗口" in text
    assert "窗口另要户口簿<script>" in text  # shown as text
    assert page.title() != "pwned"
    assert page.locator(".timeline img").evaluate("image => image.naturalWidth") == 40
    assert len(hand_ins(home)) == before + 1
    with Store.open(home) as store:
        run = store.runs.get(hand_ins(home)[0])
        (seen,) = store.observations.of_run(run.id)
        assert (seen.channel, seen.recorded_by, seen.outcome) == (Channel.MANUAL, "李评估", Outcome.FAIL)
        assert (run.settings["source"], run.settings["about"]) == ("form", SECOND_NIGHT)
        assert (seen.rows[0].kind, seen.rows[0].expected) == ("materials", "申请表")
        assert seen.started_at == datetime.fromisoformat(f"{DAY}T02:05:00+00:00")
        kept = Image.open(io.BytesIO(store.evidence.get(seen.steps[0].screenshot or "")))
        assert kept.getpixel((5, 5)) == (10, 120, 10)


def test_what_does_not_fit_is_named_and_what_was_typed_stays(page: Page, origin: str, home: Path) -> None:
    before = hand_ins(home)
    page.goto(f"{origin}{PATH}/new?lang=en&code={CODE}")
    assert page.input_value("[name=code]") == CODE
    fill_form(page, code="4401", seen="没有附图")
    page.click("button:has-text('Keep')")
    said = page.inner_text("[role=alert]")
    assert "column Code: '4401' is no item code" in said
    assert page.input_value("[name=seen]") == "没有附图"
    assert page.input_value("[name=place]") == "counter"
    fill_form(page, seen="没有附图")
    page.click("button:has-text('Keep')")
    assert "must name a picture" in page.inner_text("[role=alert]")
    assert hand_ins(home) == before


def test_a_file_that_is_no_picture_is_refused(page: Page, origin: str, home: Path, tmp_path: Path) -> None:
    before = hand_ins(home)
    false = tmp_path / "x.png"
    false.write_bytes(b"<svg onload='alert(1)'/>")
    page.goto(f"{origin}{PATH}/new")
    fill_form(page)
    page.set_input_files("[name=pictures]", false)
    page.click("button:has-text('保存观察记录')")
    assert "不是可以打开的图片" in page.inner_text("[role=alert]")
    large = tmp_path / "large.png"
    large.write_bytes(b"\x89PNG" + bytes(BYTES_MAX))
    fill_form(page)
    page.set_input_files("[name=pictures]", large)
    page.click("button:has-text('保存观察记录')")
    assert "超过 8 MB" in page.inner_text("[role=alert]")
    assert hand_ins(home) == before


def send(origin: str, headers: dict[str, str], body: bytes = b"by=x") -> int:
    request = urllib.request.Request(f"{origin}{PATH}", data=body, headers=headers, method="POST")
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none", ""])
def test_another_sites_form_is_refused(origin: str, home: Path, site: str) -> None:
    before = hand_ins(home)
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    assert send(origin, {**kind, **({"Sec-Fetch-Site": site} if site else {})}) == 403
    assert send(origin, {**kind, "Sec-Fetch-Site": "same-origin"}) == 422  # ours, and it does not fit
    assert hand_ins(home) == before


def test_a_form_in_another_sites_page_is_refused(page: Page, origin: str, home: Path) -> None:
    """A real browser posts from a page of another origin, as a phishing page would."""
    before = hand_ins(home)
    answers: list[int] = []
    page.on("response", lambda answer: answers.append(answer.status) if answer.request.method == "POST" else None)
    page.goto("about:blank")
    page.set_content(f"<form method=post action='{origin}{PATH}'><input name=by value=x><button>go</button></form>")
    page.click("button")
    page.wait_for_load_state()
    assert answers == [403]
    assert hand_ins(home) == before


def test_a_request_that_is_too_large_is_not_read(origin: str) -> None:
    headers = {"Sec-Fetch-Site": "same-origin", "Content-Type": "multipart/form-data; boundary=x"}
    assert send(origin, {**headers, "Content-Length": str(10**10)}, b"--x") == 413


def test_an_unknown_run_and_a_hand_in_have_no_form(page: Page, origin: str, home: Path) -> None:
    for run in ("gibt-es-nicht", *hand_ins(home)[:1]):
        answer = page.goto(f"{origin}/runs/{run}/observations/new")
        assert answer is not None
        assert answer.status == 404


def test_the_export_shows_the_channel(home: Path, tmp_path: Path) -> None:
    from python_calamine import CalamineWorkbook

    from exports.export import export

    with Store.open(home) as store:
        path, manifest = export(store, "observations", run=hand_ins(home)[0], format="xlsx", out=tmp_path)
    head, row = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    cells = dict(zip(map(str, head), row, strict=True))
    assert (cells["渠道"], cells["记录人"], cells["平台"]) == ("人工观察", "李评估", "办事窗口")
    assert "channel" in json.dumps(json.loads(manifest.read_text(encoding="utf-8")))
