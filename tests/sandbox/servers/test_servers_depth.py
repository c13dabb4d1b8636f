"""What the replica serves for an audit at full depth: broken files, dead links, other faces, changes between visits."""

import io
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pypdf
import pytest
from playwright.sync_api import Page

from sandbox.serving import Sandbox, running_sandbox

DETAIL = "/portal/api/v2/item-event/getAuditItemDetailCur"
LISTING = "/portal/api/v2/solr/getCommonAuditItem"
CLIENT = httpx.Client(timeout=20)


@pytest.fixture(scope="module")
def demo() -> Iterator[Sandbox]:
    """A sandbox of the demo corpus, large enough for every kind."""
    with running_sandbox(["--size", "700", "--seed", "3", "--plant", "2"]) as sandbox:
        yield sandbox


@pytest.fixture(scope="module")
def truth(demo: Sandbox) -> dict[str, Any]:
    """What is true about it, before anything changes."""
    answer: dict[str, Any] = CLIENT.get(f"{demo.control_url}/truth").json()
    return answer


def find_guide(truth: dict[str, Any], kind: str) -> dict[str, Any]:
    """The first guide with a kind of defect."""
    return next(guide for guide in truth["guides"] if any(one["kind"] == kind for one in guide["defects"]))


def code_of(guide: dict[str, Any]) -> str:
    return str(guide["handling_code"] or guide["task_code"])


def ask_detail(demo: Sandbox, guide: dict[str, Any], **headers: str) -> httpx.Response:
    return CLIENT.get(demo.origins.www + DETAIL, params={"TASK_CODE": code_of(guide)}, headers=headers)


def read_record(demo: Sandbox, guide: dict[str, Any]) -> dict[str, Any]:
    """The guide's record in the list."""
    for number in range(1, 20):
        body = {"PAGENO": str(number), "PAGESIZE": 500, "AREA_CODE": "", "DEPT_CODE": ""}
        rows = CLIENT.post(demo.origins.www + LISTING, json=body).json()["CUSTOM"]["AUDIT_ITEMLIST"]
        for row in rows:
            if row["ITEM_ID"] == guide["item_id"]:
                return dict(row)
    raise AssertionError(guide["item_id"])


def address_of_form(demo: Sandbox, guide: dict[str, Any], field: str = "FORM_GUID") -> str:
    row = ask_detail(demo, guide).json()["AUDIT_MATERIAL"][0]
    return f"http:{row[field][0]['FILEPATH']}"


@pytest.mark.parametrize(
    ("kind", "status", "media", "begins"),
    [
        ("blank-form-broken-link", 404, "text/html", b"<!DOCTYPE"),
        ("blank-form-server-error", 500, "text/html", b"<html>"),
        ("blank-form-html-page", 200, "text/html", b"<!DOCTYPE"),
        ("blank-form-empty-file", 200, "application/", b""),
        ("blank-form-locked-docx", 200, "application/", b"\xd0\xcf\x11\xe0"),
        ("blank-form-zip-bomb", 200, "application/zip", b"PK"),
    ],
)
def test_spoilt_forms_are_served_as_planted(  # noqa: PLR0917 - fixtures
    demo: Sandbox, truth: dict[str, Any], kind: str, status: int, media: str, begins: bytes
) -> None:
    answer = CLIENT.get(address_of_form(demo, find_guide(truth, kind)))
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith(media)
    assert answer.content.startswith(begins)
    assert bool(answer.content) == (kind != "blank-form-empty-file")
    assert ("content-disposition" in answer.headers) == (status == 200)


def test_a_huge_form_says_two_gibibytes_and_comes_bit_by_bit(demo: Sandbox, truth: dict[str, Any]) -> None:
    with CLIENT.stream("GET", address_of_form(demo, find_guide(truth, "blank-form-huge"))) as answer:
        assert int(answer.headers["content-length"]) == 2 << 30
        received = 0
        for chunk in answer.iter_raw():
            received += len(chunk)
            if received > 8 << 20:
                break
    assert received < 16 << 20


def test_an_endless_form_says_no_length_and_stops_by_itself(demo: Sandbox, truth: dict[str, Any]) -> None:
    received = 0
    with CLIENT.stream("GET", address_of_form(demo, find_guide(truth, "blank-form-endless"))) as answer:
        assert "content-length" not in answer.headers
        for chunk in answer.iter_raw():
            received += len(chunk)
    assert received >= 512 << 20


def test_a_dripping_form_gives_a_byte_a_second(demo: Sandbox, truth: dict[str, Any]) -> None:
    begun, received = time.monotonic(), 0
    with CLIENT.stream("GET", address_of_form(demo, find_guide(truth, "blank-form-drip"))) as answer:
        for chunk in answer.iter_raw():
            received += len(chunk)
            if received >= 3:
                break
    assert received == 3
    assert time.monotonic() - begun > 1.8


def test_an_attachment_is_confirmed_without_being_sent_again(demo: Sandbox, truth: dict[str, Any]) -> None:
    guide = next(guide for guide in truth["guides"] if not guide["defects"] and has_form(demo, guide))
    first = CLIENT.get(address_of_form(demo, guide))
    again = CLIENT.get(address_of_form(demo, guide), headers={"If-None-Match": first.headers["etag"]})
    since = CLIENT.get(address_of_form(demo, guide), headers={"If-Modified-Since": first.headers["last-modified"]})
    assert first.status_code == 200
    assert first.content
    assert (again.status_code, again.content, since.status_code) == (304, b"", 304)
    assert CLIENT.get(address_of_form(demo, guide), headers={"If-None-Match": '"other"'}).status_code == 200


def has_form(demo: Sandbox, guide: dict[str, Any]) -> bool:
    rows = ask_detail(demo, guide).json().get("AUDIT_MATERIAL") if guide["crawl"] == "measured" else []
    return any(row.get("FORM_GUID") for row in rows or [])


@pytest.mark.parametrize(
    ("kind", "status", "says"),
    [
        ("online-address-not-found", 404, "页面不存在"),
        ("online-address-server-error", 500, "500"),
        ("online-address-gone-page", 200, "页面不存在"),
    ],
)
def test_dead_entrances_answer_as_planted(
    demo: Sandbox, truth: dict[str, Any], kind: str, status: int, says: str
) -> None:
    address = ask_detail(demo, find_guide(truth, kind)).json()["AUDIT_ITEM"]["TRANSACT_WEB_URL"]
    answer = CLIENT.get(address, follow_redirects=True)
    assert answer.status_code == status
    assert says in answer.text


def test_a_redirect_loop_never_ends_and_a_machine_that_is_off_refuses(demo: Sandbox, truth: dict[str, Any]) -> None:
    loop = ask_detail(demo, find_guide(truth, "online-address-redirect-loop")).json()["AUDIT_ITEM"]["TRANSACT_WEB_URL"]
    with pytest.raises(httpx.TooManyRedirects):
        CLIENT.get(loop, follow_redirects=True)
    closed = ask_detail(demo, find_guide(truth, "online-address-switched-off")).json()["AUDIT_ITEM"]["TRANSACT_WEB_URL"]
    assert closed.startswith(demo.origins.closed)
    with pytest.raises(httpx.ConnectError):
        CLIENT.get(closed)


def test_a_change_with_a_new_version_shows_in_list_document_and_truth(demo: Sandbox, truth: dict[str, Any]) -> None:
    guide = next(guide for guide in truth["guides"] if guide["crawl"] == "measured" and guide["task_type"] == "01")
    before, record = ask_detail(demo, guide), read_record(demo, guide)
    told = CLIENT.post(f"{demo.control_url}/change", json={"items": [guide["item_id"]]}).json()
    after, renewed = ask_detail(demo, guide), read_record(demo, guide)
    assert told["changed"] == [guide["item_id"]]
    assert after.headers["etag"] != before.headers["etag"]
    assert int(renewed["TASK_VERSION"]) == int(record["TASK_VERSION"]) + 1
    assert renewed["VERSION_DATE"] > record["VERSION_DATE"]
    assert after.json()["AUDIT_ITEM"]["TASK_VERSION"] == renewed["TASK_VERSION"]
    assert ask_detail(demo, guide, **{"If-None-Match": before.headers["etag"]}).status_code == 200
    assert ask_detail(demo, guide, **{"If-Modified-Since": before.headers["last-modified"]}).status_code == 200
    changes = CLIENT.get(f"{demo.control_url}/truth").json()["changes"]
    assert [(row["item_id"], row["bump"]) for row in changes][-1] == (guide["item_id"], True)


def test_a_change_without_a_new_version_shows_in_the_validators_alone(demo: Sandbox, truth: dict[str, Any]) -> None:
    guide = next(guide for guide in truth["guides"] if guide["crawl"] == "measured" and guide["task_type"] == "07")
    before, record = ask_detail(demo, guide), read_record(demo, guide)
    change = {"items": [guide["item_id"]], "bump": False, "set": {"AUDIT_ITEM.LINK_TEL": "0662-3210000"}}
    CLIENT.post(f"{demo.control_url}/change", json=change).raise_for_status()
    after = ask_detail(demo, guide, **{"If-None-Match": before.headers["etag"]})
    assert read_record(demo, guide) == record
    assert after.status_code == 200
    assert after.json()["AUDIT_ITEM"]["LINK_TEL"] == "0662-3210000"
    assert ask_detail(demo, guide, **{"If-None-Match": after.headers["etag"]}).status_code == 304


def test_some_guides_can_be_changed_by_number(demo: Sandbox) -> None:
    told = CLIENT.post(f"{demo.control_url}/change", json={"count": 4, "bump": False}).json()
    assert len(set(told["changed"])) == 4


@pytest.mark.parametrize(
    "wrong",
    [{}, {"count": 0}, {"count": "3"}, {"items": ["nobody"]}, {"count": 1, "items": []}, {"count": 1, "more": 1}, []],
)
def test_a_change_that_cannot_be_is_refused_in_a_sentence(demo: Sandbox, wrong: object) -> None:
    answer = CLIENT.post(f"{demo.control_url}/change", json=wrong)
    assert answer.status_code == 422
    assert len(answer.json()["error"]) > 20


@pytest.mark.parametrize("mode", ["blank", "remove"])
def test_a_field_vanishes_from_every_document_and_comes_back(demo: Sandbox, truth: dict[str, Any], mode: str) -> None:
    guides = [guide for guide in truth["guides"] if guide["crawl"] == "measured" and guide["task_type"] == "01"][:5]
    CLIENT.post(f"{demo.control_url}/vanish", json={"path": "AUDIT_ITEM.TSTEL", "mode": mode}).raise_for_status()
    try:
        seen = [ask_detail(demo, guide).json()["AUDIT_ITEM"].get("TSTEL") for guide in guides]
        whole = CLIENT.post(f"{demo.control_url}/vanish", json={"path": "AUDIT_MATERIAL.MATERIAL_NAME", "mode": mode})
        names = [row.get("MATERIAL_NAME") for row in ask_detail(demo, guides[0]).json()["AUDIT_MATERIAL"]]
    finally:
        CLIENT.post(f"{demo.control_url}/vanish", json={}).raise_for_status()
    empty = "" if mode == "blank" else None
    assert whole.status_code == 200
    assert seen == [empty] * 5
    assert set(names) == {empty}
    assert all(ask_detail(demo, guide).json()["AUDIT_ITEM"]["TSTEL"] != empty for guide in guides)
    assert CLIENT.post(f"{demo.control_url}/vanish", json={"mode": "hide"}).status_code == 422


def test_the_print_says_what_was_planted(demo: Sandbox, truth: dict[str, Any]) -> None:
    guide = find_guide(truth, "print-other-phone")
    told = next(one for one in guide["defects"] if one["kind"] == "print-other-phone")
    address = f"{demo.origins.static}/portal/wk-pdf?code={code_of(guide)}&template=guide-v2"
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(CLIENT.get(address).content)).pages)
    assert told["shown"] in text
    assert told["published"] not in text
    assert ask_detail(demo, guide).json()["AUDIT_ITEM"]["LINK_TEL"] == told["published"]


def test_the_mobile_page_says_what_was_planted(demo: Sandbox, truth: dict[str, Any]) -> None:
    guide = find_guide(truth, "mobile-other-phone")
    told = next(one for one in guide["defects"] if one["kind"] == "mobile-other-phone")
    text = CLIENT.get(f"{demo.origins.yss}/h5/service/{code_of(guide)}").text
    assert told["shown"] in text
    assert told["published"] not in text


@pytest.mark.browser
@pytest.mark.parametrize("kind", ["page-other-phone", "page-other-place"])
def test_the_page_says_what_was_planted(demo: Sandbox, truth: dict[str, Any], page: Page, kind: str) -> None:
    guide = find_guide(truth, kind)
    told = next(one for one in guide["defects"] if one["kind"] == kind)
    page.goto(f"{demo.origins.www}/portal/v2/guide/{code_of(guide)}")
    page.wait_for_selector("#guide[data-ready='1']")
    assert told["shown"] in page.inner_text("#guide")
    assert told["published"] not in page.inner_text("#guide")
    assert told["shown"] in CLIENT.get(f"{demo.origins.www}/portal/guide/{code_of(guide)}").text


@pytest.mark.browser
def test_packages_and_simple_guides_are_pages_too(demo: Sandbox, truth: dict[str, Any], page: Page) -> None:
    package = next(guide for guide in truth["guides"] if guide["task_type"] == "TC" and not guide["defects"])
    assert read_record(demo, package)["special_item_type"] == "TC"
    page.goto(f"{demo.origins.www}/portal/v2/guide/{code_of(package)}")
    page.wait_for_selector("#guide[data-ready='1']")
    assert package["name"] in page.inner_text("h1")
    assert "联办申请表" in page.inner_text("#matters-cond")
    penalty = next(guide for guide in truth["guides"] if guide["task_type"] == "02" and not guide["defects"])
    page.goto(f"{demo.origins.www}/portal/v2/guide/{code_of(penalty)}")
    assert page.url.endswith(f"/portal/simple-guide/{code_of(penalty)}")
    assert penalty["name"] in page.inner_text("h1")
    assert "实施主体" in page.inner_text("#mainWrap") or "部门" in page.inner_text("#mainWrap")
