"""The pages as a client without scripts sees them: homes, halls, legacy guide, files, login, mobile pages, robots."""

import datetime
import json
from urllib.parse import parse_qs, urlsplit
from urllib.robotparser import RobotFileParser

import httpx
import pytest
from parsel import Selector

from sandbox.model import Corpus
from sandbox.serving import Sandbox

FILE = "0" * 31 + "1"
GONE = "0" * 31 + "2"


def make_code(number: int) -> str:
    """The task code of an item of the tiny corpus."""
    return f"11441700007076000X2440101{number:06d}"


def read(url: str) -> Selector:
    """Fetch a page that must be there."""
    answer = httpx.get(url)
    answer.raise_for_status()
    return Selector(answer.text)


def plan_faults(sandbox: Sandbox, plan: dict[str, list[str]]) -> None:
    """Put misbehaviours in force."""
    httpx.post(f"{sandbox.control_url}/faults", json=plan).raise_for_status()


def test_a_region_home_links_departments_and_counties(fresh: Sandbox) -> None:
    page = read(f"{fresh.origins.www}/?region=441700")
    departments = page.css("#departments a")
    assert departments.attrib["href"] == "/portal/branch-hall?orgCode=007076001"
    assert [link.css("::text").get() for link in departments] == ["阳江市教育局", "阳江市卫生健康局"]
    assert page.css("#counties a::attr(href)").getall() == ["/?region=441781"]
    assert httpx.get(f"{fresh.origins.www}/?region=999999").status_code == 404


def test_a_hall_pages_through_all_its_items(fresh: Sandbox) -> None:
    url, names = f"{fresh.origins.www}/portal/branch-hall?orgCode=007076001", []
    page = read(url)
    while True:
        names += page.css(".rows a::text").getall()
        following = page.css("a[rel=next]::attr(href)").get()
        if following is None:
            break
        page = read(f"{fresh.origins.www}/portal/branch-hall{following}")
    assert len(names) == int(page.css("#item-total::text").get() or 0) == 31
    assert httpx.get(f"{fresh.origins.www}/portal/branch-hall?orgCode=007076003").status_code == 404


def test_the_legacy_guide_has_the_structure_its_clients_navigate(fresh: Sandbox) -> None:
    page = read(f"{fresh.origins.www}/portal/guide/{make_code(2)}")
    parts = page.xpath("//div[@class='matters-content-part']")
    titles = parts.xpath("./h2/text()").getall()
    assert titles[:4] == ["基本信息", "受理标准", "办理流程", "申请材料"]
    pairs = {
        row.xpath("string(.)").get(): row.xpath("string(./following-sibling::td[1])").get()
        for row in parts[0].xpath("./table/tbody/tr/th")
    }
    assert pairs["事项名称"] == "民办学校审批第2类"
    limits = {name: value for name, value in pairs.items() if name and name.startswith("承诺") and "说明" not in name}
    assert list(limits.values()) == ["5(工作日)"]
    materials = parts[3].xpath("./div/div/div/table")
    assert materials.xpath("./thead/tr/th/div/text()").get() == "材料名称"
    assert len(materials.xpath("./tbody/tr")) == 7
    (file,) = json.loads(page.css("a.matters-detail-attach").attrib["data-attach"])
    assert file["ATTACHNAME"] == "申请表(空白).doc"
    assert file["FILEPATH"].startswith("//127.0.0.1:")
    assert page.css("#tab3 table tr th::text").get() == "中华人民共和国教育法"


def test_legacy_labels_vary_between_items_but_not_between_visits(fresh: Sandbox) -> None:
    def read_labels(number: int) -> tuple[str, ...]:
        labels = read(f"{fresh.origins.www}/portal/guide/{make_code(number)}").css("th::text").getall()
        return tuple(label for label in labels if label.startswith("承诺") and "说明" not in label)

    found = {read_labels(number) for number in range(1, 13)}
    assert len(found) > 1
    assert read_labels(1) == read_labels(1)


def test_corpus_text_is_escaped(fresh: Sandbox) -> None:
    text = httpx.get(f"{fresh.origins.www}/portal/guide/{make_code(2)}").text
    assert "&lt;b&gt;注意&lt;/b&gt;" in text
    assert "<b>注意" not in text


def test_page_faults(fresh: Sandbox) -> None:
    plan_faults(fresh, {make_code(1): ["page_waf"], make_code(2): ["page_layout_changed"]})
    for path in ("/portal/guide/", "/portal/v2/guide/"):
        answer = httpx.get(f"{fresh.origins.www}{path}{make_code(1)}")
        assert answer.status_code == 403
        assert "防火墙" in answer.text
    changed = read(f"{fresh.origins.www}/portal/guide/{make_code(2)}")
    assert not changed.css(".matters-content-part, #mainWrap, #tab3, .matters-table")
    assert changed.css(".zwx-content-part")


def test_attachments_carry_their_name_in_a_header_only(fresh: Sandbox) -> None:
    answer = httpx.get(f"{fresh.origins.static}/guide/files/{FILE}")
    assert answer.headers["Content-Type"] == "application/msword"
    assert "filename*=UTF-8''%E7%94%B3" in answer.headers["Content-Disposition"]
    assert httpx.get(f"{fresh.origins.static}/guide/files/{GONE}").status_code == 404
    assert httpx.get(f"{fresh.origins.static}/guide/files/{'f' * 32}").status_code == 404


def test_the_printed_guide_is_a_pdf_for_most_codes(fresh: Sandbox, tiny_corpus: Corpus) -> None:
    answers = [
        httpx.get(f"{fresh.origins.static}/portal/wk-pdf", params={"code": item.task_code, "template": "guide-v2"})
        for item in tiny_corpus.items
    ]
    good = [answer for answer in answers if answer.status_code == 200]
    assert {answer.status_code for answer in answers} == {200, 500}
    assert len(good) > len(answers) * 2 // 3
    assert all(answer.content.startswith(b"%PDF-1.4") for answer in good)


def test_the_printed_guide_points_to_its_objects(fresh: Sandbox) -> None:
    content = httpx.get(f"{fresh.origins.static}/portal/wk-pdf?code={make_code(1)}").content
    table = int(content.rsplit(b"startxref\n", 1)[1].split()[0])
    rows = content[table:].splitlines()
    assert rows[0] == b"xref"
    offsets = [int(row[:10]) for row in rows[3 : 2 + int(rows[1].split()[1])]]
    for number, offset in enumerate(offsets, start=1):
        assert content[offset:].startswith(b"%d 0 obj" % number)
    address = f"指南地址:{fresh.origins.www}/portal/v2/guide/"
    assert address[:40].encode("utf-16-be").hex().encode() in content


@pytest.mark.parametrize(
    ("host", "allowed", "forbidden"),
    [
        ("www", "/portal/v2/guide/1", "/yhzx/cert-material.html"),
        ("www", "/portal/api/v2/item-event/getAuditItemDetailCur?TASK_CODE=1", "/portal/api/v2/qyzx/getVerifyCode"),
        ("yss", "/h5/services?page=2", "/h5/my/"),
        ("static", "/guide/files/1", None),
        ("bsxt", "/apprUnionApply?code=1", None),
    ],
)
def test_robots(fresh: Sandbox, host: str, allowed: str, forbidden: str | None) -> None:
    origin = getattr(fresh.origins, host)
    robots = RobotFileParser()
    robots.parse(httpx.get(f"{origin}/robots.txt").text.splitlines())
    assert robots.can_fetch("yuece", origin + allowed)
    assert forbidden is None or not robots.can_fetch("yuece", origin + forbidden)


def test_the_form_asks_for_a_login_and_comes_back(fresh: Sandbox) -> None:
    with httpx.Client() as client:
        first = client.get(f"{fresh.origins.bsxt}/apprUnionApply?code={make_code(1)}")
        target = first.headers["Location"]
        query = parse_qs(urlsplit(target).query)
        assert first.status_code == 302
        assert target.startswith(f"{fresh.origins.tyrz}/tif/sso/static/?client_id=")
        assert (query["response_type"], query["scope"], query["service"]) == (["code"], ["all"], ["initService"])
        form = {"redirect_uri": query["redirect_uri"][0], "client_id": query["client_id"][0]}
        wrong = client.post(f"{fresh.origins.tyrz}/tif/sso/login", data={**form, "username": "a", "password": "b"})
        assert "账号或密码错误" in wrong.text
        right = client.post(
            f"{fresh.origins.tyrz}/tif/sso/login", data={**form, **fresh.test_account}, follow_redirects=True
        )
        assert right.url.path == "/apprUnionApply"
        assert 'id="application"' in right.text
    ledger = httpx.get(f"{fresh.control_url}/ledger").json()
    assert ledger["state_changing"] == []
    assert [entry["kind"] for entry in ledger["sessions"]] == ["login", "login"]


def test_a_foreign_redirect_is_refused(fresh: Sandbox) -> None:
    answer = httpx.get(f"{fresh.origins.tyrz}/tif/sso/static/?redirect_uri=http://example.org/")
    assert answer.status_code == 400


def test_each_kind_of_application(fresh: Sandbox, tiny_corpus: Corpus) -> None:
    codes = {item.application.kind: item.task_code for item in tiny_corpus.items if item.body == "dept-02"}

    def ask(kind: str) -> httpx.Response:
        return httpx.get(f"{fresh.origins.bsxt}/apprUnionApply?code={codes[kind]}")

    assert "gdbsTYSBFR" in ask("login_only").headers["Location"]
    assert ask("external").headers["Location"].startswith(f"{fresh.origins.dept}/start?code=")
    assert "暂未开通" in ask("not_open").text
    assert "暂未开通" in ask("none").text
    assert ask("error").status_code == 500
    assert "请在粤省事App办理" in ask("app_only").text
    assert ask("dead_end").status_code == 302


@pytest.mark.parametrize(("name", "status"), [("apply_not_open", 200), ("apply_http_500", 500)])
def test_application_faults(fresh: Sandbox, name: str, status: int) -> None:
    plan_faults(fresh, {make_code(1): [name]})
    answer = httpx.get(f"{fresh.origins.bsxt}/apprUnionApply?code={make_code(1)}")
    assert answer.status_code == status
    assert ("暂未开通" in answer.text) == (status == 200)


def test_the_calendar_shows_ten_working_days(fresh: Sandbox) -> None:
    days = httpx.get(f"{fresh.origins.www}/rmpc/api/calendar?code={make_code(1)}").json()["days"]
    dates = [datetime.date.fromisoformat(day["date"]) for day in days]
    assert len(dates) == 10
    assert dates == sorted(dates)
    assert all(date.weekday() < 5 for date in dates)
    today = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=8))).date()
    assert 1 <= (dates[0] - today).days <= 3
    free = [sum(slot["free"] for slot in day["slots"]) for day in days]
    assert free == [0, 2, 1, 0, 3, 3, 3, 3, 3, 3]


def test_booking_faults(fresh: Sandbox) -> None:
    plan_faults(fresh, {make_code(1): ["booking_busy"], make_code(2): ["booking_http_500"]})
    for origin, path in ((fresh.origins.www, "/rmpc/qsyy/index?code="), (fresh.origins.yss, "/h5/booking/")):
        busy, broken = httpx.get(origin + path + make_code(1)), httpx.get(origin + path + make_code(2))
        assert busy.status_code == 200
        assert "系统繁忙" in busy.text
        assert broken.status_code == 500
    plan_faults(fresh, {make_code(3): ["booking_never_loads"]})
    with pytest.raises(httpx.ReadTimeout):
        httpx.get(f"{fresh.origins.www}/rmpc/api/calendar?code={make_code(3)}", timeout=1)


@pytest.mark.parametrize(("host", "expected"), [("yss", 42), ("yst", 42)])
def test_mobile_lists_page_through_everything(fresh: Sandbox, host: str, expected: int) -> None:
    origin, names, number = getattr(fresh.origins, host), [], 1
    while True:
        page = read(f"{origin}/h5/services?page={number}")
        found = page.css("#services a::text").getall()
        names += found
        if page.css("a[rel=next]").get() is None:
            break
        assert len(found) == 20
        number += 1
    assert int(page.css("#services").attrib["data-total"]) == len(names) == expected


def test_mobile_lists_can_be_filtered(fresh: Sandbox) -> None:
    def count(query: str) -> int:
        return int(read(f"{fresh.origins.yss}/h5/services?{query}").css("#services").attrib["data-total"])

    assert count("org=007076001") == 30
    assert count("org=441781") == count("area=441781") == 4
    assert count("area=441781&org=007080001") == 1


def test_a_mobile_service_shows_the_guide_in_short(fresh: Sandbox) -> None:
    page = read(f"{fresh.origins.yss}/h5/service/{make_code(1)}")
    names = page.css(".m-facts dt::text").getall()
    facts = dict(zip(names, page.css(".m-facts dd::text").getall(), strict=True))
    assert facts["承诺办结时限"] == "5(工作日)"
    assert facts["法定办结时限"] == "20(工作日)"
    assert facts["咨询电话"] == "0662-3331234"
    assert facts["实施主体"] == "阳江市教育局"
    assert len(page.css(".m-materials li")) == 7
    assert page.css("meta[name=viewport]")
    assert httpx.get(f"{fresh.origins.yss}/h5/service/{make_code(202)}").status_code == 404
    assert httpx.get(f"{fresh.origins.yst}/h5/service/{make_code(201)}").status_code == 404


def test_mobile_search(fresh: Sandbox) -> None:
    hits = read(f"{fresh.origins.yss}/h5/search?keyword=户口").css("#results a::text").getall()
    assert hits == ["城镇户口迁入"]
    assert "未找到" in httpx.get(f"{fresh.origins.yst}/h5/search?keyword=户口").text


@pytest.mark.parametrize("path", ["/nothing", "/portal/guide/nothing", "/rmpc/qsyy/index?code=nothing"])
def test_unknown_pages_are_404(fresh: Sandbox, path: str) -> None:
    assert httpx.get(fresh.origins.www + path).status_code == 404


@pytest.mark.parametrize(
    "path", ["/portal/v2/index", "/portal/v2/personal/theme", "/znkf/index.html", "/portal/v2/progress-query-detail"]
)
def test_small_pages_open(fresh: Sandbox, path: str) -> None:
    assert httpx.get(fresh.origins.www + path).status_code == 200
