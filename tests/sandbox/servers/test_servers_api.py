"""The JSON endpoints have the shapes that real clients read (portals.md §1.4a), and misbehave only when told to."""

import time
from typing import Any

import httpx
import pytest

from sandbox.misbehaviours import CATALOGUE, Misbehaviour
from sandbox.model import Corpus
from sandbox.serving import Sandbox

LIST = "/portal/api/v2/solr/getCommonAuditItem"
DETAIL = "/portal/api/v2/item-event/getAuditItemDetailCur"
NAV = "/portal/api/v2/node/gdbsNav/current"


def make_code(number: int) -> str:
    """The task code of an item of the tiny corpus."""
    return f"11441700007076000X2440101{number:06d}"


def ask_list(sandbox: Sandbox, **query: object) -> dict[str, Any]:
    """Ask for one page of the list."""
    body = {"PAGENO": "1", "PAGESIZE": 500, "TASK_TYPE": "", "DEPT_CODE": "", "AREA_CODE": "", "KEY_WORD": "", **query}
    answer = httpx.post(sandbox.origins.www + LIST, json=body)
    answer.raise_for_status()
    custom: dict[str, Any] = answer.json()["CUSTOM"]
    return custom


def ask_detail(sandbox: Sandbox, code: str, agent: str = "test", **headers: str) -> httpx.Response:
    """Ask for a detail document as a client of its own name."""
    return httpx.get(sandbox.origins.www + DETAIL, params={"TASK_CODE": code}, headers={"User-Agent": agent, **headers})


def plan_faults(sandbox: Sandbox, plan: dict[str, list[str]]) -> None:
    """Put misbehaviours in force."""
    httpx.post(f"{sandbox.control_url}/faults", json=plan).raise_for_status()


def ask_navigation(sandbox: Sandbox, region: str) -> dict[str, Any]:
    """Ask for a region's departments and counties."""
    answer: dict[str, Any] = httpx.post(sandbox.origins.www + NAV, data={"regCode": region}).json()
    return answer


def test_the_province_lists_its_21_cities(fresh: Sandbox) -> None:
    hall = ask_navigation(fresh, "440000")["hall"]
    assert len(hall) == 21
    assert {"ORGNAME": "阳江市", "ORGAREACODE": "441700"} in hall


def test_the_city_lists_departments_and_counties_but_no_unlisted_body(fresh: Sandbox) -> None:
    navigation = ask_navigation(fresh, "441700")
    assert navigation["hall"] == [
        {"ORGNAME": "阳江市教育局", "ORGAREACODE": "441700", "ORGNUMBER": "007076001"},
        {"ORGNAME": "阳江市卫生健康局", "ORGAREACODE": "441700", "ORGNUMBER": "007076002"},
    ]
    assert navigation["country"] == [{"ORGNAME": "阳春市", "ORGAREACODE": "441781"}]


def test_task_types_of_a_department(fresh: Sandbox) -> None:
    url = f"{fresh.origins.www}/portal/api/v2/search/listTaskTypeByOrgNumber?orgNumber=007076001"
    assert httpx.get(url).json()["data"] == [{"TASK_TYPE": "01", "TASK_TYPE_TEXT": "行政许可"}]


@pytest.mark.parametrize("size", [7, 10, 500])
def test_pages_add_up_to_the_total(fresh: Sandbox, size: int) -> None:
    rows: list[dict[str, Any]] = []
    number, info = 1, {"CURRENTPAGEINDEX": 0, "PAGESIZE": size, "TOTALNUM": 1}
    while info["CURRENTPAGEINDEX"] * info["PAGESIZE"] < info["TOTALNUM"]:
        page = ask_list(fresh, PAGENO=str(number), PAGESIZE=size, AREA_CODE="441700", DEPT_CODE="007076001")
        rows, info, number = rows + page["AUDIT_ITEMLIST"], page["PAGEINFO"], number + 1
    assert len(rows) == info["TOTALNUM"] == 31
    assert len({row["ITEM_ID"] for row in rows}) == 30
    assert rows[-1]["ITEM_ID"] == rows[0]["ITEM_ID"] == "item-1"


def test_filters_of_the_list(fresh: Sandbox) -> None:
    assert ask_list(fresh, AREA_CODE="441781")["PAGEINFO"]["TOTALNUM"] == 5
    assert ask_list(fresh, AREA_CODE="441700")["PAGEINFO"]["TOTALNUM"] == 39
    assert ask_list(fresh, AREA_CODE="441700", TASK_TYPE="07")["PAGEINFO"]["TOTALNUM"] == 0
    assert ask_list(fresh, PAGESIZE=9999)["PAGEINFO"]["PAGESIZE"] == 500


@pytest.mark.parametrize("body", [b"{", b"[]", b'{"PAGENO":"x"}', b'{"PAGENO":"0"}', b'{"PAGESIZE":-1}'])
def test_a_bad_list_query_is_refused(fresh: Sandbox, body: bytes) -> None:
    assert httpx.post(fresh.origins.www + LIST, content=body).status_code == 400


def test_listing_short_claims_rows_it_never_lists(fresh: Sandbox) -> None:
    plan_faults(fresh, {"county-1": ["listing_short"]})
    page = ask_list(fresh, AREA_CODE="441781")
    assert page["PAGEINFO"]["TOTALNUM"] == len(page["AUDIT_ITEMLIST"]) + 3
    assert ask_list(fresh, AREA_CODE="441700")["PAGEINFO"]["TOTALNUM"] == 39


def test_duplicate_listing_repeats_the_row(fresh: Sandbox) -> None:
    plan_faults(fresh, {make_code(201): ["duplicate_listing"]})
    rows = ask_list(fresh, AREA_CODE="441781")["AUDIT_ITEMLIST"]
    assert [row["ITEM_ID"] for row in rows].count("item-201") == 2


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_the_detail_document_lies_at_the_top_level(fresh: Sandbox, tiny_corpus: Corpus, method: str) -> None:
    url = f"{fresh.origins.www}{DETAIL}?TASK_CODE={make_code(3)}"
    document = httpx.request(method, url).json()
    assert document["AUDIT_ITEM"]["TASK_NAME"] == tiny_corpus.items[2].name
    file = document["AUDIT_MATERIAL"][0]["FORM_GUID"][0]
    assert file["FILEPATH"].startswith("//127.0.0.1:")
    assert httpx.get("http:" + file["FILEPATH"]).content == b"\xd0\xcf\x11\xe0"


def test_an_unknown_code_is_absent_with_success_shape(fresh: Sandbox) -> None:
    answer = ask_detail(fresh, "nothing")
    assert answer.status_code == 200
    assert answer.json() == {"errCode": "0", "msg": "未找到匹配的信息"}


def test_an_unchanged_document_answers_304(fresh: Sandbox) -> None:
    first = ask_detail(fresh, make_code(3))
    assert first.headers["Last-Modified"] == "Tue, 02 Mar 2021 00:00:00 GMT"
    by_tag = ask_detail(fresh, make_code(3), **{"If-None-Match": first.headers["ETag"]})
    by_time = ask_detail(fresh, make_code(3), **{"If-Modified-Since": first.headers["Last-Modified"]})
    changed = ask_detail(fresh, make_code(3), **{"If-None-Match": '"other"'})
    assert (by_tag.status_code, by_time.status_code, changed.status_code) == (304, 304, 200)


@pytest.mark.parametrize(
    ("name", "status"), [("detail_html_500_once", 500), ("detail_429_once", 429), ("detail_503_once", 503)]
)
def test_once_means_once_per_item_and_client(fresh: Sandbox, name: str, status: int) -> None:
    plan_faults(fresh, {"*": [name]})
    seen = [ask_detail(fresh, make_code(at), agent) for agent in ("a", "b") for at in (5, 5, 6)]
    assert [answer.status_code for answer in seen] == [status, 200, status] * 2
    if status != 500:
        assert seen[0].headers["Retry-After"] == "1"
    assert "text/html" in seen[0].headers["Content-Type"]


def test_lasting_detail_faults(fresh: Sandbox) -> None:
    names = ("detail_html_500", "detail_errcode_0", "detail_truncated_json", "detail_captcha", "detail_slow")
    plan_faults(fresh, {make_code(at): [name] for at, name in enumerate(names, 10)})
    broken, absent, cut, captcha = (ask_detail(fresh, make_code(at)) for at in range(10, 14))
    assert broken.status_code == 500
    assert broken.text.startswith("<html>")
    assert absent.json()["errCode"] == "0"
    with pytest.raises(ValueError, match=r"decode|Expecting|Unterminated"):
        cut.json()
    assert captcha.status_code == 200
    assert "验证码" in captcha.text
    started = time.monotonic()
    assert ask_detail(fresh, make_code(14)).json()["AUDIT_ITEM"]
    assert time.monotonic() - started >= 1.5


def find_names(sandbox: Sandbox, keyword: str, area: str = "441700") -> list[str]:
    """Search and give what is found as "body code:name"."""
    rows = ask_list(sandbox, KEY_WORD=keyword, AREA_CODE=area)["AUDIT_ITEMLIST"]
    return [f"{row['AREACODE']}:{row['TASK_NAME']}" for row in rows]


def test_the_search_ranks_exact_before_everyday_before_part(fresh: Sandbox) -> None:
    exact = find_names(fresh, "民办学校审批第7类")
    assert exact[:2] == ["441700:民办学校审批第7类", "441781:民办学校审批第7类"]
    assert len(exact) > 20
    assert find_names(fresh, "办民校")[0] == "441700:民办学校审批第1类"
    assert find_names(fresh, "户口迁入") == ["441781:城镇户口迁入"]
    assert find_names(fresh, "民办学校审批第7类", area="441781") == ["441781:民办学校审批第7类"]
    assert find_names(fresh, "核电站") == []


def test_search_missing_and_unsearchable_items_are_never_found(fresh: Sandbox) -> None:
    assert find_names(fresh, "犬只登记") == []
    plan_faults(fresh, {make_code(201): ["search_missing"]})
    assert find_names(fresh, "城镇户口迁入") == []


def test_search_buried_is_behind_the_20th_place(fresh: Sandbox) -> None:
    plan_faults(fresh, {make_code(201): ["search_buried"]})
    found = find_names(fresh, "城镇户口迁入")
    assert found.index("441781:城镇户口迁入") == 20


@pytest.mark.parametrize(("name", "words"), [("search_busy", "系统繁忙"), ("search_captcha", "验证码")])
def test_search_faults_strike_the_name_only(fresh: Sandbox, name: str, words: str) -> None:
    plan_faults(fresh, {make_code(7): [name]})
    query = {"PAGENO": "1", "PAGESIZE": 10, "AREA_CODE": "441700", "KEY_WORD": "民办学校审批第7类"}
    answer = httpx.post(fresh.origins.www + LIST, json=query)
    page = httpx.get(fresh.origins.www + "/portal/v2/search", params={"keyword": query["KEY_WORD"], "region": "441700"})
    for response in (answer, page):
        assert response.status_code == 200
        assert words in response.text
    assert find_names(fresh, "民办学校审批第7类", area="441781") == ["441781:民办学校审批第7类"]
    assert find_names(fresh, "城镇户口迁入")


def test_faults_name_the_unknown_and_list_the_known(fresh: Sandbox) -> None:
    url = f"{fresh.control_url}/faults"
    wrong = httpx.post(url, json={"*": ["detail_on_fire"]})
    assert wrong.status_code == 422
    assert "detail_on_fire" in wrong.json()["error"]
    assert "detail_captcha" in wrong.json()["error"]
    assert "nobody" in httpx.post(url, json={"nobody": []}).json()["error"]
    assert httpx.post(url, content=b"[").status_code == 422
    assert set(httpx.get(url).json()["catalogue"]) == set(CATALOGUE) == set(Misbehaviour)


def test_reading_leaves_no_trace_in_the_ledger_but_in_the_access_log(fresh: Sandbox) -> None:
    ask_navigation(fresh, "441700")
    ask_list(fresh)
    httpx.post(f"{fresh.origins.www}{DETAIL}?TASK_CODE={make_code(1)}", headers={"User-Agent": "reader/1"})
    assert httpx.get(f"{fresh.control_url}/ledger").json() == {"state_changing": [], "sessions": []}
    log = httpx.get(f"{fresh.control_url}/access-log").json()
    last = next(entry for entry in log if entry["user_agent"] == "reader/1")
    assert (last["host"], last["method"], last["status"]) == ("www", "POST", 200)
    assert last["path"] == f"{DETAIL}?TASK_CODE={make_code(1)}"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("host", ["www", "static", "tyrz", "bsxt", "yss", "yst", "dept"])
def test_every_other_changing_method_is_entered(fresh: Sandbox, host: str, method: str) -> None:
    httpx.request(method, getattr(fresh.origins, host) + "/anything?x=1", content=b"12345")
    (entry,) = httpx.get(f"{fresh.control_url}/ledger").json()["state_changing"]
    assert (entry["host"], entry["method"], entry["body_size_bytes"]) == (host, method, 5)
    assert entry["path"] == "/anything?x=1"


def test_links_that_change_something_are_entered(fresh: Sandbox) -> None:
    for path in ("/rmpc/api/cancel?id=9", "/portal/rate?score=5"):
        assert httpx.get(fresh.origins.www + path).status_code == 200
    entries = httpx.get(f"{fresh.control_url}/ledger").json()["state_changing"]
    assert [entry["kind"] for entry in entries] == ["cancel_booking", "rate"]


def test_truth_and_health(fresh: Sandbox, tiny_corpus: Corpus) -> None:
    assert httpx.get(f"{fresh.control_url}/truth").json() == tiny_corpus.truth
    assert httpx.get(f"{fresh.control_url}/health").json()["items"] == len(tiny_corpus.items)
