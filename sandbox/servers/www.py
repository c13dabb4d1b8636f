"""广东政务服务网 itself: homes, halls, guides, search, booking and the small pages around them (portals.md §1.1)."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from sandbox.faces import read_face
from sandbox.guideview import read_actions, read_guide
from sandbox.misbehaviours import Misbehaviour
from sandbox.model import Item
from sandbox.replica import Replica, cut_page, find_asked_item, replica_of
from sandbox.servers.booking import BOOKING_API_ROUTES, show_booking_page
from sandbox.servers.chatbot import WEB_ROUTES as DESK_ROUTES
from sandbox.servers.dead_links import DEAD_ROUTES
from sandbox.servers.hostile import HOSTILE_ROUTES
from sandbox.servers.pages import make_robots, render, show_not_found
from sandbox.servers.regions import REGION_NAMES, list_counties, list_departments, name_region
from sandbox.servers.themes import THEME_ROUTES
from sandbox.servers.www_api import API_ROUTES, show_search_fault

HALL_PAGE = 20


async def show_home(request: Request) -> Response:
    """`/?region=` and `/portal/v2/index`: a region's home with its departments and counties."""
    replica, region = replica_of(request), request.query_params.get("region", "441700")
    name = name_region(replica, region)
    if name is None:
        return show_not_found(request, "暂未开通该地区的政务服务网。")
    return render(
        request,
        "region_home.html",
        title=f"{name}政务服务网",
        region=region,
        region_name=name,
        departments=list_departments(replica, region),
        counties=list_counties(replica, region) if region != "440000" else [],
        cities=REGION_NAMES if region == "440000" else {},
        hot=[item for item in replica.listed_items if item.area_code == region][:8],
    )


async def show_hall(request: Request) -> Response:
    """`/portal/branch-hall?orgCode=`: the items of one department."""
    replica, org_code = replica_of(request), request.query_params.get("orgCode", "")
    body = next((body for body in replica.corpus.bodies if body.org_code == org_code and body.listed), None)
    if body is None:
        return show_not_found(request, "未找到该部门。")
    number = read_number(request, "page")
    rows, total = replica.list_rows(area_code=body.area_code, dept_code=org_code, task_type="")
    return render(
        request,
        "branch_hall.html",
        title=body.portal_name,
        region=body.area_code,
        body=body,
        total=total,
        page=number,
        pages=max(1, -(-total // HALL_PAGE)),
        items=cut_page(rows, number=number, size=HALL_PAGE),
    )


async def show_guide(request: Request) -> Response:
    """`/portal/v2/guide/{code}`: the shell that fetches the detail document and renders it in the browser."""
    replica, code = replica_of(request), request.path_params["code"]
    item = replica.by_code.get(code)
    if item is not None and replica.faults.has(item, Misbehaviour.PAGE_WAF):
        return render(request, "waf.html", status=403, title="访问被拦截")
    if item is not None and is_simple(item):
        return RedirectResponse(f"/portal/simple-guide/{code}", status_code=302)
    copied = item is not None and "page" in item.faces
    changed = has_new_layout(replica, item)
    return render(request, "guide_shell.html", title="办事指南", code=code, changed=changed, copied=copied)


async def show_simple_guide(request: Request) -> Response:
    """`/portal/simple-guide/{code}`: the short form of items that nobody applies for (portals.md §1.1)."""
    replica, code = replica_of(request), request.path_params["code"]
    item = replica.by_code.get(code)
    if item is None or not is_simple(item) or replica.faults.has(item, Misbehaviour.DETAIL_ERRCODE_0):
        return show_not_found(request, "未找到匹配的信息")
    if replica.faults.has(item, Misbehaviour.PAGE_WAF):
        return render(request, "waf.html", status=403, title="访问被拦截")
    guide = read_guide(read_face(item, "page"), code)
    css = "zwx" if has_new_layout(replica, item) else "matters"
    return render(request, "simple_guide.html", title=item.name, code=code, guide=guide, css=css)


def is_simple(item: Item) -> bool:
    """Say whether an item has the short form: penalties begin with no application."""
    return item.list_record.get("TASK_TYPE") == "02"


async def show_legacy_guide(request: Request) -> Response:
    """`/portal/guide/{code}`: the guide as the server rendered it in 2020 (portals.md §1.6)."""
    replica, code = replica_of(request), request.path_params["code"]
    item = replica.by_code.get(code)
    if item is None or replica.faults.has(item, Misbehaviour.DETAIL_ERRCODE_0):
        return show_not_found(request, "未找到匹配的信息")
    if replica.faults.has(item, Misbehaviour.PAGE_WAF):
        return render(request, "waf.html", status=403, title="访问被拦截")
    changed = has_new_layout(replica, item)
    return render(
        request,
        "guide_legacy.html",
        title=item.name,
        code=code,
        guide=read_guide(read_face(item, "page"), code),
        actions=read_actions(item.detail),
        css="zwx" if changed else "matters",
        changed=changed,
    )


def has_new_layout(replica: Replica, item: Item | None) -> bool:
    """Say whether the guide page of an item comes with renamed classes."""
    return item is not None and replica.faults.has(item, Misbehaviour.PAGE_LAYOUT_CHANGED)


async def show_search(request: Request) -> Response:
    """`/portal/v2/search?keyword=&region=`: the results are rendered in the browser."""
    keyword, region = request.query_params.get("keyword", ""), request.query_params.get("region", "441700")
    fault = show_search_fault(request, keyword, region)
    return fault or render(request, "search.html", title="搜索", keyword=keyword, region=region)


async def show_theme(request: Request) -> Response:
    """`/portal/v2/personal/theme?region=`: personal services, listed in the browser."""
    region = request.query_params.get("region", "441700")
    return render(request, "theme.html", title="个人服务", region=region)


async def show_apply_entry(request: Request) -> Response:
    """`/gaio/apply.html#/{code}`: sends on to the unified application, in the browser."""
    item = find_asked_item(request)
    if item is not None:
        target = f"{replica_of(request).origins.bsxt}/apprUnionApply?code={item.task_code}"
        return RedirectResponse(target, status_code=302)
    return render(request, "gaio.html", title="统一申办受理")


async def show_progress_page(request: Request) -> Response:
    """`/portal/v2/progress-query-detail`: the page only; it queries nothing."""
    return render(request, "progress.html", title="办事进度查询")


async def show_done(request: Request) -> Response:
    """Answer the links that change something (`/rmpc/api/cancel`, `/portal/rate`); the ledger has them already."""
    return render(request, "notice.html", title="操作成功", sentence="操作成功", detail="您的操作已记录。")


def read_number(request: Request, name: str) -> int:
    """Read a page number out of the query; anything else than a positive number is 1."""
    text = request.query_params.get(name, "1")
    return max(1, int(text)) if text.isdecimal() else 1


ROUTES = [
    Route("/", show_home),
    Route("/portal/index", show_home),
    Route("/portal/v2/index", show_home),
    Route("/portal/branch-hall", show_hall),
    Route("/portal/v2/guide/{code}", show_guide),
    Route("/portal/guide/{code}", show_legacy_guide),
    Route("/portal/simple-guide/{code}", show_simple_guide),
    Route("/portal/v2/search", show_search),
    Route("/portal/v2/personal/theme", show_theme),
    Route("/portal/v2/progress-query-detail", show_progress_page),
    Route("/rmpc/qsyy/index", show_booking_page),
    Route("/rmpc/api/cancel", show_done, methods=["GET", "POST"]),
    Route("/portal/rate", show_done, methods=["GET", "POST"]),
    Route("/gaio/apply.html", show_apply_entry),
    *DESK_ROUTES,
    make_robots("/yhzx/", "/portal/api/v2/qyzx/"),
    *DEAD_ROUTES,
    *HOSTILE_ROUTES,
    *API_ROUTES,
    *THEME_ROUTES,
    *BOOKING_API_ROUTES,
]
