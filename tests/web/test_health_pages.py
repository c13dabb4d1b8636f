"""A run in quarantine in a real Chromium: the banner, the parts, and two documents side by side."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from filled_store import FIRST_NIGHT, SCRIPT, SECOND_NIGHT, START, make_review, make_run
from playwright.sync_api import Page, expect

from domain.crawl import GuideOutcome, GuideVisit
from domain.evidence import EvidenceKind
from domain.field_coverage import FieldCoverage
from domain.guide import Field, Guide
from domain.guide_fields import FieldName, FieldState
from domain.review import ReviewVerdict
from domain.run import RunState
from storage.store import Store

pytestmark = pytest.mark.browser
RUN = f"/runs/{SECOND_NIGHT}"
NOTE = f"与上次正常运行 {FIRST_NIGHT} 相比：“受理条件”在 3 个单位的 25 份指南中消失。"
CONDITION = f"年满十八周岁{SCRIPT}，有固定住所"
ITEM = "a"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A good night and a quarantined one, whose documents have lost the condition."""
    folder = tmp_path_factory.mktemp("health") / "home"
    with Store.open(folder) as store:
        store.runs.add(make_run(FIRST_NIGHT, days=-1, state=RunState.PARTIAL))
        store.runs.add(make_run(state=RunState.QUARANTINED, note=NOTE))
        keep_guide(store, FIRST_NIGHT, CONDITION)
        keep_guide(store, SECOND_NIGHT, "")
        store.coverage.save(make_coverage("condition", vanished=True))
        store.coverage.save(make_coverage("visit.measured"))
        store.reviews.add(make_review(SECOND_NIGHT).model_copy(update={"verdict": ReviewVerdict.RELEASE}))
    return folder


def keep_guide(store: Store, run: str, condition: str) -> None:
    at = START - timedelta(days=run == FIRST_NIGHT)
    document = {"AUDIT_ITEM": {"TASK_NAME": "户口登记", "ACCEPT_CONDITION": condition, "DEPT_NAME": "公安局"}}
    body = json.dumps(document, ensure_ascii=False).encode()
    kept = store.evidence.put(
        body, kind=EvidenceKind.DOCUMENT, media_type="application/json", url="https://p/", run=run, captured_at=at
    )
    visit = GuideVisit(
        portal="gdzwfw",
        unit="dept-01",
        item_id=ITEM,
        code="c",
        title="户口登记",
        url="https://p/a",
        outcome=GuideOutcome.MEASURED,
        document=kept.sha256,
        fetched_at=at,
    )
    store.crawls.save_visits(run, [visit])
    state = FieldState.OK if condition else FieldState.BLANK
    guide = Guide(
        portal="gdzwfw",
        unit="dept-01",
        item_id=ITEM,
        code="c",
        title="户口登记",
        url="https://p/a",
        document=kept.sha256,
        captured_at=at,
        parser="p/1",
        fields={FieldName.CONDITION: Field(raw=condition, value=condition, state=state)},
    )
    store.guides.save([guide])


def make_coverage(field: str, *, vanished: bool = False) -> list[FieldCoverage]:
    return [
        FieldCoverage(
            run=SECOND_NIGHT,
            portal="gdzwfw",
            field=field,
            guides=30,
            filled=5,
            blank=25,
            unseen=0,
            filled_example="z",
            blank_example=ITEM,
            compared_with=FIRST_NIGHT,
            held_before=30,
            lost=25 if vanished else 0,
            lost_bodies=3 if vanished else 0,
            vanished=vanished,
        )
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("path", ["", "/health", "/health/gdzwfw/condition"])
def test_every_page_opens_in_both_languages(page: Page, origin: str, path: str, language: str) -> None:
    answer = page.goto(f"{origin}{RUN}{path}?lang={language}")
    assert answer is not None
    assert answer.status == 200
    assert "pwned" not in page.title()
    assert page.evaluate("document.querySelectorAll('main script').length") == 0


def test_an_evaluator_walks_from_the_banner_to_the_two_documents(page: Page, origin: str) -> None:
    page.goto(origin + RUN)
    banner = page.get_by_role("alert")
    expect(banner).to_contain_text("已隔离，不计分、不发布")
    expect(banner).to_contain_text(NOTE)
    banner.get_by_role("link", name="字段覆盖与仪器状况").click()
    first = page.locator("tbody tr").first
    expect(first).to_contain_text("受理条件")
    expect(first).to_contain_text("大面积消失")
    expect(page.locator("tbody tr").nth(1)).to_contain_text("指南采集")
    expect(page.get_by_text("解除隔离", exact=False).last).to_be_visible()
    first.get_by_role("link", name="两份文档对照").click()
    marked = page.locator("tr.vanished")
    expect(marked).to_have_count(1)
    expect(marked.locator("td").first).to_contain_text(CONDITION)
    expect(marked.locator("td").last).to_contain_text('"ACCEPT_CONDITION": ""')
    expect(page.locator("thead th").first).to_contain_text(FIRST_NIGHT)
    expect(page.locator("thead th").last).to_contain_text(SECOND_NIGHT)


def test_an_unknown_field_names_the_known_ones(page: Page, origin: str) -> None:
    answer = page.goto(f"{origin}{RUN}/health/gdzwfw/nonsense")
    assert answer is not None
    assert answer.status == 404
    expect(page.locator("main")).to_contain_text("condition")
