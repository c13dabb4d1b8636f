"""A tiny hand-made corpus and a sandbox that serves it, so that the servers are tested apart from the demo corpus."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Literal

import httpx
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from sandbox.corpus_file import make_placeholder_origins
from sandbox.model import Application, Attachment, Body, Booking, Corpus, Item
from sandbox.serving import Sandbox, running_sandbox

ORIGINS = make_placeholder_origins()
FILE_GUID = "0" * 31 + "1"
GONE_GUID = "0" * 31 + "2"
LONG_TEXT = "申请人应当具备独立法人资格，并具备相应的经营场所、设备和专业人员。" * 9
Kind = Literal["form", "login_only", "external", "not_open", "error", "dead_end", "app_only", "none"]
APPLICATION_KINDS: tuple[Kind, ...] = ("login_only", "external", "not_open", "error", "dead_end", "app_only", "none")


def make_body(key: str, name: str, *, area: str = "441700", org: str | None, listed: bool = True) -> Body:
    """Make an evaluated body."""
    return Body(key=key, notice_name=name, portal_name=name, area_code=area, org_code=org, uscc=None, listed=listed)


EDUCATION = make_body("dept-01", "阳江市教育局", org="007076001")
HEALTH = make_body("dept-02", "阳江市卫生健康局", org="007076002")
SECRET = make_body("dept-03", "阳江市国家安全局", org="007076003", listed=False)
COUNTY = make_body("county-1", "阳春市", area="441781", org=None)


def make_code(number: int) -> str:
    """Make a task code of the right length (its check digits do not matter to the servers)."""
    return f"11441700007076000X2440101{number:06d}"


def make_detail(number: int, name: str, dept_name: str) -> dict[str, Any]:
    """Make a detail document with the tables of portals.md §1.4a."""
    path = ORIGINS.static.removeprefix("http:") + f"/guide/files/{FILE_GUID}"
    file = {"FILEPATH": path, "ATTACHNAME": "申请表(空白).doc", "ATTACHGUID": FILE_GUID}
    code = make_code(number)
    return {
        "AUDIT_ITEM": {
            "TASK_NAME": name,
            "TASK_CODE": code,
            "TASK_TYPE_TEXT": "行政许可",
            "DEPT_NAME": dept_name,
            "PROMISE_DAY": "5",
            "PROMISE_TYPE_TEXT": "工作日",
            "ANTICIPATE_DAY": "20",
            "ANTICIPATE_TYPE": "G",
            "ONLINECHECK": "1",
            "ONLINECHECK_TEXT": "是",
            "TRANSACT_WEB_URL": f"{ORIGINS.bsxt}/apprUnionApply?code={code}",
            "ACCEPT_CONDITION": LONG_TEXT + "<b>注意</b>",
            "SERVE_TYPE_TEXT": "企业法人",
            "LINK_TEL": "0662-3331234",
            "TSTEL": "0662-12345",
            "IS_FEE_TEXT": "否",
            "VERSION_DATE": "2021-03-02",
            "LAW": [{"LAWNAME": "中华人民共和国教育法", "TERMSNUMBER": "第十四条", "TERMSCONTENT": "国务院……"}],
        },
        "AUDIT_ITEM_EXTEND": {
            "LIMIT_SCENE_NUM": "0",
            "IS_SCHEDULE": "1",
            "APPOINTMENT_URL": f"{ORIGINS.www}/rmpc/qsyy/index?code={code}",
        },
        "AUDIT_MATERIAL": [
            {"MATERIAL_NAME": f"材料{at}", "SOURCE_TYPE": "10", "IS_NEED": "1", "FORM_GUID": [file], "EXAMPLE_GUID": []}
            for at in range(1, 8)
        ],
        "AUDIT_CATALOG_LOBBY": [{"NAME": "综合窗口", "ADDRESS": "阳江市东风三路60号", "TIME": "周一至周五"}],
    }


def make_item(number: int, name: str, *, body: Body, dept_code: str, kind: Kind = "form", **more: object) -> Item:
    """Make an item of a body."""
    record = {
        "TASK_CODE": make_code(number),
        "TASK_NAME": name,
        "ITEM_ID": f"item-{number}",
        "TASK_TYPE": "01",
        "TASK_TYPE_TEXT": "行政许可",
        "DEPT_NAME": body.portal_name,
        "ORGCODE": dept_code,
        "AREACODE": body.area_code,
    }
    pages = ("填写申请人信息", "选择情形", "上传材料", "选择领取方式", "确认提交")
    given: dict[str, Any] = {
        "item_id": f"item-{number}",
        "task_code": make_code(number),
        "name": name,
        "body": body.key,
        "area_code": body.area_code,
        "dept_code": dept_code,
        "list_record": record,
        "detail": make_detail(number, name, body.portal_name),
        "booking": Booking(free_by_day=(0, 2, 1, 0, 3, 3, 3, 3, 3, 3), slots_per_day=4),
        "application": Application(kind=kind, pages=pages if kind in ("form", "dead_end") else ()),
        "on_yss": True,
        "on_yst": True,
    }
    return Item(**{**given, **more})


def make_health_items() -> list[Item]:
    """Make one item for each way to apply, and one whose form saves drafts."""
    org = str(HEALTH.org_code)
    items = [
        make_item(100 + at, f"医疗机构执业登记{at}", body=HEALTH, dept_code=org, kind=kind)
        for at, kind in enumerate(APPLICATION_KINDS)
    ]
    autosave = Application(kind="form", pages=("填写信息", "确认提交"), autosave=True)
    return [*items, make_item(120, "诊所备案", body=HEALTH, dept_code=org, application=autosave, booking=None)]


def make_tiny_corpus() -> Corpus:
    """Make 30 items of one department, eight of another and five of a county; 44 listed rows in all."""
    org = str(EDUCATION.org_code)
    education = [make_item(at, f"民办学校审批第{at}类", body=EDUCATION, dept_code=org) for at in range(1, 31)]
    education[0] = replace(education[0], everyday_name="办民校", listed_times=2)
    full = Booking(free_by_day=(0,) * 10, slots_per_day=4)
    county = [
        make_item(200, "民办学校审批第7类", body=COUNTY, dept_code="007080001"),
        make_item(201, "城镇户口迁入", body=COUNTY, dept_code="007080002", on_yst=False),
        make_item(202, "农村宅基地审批", body=COUNTY, dept_code="007080003", on_yss=False),
        make_item(203, "道路运输许可", body=COUNTY, dept_code="007080003", booking=full),
        make_item(204, "犬只登记", body=COUNTY, dept_code="007080003", searchable=False),
    ]
    word = "application/msword"
    file = Attachment(guid=FILE_GUID, name="申请表(空白).doc", content=b"\xd0\xcf\x11\xe0", media_type=word)
    gone = Attachment(guid=GONE_GUID, name="样表.doc", content=b"", media_type=word, status=404)
    return Corpus(
        seed=7,
        bodies=(EDUCATION, HEALTH, SECRET, COUNTY),
        items=(*education, *make_health_items(), *county),
        attachments={FILE_GUID: file, GONE_GUID: gone},
        truth={"seed": 7, "note": "手工"},
    )


@pytest.fixture(scope="session")
def tiny_corpus() -> Corpus:
    """The hand-made corpus, with placeholder origins."""
    return make_tiny_corpus()


@pytest.fixture(scope="session")
def tiny_sandbox(tiny_corpus: Corpus) -> Iterator[Sandbox]:
    """One sandbox for all tests of a session."""
    with running_sandbox(tiny_corpus) as sandbox:
        yield sandbox


@pytest.fixture
def fresh(tiny_sandbox: Sandbox) -> Sandbox:
    """The shared sandbox with empty books and no added misbehaviour."""
    for path in ("/ledger/clear", "/access-log/clear"):
        httpx.post(tiny_sandbox.control_url + path).raise_for_status()
    httpx.post(f"{tiny_sandbox.control_url}/faults", json={}).raise_for_status()
    return tiny_sandbox


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A real headless browser, gone with its module: a thread has room for one Playwright."""
    path = os.environ.get("YUECE_BROWSER") or shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if path is None:
        pytest.skip("no Chromium found: set YUECE_BROWSER")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page in a context of its own."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()
