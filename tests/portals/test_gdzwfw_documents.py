"""Answers of 广东政务服务网 in the shapes that clients recorded (portals.md §1.4a), and what comes instead."""

import json
from typing import Any

import orjson
import pytest

from domain.crawl import GuideOutcome
from domain.failure import FailureReason
from domain.unit import all_units
from portals.documents import ListedRow, UnitAddress, UnreadableAnswerError
from portals.gdzwfw.adapter import GDZWFW

DOCUMENTS = GDZWFW.documents
SITE = GDZWFW.site()


def to_json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


@pytest.mark.parametrize(
    ("status", "body", "outcome", "reason"),
    [
        (200, b'{"AUDIT_ITEM": {"TASK_NAME": "x"}}', "measured", None),
        (200, b'{"AUDIT_ITEM": [{"TASK_NAME": "x"}]}', "measured", None),
        (200, b'\xef\xbb\xbf{"AUDIT_ITEM": {"TASK_NAME": "x"}}', "measured", None),
        (200, b'{"special_item_type": "TC", "catalog_name": "x"}', "measured", None),
        (200, '{"errCode":"0","msg":"未找到匹配的信息"}'.encode(), "absent", "absent"),
        (200, b'{"errCode":0,"msg":""}', "absent", "absent"),
        (200, b'{"errCode":"0","AUDIT_ITEM": {"TASK_NAME": "x"}}', "measured", None),
        (200, b'{"errCode":"0","AUDIT_ITEM": {}}', "absent", "absent"),
        (200, '{"errCode":"1","msg":"系统繁忙"}'.encode(), "not_measured", "busy"),
        (200, b'{"errCode":"1"}', "not_measured", "empty_answer"),
        (200, b"{}", "not_measured", "empty_answer"),
        (200, b"[]", "not_measured", "empty_answer"),
        (200, b"null", "not_measured", "empty_answer"),
        (200, b"", "not_measured", "empty_answer"),
        (200, b'{"AUDIT_ITEM": {"TASK_NAME": "x', "not_measured", "broken_answer"),
        (200, "<html><h1>安全验证</h1>请输入验证码</html>".encode(), "not_measured", "captcha"),
        (200, "<html>访问过于频繁</html>".encode(), "not_measured", "rate_limited"),
        (200, b"<html><div id='app'></div></html>", "not_measured", "layout_changed"),
        (500, b"<html>Internal Server Error</html>", "not_measured", "http_5xx"),
        (502, b"", "not_measured", "http_5xx"),
        (404, b"<html>404</html>", "not_measured", "http_4xx"),
        (403, "<html>您的请求已被拦截</html>".encode(), "not_measured", "waf"),
        (403, "<html>请输入验证码</html>".encode(), "not_measured", "captcha"),
        (429, "<html>请输入验证码</html>".encode(), "not_measured", "rate_limited"),
        (500, b'{"AUDIT_ITEM": {"TASK_NAME": "x"}}', "not_measured", "http_5xx"),
        (200, b"\xff\xfe\x00garbage", "not_measured", "broken_answer"),
    ],
)
def test_three_outcomes(status: int, body: bytes, outcome: str, reason: str | None) -> None:
    answer = DOCUMENTS.classify(status, body)
    assert answer.outcome is GuideOutcome(outcome)
    assert answer.failure == (FailureReason(reason) if reason else None)


def test_listing_request_has_exactly_the_recorded_body() -> None:
    fetch = DOCUMENTS.listing(SITE, UnitAddress(unit="dept-06", area_code="441700", org_code="007071111"), 3)
    assert (fetch.method, fetch.media_type) == ("POST", "application/json")
    assert fetch.url == "https://www.gdzwfw.gov.cn/portal/api/v2/solr/getCommonAuditItem"
    body = json.loads(fetch.body)
    assert set(body) == {
        *("PAGENO", "PAGESIZE", "TASK_TYPE", "DEPT_CODE", "AREA_CODE", "ISLOCALLEVEL", "KEY_WORD", "TYPE", "IS_ONLINE"),
        *("TASKTAG", "LIMIT_SCENE_SUM", "IS_ZERO_SECNE"),
    }
    assert body["PAGENO"] == "3", "a string, as the portal's own page sends it"
    assert (body["PAGESIZE"], body["DEPT_CODE"], body["AREA_CODE"]) == (100, "007071111", "441700")


def test_detail_and_page_addresses_quote_the_code() -> None:
    row = ListedRow(item_id="i", code="a/b&c", title="")
    assert DOCUMENTS.detail(SITE, row).url.endswith("getAuditItemDetailCur?TASK_CODE=a%2Fb%26c")
    assert DOCUMENTS.page_url(SITE, row) == "https://www.gdzwfw.gov.cn/portal/v2/guide/a%2Fb%26c"


def listing(records: object, **paging: Any) -> bytes:  # noqa: ANN401 - numbers or texts
    page = {"CURRENTPAGEINDEX": 1, "PAGESIZE": 2, "TOTALNUM": 3, **paging}
    return to_json({"CUSTOM": {"AUDIT_ITEMLIST": records, "PAGEINFO": page}})


def test_listing_page_is_read_also_with_numbers_as_texts() -> None:
    records = [{"ITEM_ID": "i1", "TASK_CODE": "c1", "TASK_NAME": "甲"}, {"TASK_CODE": "c2", "CATANAME": "乙"}]
    page = DOCUMENTS.read_listing(listing(records, CURRENTPAGEINDEX="1", PAGESIZE="2", TOTALNUM="3"), 1)
    assert (page.total, page.last) == (3, False)
    assert [(row.item_id, row.code, row.title) for row in page.rows] == [("i1", "c1", "甲"), ("c2", "c2", "乙")]


def test_the_last_page_is_known_by_the_total_or_by_being_empty() -> None:
    assert DOCUMENTS.read_listing(listing([{"TASK_CODE": "c3"}], CURRENTPAGEINDEX=2), 2).last
    assert DOCUMENTS.read_listing(listing([], TOTALNUM=999), 1).last
    assert DOCUMENTS.read_listing(listing(None, TOTALNUM=0), 1).rows == ()


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"<html>502</html>", FailureReason.LAYOUT_CHANGED),
        (b'{"CUSTOM": {"AUDIT_ITEMLIST": []}}', FailureReason.LAYOUT_CHANGED),
        (b'{"CUSTOM": null, "msg": "\xe7\xb3\xbb\xe7\xbb\x9f\xe7\xb9\x81\xe5\xbf\x99"}', FailureReason.BUSY),
        (listing([{"TASK_NAME": "no code"}]), FailureReason.LAYOUT_CHANGED),
        (listing([], TOTALNUM=None), FailureReason.LAYOUT_CHANGED),
    ],
)
def test_a_listing_of_another_shape_is_refused_with_a_reason(body: bytes, reason: FailureReason) -> None:
    with pytest.raises(UnreadableAnswerError) as caught:
        DOCUMENTS.read_listing(body, 1)
    assert caught.value.reason is reason


NAVIGATION = {
    "hall": [
        {"ORGNAME": "阳江市教育局", "ORGAREACODE": "441700", "ORGNUMBER": "007071111"},
        {"ORGNAME": "中共阳江市委办公室", "ORGAREACODE": "441700", "ORGNUMBER": "007072222"},
        {"ORGNAME": "江门市教育局", "ORGAREACODE": "440700", "ORGNUMBER": "007073333"},
    ],
    "country": [{"ORGNAME": "阳江市江城区", "ORGAREACODE": "441702"}, {"ORGNAME": "阳春市", "ORGAREACODE": "441781"}],
}


def test_directory_finds_departments_by_organisation_and_counties_by_area() -> None:
    found = DOCUMENTS.read_directory((to_json(NAVIGATION),), all_units())
    named = {unit.id: unit.name for unit in all_units()}
    assert {(named[unit], address.area_code, address.org_code) for unit, address in found.items()} == {
        ("市教育局", "441700", "007071111"),
        ("市委办公室(市档案局)", "441700", "007072222"),
        ("江城区", "441702", ""),
        ("阳春市", "441781", ""),
    }


def test_directory_of_2021_has_another_nesting() -> None:
    legacy = {"data": {"data": {"department": NAVIGATION["hall"], "country": NAVIGATION["country"], "city": []}}}
    assert len(DOCUMENTS.read_directory((to_json(legacy),), all_units())) == 4


def test_a_whole_directory_is_addressed_by_organisation_code() -> None:
    found = DOCUMENTS.read_whole_directory((to_json(NAVIGATION),))
    assert set(found) == {"org-007071111", "org-007072222", "org-007073333"}


@pytest.mark.parametrize("body", [b"{}", b"<html></html>", b'{"hall": []}', b""])
def test_a_directory_without_bodies_is_refused(body: bytes) -> None:
    with pytest.raises(UnreadableAnswerError):
        DOCUMENTS.read_directory((body,), all_units())


def test_directory_asks_for_every_region() -> None:
    site = SITE.model_copy(update={"options": {"region": ["440000", "440100"]}})
    assert [fetch.body for fetch in DOCUMENTS.directory(site)] == [b"regCode=440000", b"regCode=440100"]
    assert [fetch.body for fetch in DOCUMENTS.directory(SITE)] == [b"regCode=441700"]


def test_recorded_requests_are_the_ones_that_the_policy_lets_out() -> None:
    listed = {(entry.method, SITE.hosts[entry.role] + entry.path, entry.media_type) for entry in GDZWFW.read_only}
    address = UnitAddress(unit="u", area_code="441700", org_code="x")
    for fetch in (*DOCUMENTS.directory(SITE), DOCUMENTS.listing(SITE, address, 1)):
        assert (fetch.method, fetch.url, fetch.media_type) in listed
        assert orjson.dumps(fetch.url)
