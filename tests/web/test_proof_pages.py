"""The page of an observation lists every file of its proof with a link, and says so when one is gone."""

import io
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from filled_store import SECOND_NIGHT, fill_night, keep, make_listed, make_observation, make_run, make_step
from PIL import Image
from playwright.sync_api import Page, expect

from domain.evidence import EvidenceKind
from domain.manifest import Manifest, Member
from domain.outcome import Outcome
from storage.store import Store

pytestmark = pytest.mark.browser
SERVE = """
import sys
from pathlib import Path
from web.serving import serve
serve(Path(sys.argv[1]), port=0, announce=lambda url: print(url, flush=True))
"""
PAGE = f"/runs/{SECOND_NIGHT}/observations/gdzwfw/booking-calendar/gdzwfw-dept-01-0"
HAR = b'{"log": {}}'


def paint(colour: str) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(file, "WEBP")
    return file.getvalue()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "home") as opened:
        fill_night(opened, make_run(), items=2, unseen=0, observations=1)
        before, after = (keep(opened, paint(one), EvidenceKind.SCREENSHOT, "image/webp") for one in ("navy", "maroon"))
        names = {"steps/01-used-1.webp": before, "steps/01.webp": after}
        names["traffic.har"] = keep(opened, HAR, EvidenceKind.HAR, "application/json")
        manifest = Manifest(members=tuple(Member(name=name, sha256=hash_) for name, hash_ in names.items()))
        sealed = keep(opened, manifest.encode(), EvidenceKind.MANIFEST, "text/plain; charset=utf-8")
        seen = make_observation(
            make_listed("dept-01", 0),
            Outcome.PASS,
            probe="booking-calendar",
            steps=(make_step(1, "打开预约", screenshot=after, used=(before,)),),
        )
        opened.observations.save(seen.model_copy(update={"manifest": sealed}))
        yield opened


@pytest.fixture
def desk(store: Store) -> Iterator[str]:
    with subprocess.Popen([sys.executable, "-c", SERVE, str(store.home)], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        yield server.stdout.readline().strip().rstrip("/")
        server.terminate()


def test_every_file_is_listed_and_can_be_had(page: Page, desk: str) -> None:
    page.goto(desk + PAGE)
    rows = page.locator("section", has=page.get_by_role("heading", name="证据文件")).locator("tbody tr")
    expect(rows).to_have_count(3)
    link = rows.filter(has_text="traffic.har").get_by_role("link").get_attribute("href")
    assert link is not None
    with urllib.request.urlopen(desk + link, timeout=10) as answer:
        assert sha256(answer.read()).hexdigest() == sha256(HAR).hexdigest()
    pictures = page.locator(".step .picture img")
    expect(pictures).to_have_count(2)
    expect(pictures.first).to_have_attribute("alt", "第 1 步按下的控件（已框出）")


def test_a_lost_file_and_a_lost_manifest_are_said(page: Page, desk: str, store: Store) -> None:
    path = store.evidence.path(sha256(HAR).hexdigest())
    assert path is not None
    path.unlink()
    page.goto(desk + PAGE)
    expect(page.locator("tr", has_text="traffic.har")).to_contain_text("文件缺失")
    seen = store.observations.get(PAGE.removeprefix("/runs/").replace("/observations", ""))
    manifest = store.evidence.path(seen.manifest or "")
    assert manifest is not None
    manifest.write_bytes(b"x")
    page.goto(desk + PAGE)
    expect(page.locator("main")).to_contain_text("清单已损坏或缺失")
