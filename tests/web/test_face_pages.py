"""What a citizen sees against the data: the evaluator reads both values and looks at the marked place."""

from pathlib import Path

import pytest
from filled_store import SECOND_NIGHT, keep, make_finding, make_listed, make_observation
from playwright.sync_api import Page, expect

from domain.evidence import EvidenceKind
from domain.guide_face import Difference, FaceReading, GuideFace
from domain.guide_fields import FieldName
from domain.outcome import Outcome
from storage.store import Store

pytestmark = pytest.mark.browser
ITEM = make_listed("dept-01", 3)
SHOWN, PUBLISHED = "0662-3360000", "0662-3366123<script>"


@pytest.fixture(scope="module")
def picture(home: Path) -> str:
    """A comparison with one difference, and the finding that the audit made of it; returns the picture's hash."""
    with Store.open(home) as store:
        pictured = [step.screenshot for one in store.observations.of_run(SECOND_NIGHT) for step in one.steps]
        sha256 = next(hash for hash in pictured if hash)
        html = keep(store, b"<html>0662-3360000</html>", EvidenceKind.PAGE, "text/html; charset=utf-8")
        field = FieldName.ENQUIRY_PHONE
        difference = Difference(field=field, label="联系电话", published=PUBLISHED, shown=SHOWN, picture=sha256)
        reading = FaceReading(
            face=GuideFace.PAGE,
            url=ITEM.url,
            document=html,
            compared=(field, FieldName.PLACE),
            differences=(difference,),
        )
        other = FaceReading(face=GuideFace.PRINT, url=ITEM.url, compared=(field,))
        store.observations.save(make_observation(ITEM, Outcome.FAIL, probe="guide-faces", faces=(reading, other)))
        store.audits.save([], [make_finding(ITEM, 2, reason="咨询电话与数据不同", picture=sha256)])
    return sha256


def loaded(page: Page, picture: str) -> bool:
    image = page.locator(f"img[src='/evidence/{picture}']")
    image.scroll_into_view_if_needed()
    return bool(image.evaluate("async image => { await image.decode(); return image.naturalWidth > 0 }"))


def test_a_finding_shows_the_marked_place(page: Page, origin: str, picture: str) -> None:
    page.goto(f"{origin}/runs/{SECOND_NIGHT}/findings?unit=dept-01")
    row = page.get_by_role("row").filter(has_text="咨询电话与数据不同")
    expect(row.locator("a.picture")).to_have_attribute("href", f"/evidence/{picture}")
    assert loaded(page, picture)


@pytest.mark.parametrize(("language", "agrees"), [("zh", "一致"), ("en", "agrees")])
def test_a_comparison_shows_both_values(page: Page, origin: str, picture: str, language: str, agrees: str) -> None:
    page.goto(f"{origin}/runs/{SECOND_NIGHT}/observations/gdzwfw/guide-faces/{ITEM.item_id}?lang={language}")
    row = page.get_by_role("row").filter(has_text=SHOWN)
    expect(row).to_contain_text(PUBLISHED)
    expect(row).to_contain_text("联系电话")
    assert loaded(page, picture)
    expect(page.get_by_text(agrees, exact=True)).to_have_count(1)
