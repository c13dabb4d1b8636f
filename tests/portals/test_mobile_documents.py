"""Pages of the mobile portals as the sandbox prints them, and their absence outside."""

from datetime import UTC, datetime

import pytest

from domain.crawl import GuideOutcome
from domain.failure import FailureReason
from domain.guide_fields import FieldName, FieldState
from domain.unit import all_units
from portals.citizen import NotOffered
from portals.documents import DocumentContext, ListedRow, UnitAddress, UnreadableAnswerError
from portals.yss.adapter import YSS
from portals.yst.adapter import YST

DOCUMENTS = YSS.documents
SITE = YSS.site({"yss": "http://127.0.0.1:9"})
SERVICE = """<html><h2 class="service-name">护士执业注册</h2>
<dl class="m-facts"><dt>实施主体</dt><dd>阳江市卫生健康局</dd>
<dt>承诺时限</dt><dd>5(工作日)</dd><dt>咨询电话</dt><dd>无</dd><dt>奇怪</dt><dd>x</dd></dl>
<ol class="m-materials"><li>申请表</li><li>证书</li></ol></html>""".encode()
LIST = """<ul id="services" data-total="21"><li><a href="/h5/service/c1">甲</a><small>局</small></li></ul>
<a rel="next" href="/h5/services?page=2">下一页</a>""".encode()
INDEX = """<p class="m-tags"><a href="/h5/services?org=007071111">阳江市教育局</a>
<a href="/h5/services?area=441781">阳春市</a></p>""".encode()


def test_directory_names_departments_and_counties() -> None:
    found = DOCUMENTS.read_directory((INDEX,), all_units())
    assert sorted((address.org_code, address.area_code) for address in found.values()) == [
        ("", "441781"),
        ("007071111", ""),
    ]
    urls = {DOCUMENTS.listing(SITE, address, 2).url for address in found.values()}
    assert urls == {
        "http://127.0.0.1:9/h5/services?page=2&org=007071111",
        "http://127.0.0.1:9/h5/services?page=2&area=441781",
    }


def test_listing_pages() -> None:
    page = DOCUMENTS.read_listing(LIST, 1)
    assert (page.total, page.last, page.rows) == (21, False, (ListedRow(item_id="c1", code="c1", title="甲"),))
    with pytest.raises(UnreadableAnswerError) as caught:
        DOCUMENTS.read_listing("<html>系统繁忙</html>".encode(), 1)
    assert caught.value.reason is FailureReason.BUSY


def test_only_what_the_page_shows_is_measured() -> None:
    context = DocumentContext(
        unit="dept-16", item_id="c1", url="", document="", captured_at=datetime(2026, 1, 1, tzinfo=UTC)
    )
    guide = DOCUMENTS.parse(SERVICE, context)
    assert (guide.kind, guide.title, guide.code) == ("mobile", "护士执业注册", "c1")
    assert guide.text(FieldName.PROMISE_LIMIT) == "5个工作日"
    assert guide.text(FieldName.ENQUIRY_PHONE) == "无"
    assert [material.name for material in guide.materials or ()] == ["申请表", "证书"]
    assert guide.field(FieldName.PLACE).state is FieldState.NOT_MEASURED
    assert guide.laws is None


@pytest.mark.parametrize(
    ("status", "body", "outcome", "reason"),
    [
        (200, SERVICE, GuideOutcome.MEASURED, None),
        (404, "<html>该服务不存在或已下线。</html>".encode(), GuideOutcome.ABSENT, FailureReason.ABSENT),
        (404, b"<html>404</html>", GuideOutcome.NOT_MEASURED, FailureReason.HTTP_4XX),
        (200, "<html>请输入验证码</html>".encode(), GuideOutcome.NOT_MEASURED, FailureReason.CAPTCHA),
        (200, b"", GuideOutcome.NOT_MEASURED, FailureReason.LAYOUT_CHANGED),
        (503, SERVICE, GuideOutcome.NOT_MEASURED, FailureReason.HTTP_5XX),
    ],
)
def test_outcomes(status: int, body: bytes, outcome: GuideOutcome, reason: FailureReason | None) -> None:
    answer = DOCUMENTS.classify(status, body)
    assert (answer.outcome, answer.failure) == (outcome, reason)


@pytest.mark.parametrize("adapter", [YSS, YST], ids=lambda adapter: adapter.id)
def test_outside_the_sandbox_no_request_can_even_be_made(adapter: object) -> None:
    live = YSS.site() if adapter is YSS else YST.site()
    documents = YSS.documents if adapter is YSS else YST.documents
    with pytest.raises(NotOffered):
        documents.directory(live)
    with pytest.raises(NotOffered):
        documents.listing(live, UnitAddress(unit="u", area_code="441700"), 1)
    with pytest.raises(NotOffered):
        documents.detail(live, ListedRow(item_id="c", code="c", title=""))
