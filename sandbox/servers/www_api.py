"""The JSON endpoints of 广东政务服务网 with the paths, names and shapes of portals.md §1.4 and §1.4a."""

import asyncio
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.faces import read_face
from sandbox.guideview import pick
from sandbox.misbehaviours import Misbehaviour
from sandbox.model import Item
from sandbox.replica import Replica, cut_page, replica_of
from sandbox.servers.pages import answer_json, show_busy, show_captcha, show_server_error
from sandbox.servers.regions import build_navigation
from sandbox.validators import is_still_good, make_validators

LARGEST_PAGE = 500
ABSENT = {"errCode": "0", "msg": "未找到匹配的信息"}
SLOW_S = 1.5
DEFAULT_MODIFIED = datetime(2021, 6, 25, tzinfo=UTC)


async def read_form(request: Request) -> dict[str, str]:
    """Read a urlencoded body; the last value of a name counts."""
    fields = parse_qs((await request.body()).decode("utf-8", "replace"), keep_blank_values=True)
    return {name: values[-1] for name, values in fields.items()}


async def get_navigation(request: Request) -> Response:
    """`POST /portal/api/v2/node/gdbsNav/current` with form `regCode`."""
    form = await read_form(request)
    return answer_json(build_navigation(replica_of(request), form.get("regCode", "")))


async def list_task_types(request: Request) -> Response:
    """`GET /portal/api/v2/search/listTaskTypeByOrgNumber?orgNumber=`: the task types of a department."""
    org_number = request.query_params.get("orgNumber", "")
    types: dict[str, str] = {}
    for item in replica_of(request).listed_items:
        if item.dept_code == org_number:
            record = item.list_record
            types.setdefault(str(record.get("TASK_TYPE", "")), str(record.get("TASK_TYPE_TEXT", "")))
    return answer_json({"data": [{"TASK_TYPE": code, "TASK_TYPE_TEXT": name} for code, name in sorted(types.items())]})


async def list_audit_items(request: Request) -> Response:
    """`POST /portal/api/v2/solr/getCommonAuditItem`: one page of the list, or of the search when KEY_WORD is given."""
    try:
        query = orjson.loads(await request.body())
        number, size = int(query.get("PAGENO") or 1), min(int(query.get("PAGESIZE") or 10), LARGEST_PAGE)
    except (ValueError, TypeError, AttributeError):
        return answer_json({"errCode": "1", "msg": "参数错误"}, status=400)
    if number < 1 or size < 1:
        return answer_json({"errCode": "1", "msg": "参数错误"}, status=400)
    replica, keyword = replica_of(request), str(query.get("KEY_WORD") or "").strip()
    area_code = str(query.get("AREA_CODE") or "")
    if keyword:
        fault = show_search_fault(request, keyword, area_code)
        if fault is not None:
            return fault
    rows, total = select_rows(replica, query, keyword, area_code)
    records = [item.list_record for item in cut_page(rows, number=number, size=size)]
    page = {"CURRENTPAGEINDEX": number, "PAGESIZE": size, "TOTALNUM": total}
    return answer_json({"CUSTOM": {"AUDIT_ITEMLIST": records, "PAGEINFO": page}})


def select_rows(replica: Replica, query: dict[str, Any], keyword: str, area_code: str) -> tuple[list[Item], int]:
    """Give all rows that a list query means, and the TOTALNUM claimed for them."""
    dept_code, task_type = str(query.get("DEPT_CODE") or ""), str(query.get("TASK_TYPE") or "")
    if not keyword:
        return replica.list_rows(area_code=area_code, dept_code=dept_code, task_type=task_type)
    local_only = str(query.get("ISLOCALLEVEL") or "0") == "1"
    found = replica.search(keyword, area_code=area_code, local_only=local_only)
    found = [item for item in found if not dept_code or item.dept_code == dept_code]
    found = [item for item in found if not task_type or item.list_record.get("TASK_TYPE") == task_type]
    return found, len(found)


def show_search_fault(request: Request, keyword: str, area_code: str) -> Response | None:
    """Give the page that stands in for a keyword's results; None when the search works."""
    fault = replica_of(request).find_search_fault(keyword, area_code=area_code)
    if fault is Misbehaviour.SEARCH_BUSY:
        return show_busy(request)
    return show_captcha(request) if fault is Misbehaviour.SEARCH_CAPTCHA else None


async def get_page_copy(request: Request) -> Response:
    """`GET /portal/v2/guide-copy/{code}`: the copy of a document that its page shows where it was never renewed."""
    item = replica_of(request).by_code.get(request.path_params["code"])
    return answer_json(ABSENT if item is None else read_face(item, "page"))


async def get_detail(request: Request) -> Response:
    """`GET|POST /portal/api/v2/item-event/getAuditItemDetailCur?TASK_CODE=`: the whole guide, or how it misbehaves."""
    code = request.query_params.get("TASK_CODE") or (await read_form(request)).get("TASK_CODE", "")
    replica = replica_of(request)
    item = replica.by_code.get(code)
    if item is None or replica.faults.has(item, Misbehaviour.DETAIL_ERRCODE_0):
        return answer_json(ABSENT)
    if replica.faults.has(item, Misbehaviour.DETAIL_SLOW):
        await asyncio.sleep(SLOW_S)
    return show_detail_fault(request, item) or send_detail(request, item)


def show_detail_fault(request: Request, item: Item) -> Response | None:
    """Give what comes in place of the detail document; None when nothing does."""
    faults, client = replica_of(request).faults, name_client(request)
    if faults.has(item, Misbehaviour.DETAIL_HTML_500) or faults.strikes_once(
        item, Misbehaviour.DETAIL_HTML_500_ONCE, client
    ):
        return show_server_error(request)
    for name, status in ((Misbehaviour.DETAIL_429_ONCE, 429), (Misbehaviour.DETAIL_503_ONCE, 503)):
        if faults.strikes_once(item, name, client):
            return show_server_error(request, status, retry_after_s=1)
    if faults.has(item, Misbehaviour.DETAIL_CAPTCHA):
        return show_captcha(request)
    if faults.has(item, Misbehaviour.DETAIL_TRUNCATED_JSON):
        content = orjson.dumps(item.detail)
        return Response(content[: len(content) * 2 // 3], media_type="application/json")
    return None


def send_detail(request: Request, item: Item) -> Response:
    """Send the document with validators, or 304 when the client's copy is still good."""
    replica = replica_of(request)
    content = orjson.dumps(replica.vanishing.strip(item.detail))
    headers = make_validators(content, replica.changed_at.get(item.item_id) or find_modified(item))
    if is_still_good(request, headers):
        return Response(status_code=304, headers=headers)
    return Response(content, headers=headers, media_type="application/json")


def find_modified(item: Item) -> datetime:
    """Give the guide's version date where it can be read, a fixed day otherwise."""
    written = str(pick(item.detail, "AUDIT_ITEM.VERSION_DATE") or "")[:10]
    try:
        return datetime.strptime(written, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        return DEFAULT_MODIFIED


def name_client(request: Request) -> str:
    """Tell clients apart by address and user agent, since on loopback all have one address."""
    host = request.client.host if request.client else ""
    return f"{host} {request.headers.get('user-agent', '')}"


API_ROUTES = [
    Route("/portal/api/v2/node/gdbsNav/current", get_navigation, methods=["POST"]),
    Route("/portal/api/v2/search/listTaskTypeByOrgNumber", list_task_types),
    Route("/portal/api/v2/solr/getCommonAuditItem", list_audit_items, methods=["POST"]),
    Route("/portal/v2/guide-copy/{code}", get_page_copy),
    Route("/portal/api/v2/item-event/getAuditItemDetailCur", get_detail, methods=["GET", "POST"]),
]
