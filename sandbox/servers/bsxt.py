"""bsxt.gdzwfw.gov.cn: 统一申办, the application form behind the unified login."""

import asyncio
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from sandbox.corpus.addresses import DEPARTMENT_PATHS
from sandbox.form_traits import FormTraits
from sandbox.guideview import read_material_names
from sandbox.misbehaviours import Misbehaviour
from sandbox.model import Item
from sandbox.replica import Replica, find_asked_item, replica_of
from sandbox.servers.dead_links import DEAD_ROUTES
from sandbox.servers.form_pages import build_page, list_titles
from sandbox.servers.pages import (
    answer_json,
    make_robots,
    render,
    show_captcha,
    show_not_found,
    show_server_error,
)
from sandbox.servers.tyrz import CITIZEN_CLIENT, COMPANY_CLIENT, make_login_url

COOKIE = "bsxt_token"
FORCED_KINDS = {
    Misbehaviour.APPLY_NOT_OPEN: "not_open",
    Misbehaviour.APPLY_HTTP_500: "error",
    Misbehaviour.APPLY_DEAD_END: "dead_end",
}
LOST_PAGE = 2  # the page at which apply_session_lost strikes
SLOW_PAGE = 2  # the page at which apply_slow_page strikes
SLOW_S = 15.5
NEVER_S = 3600.0


def find_kind(replica: Replica, item: Item) -> str:
    """Say what waits behind 在线办理 of an item, misbehaviours included."""
    forced = (kind for name, kind in FORCED_KINDS.items() if replica.faults.has(item, name))
    faulted = {"apply_not_open": "not_open", "apply_http_500": "error", "apply_dead_end": "dead_end"}
    return next(forced, faulted.get(item.application.fault or "", item.application.kind))


def loses_session(replica: Replica, item: Item) -> bool:
    """Say whether the form sends the applicant back to the login half-way."""
    planted = item.application.fault in ("session_lost", "apply_session_lost")
    return planted or replica.faults.has(item, Misbehaviour.APPLY_SESSION_LOST)


def is_logged_in(request: Request) -> bool:
    """Say whether the visitor has a session here."""
    return request.cookies.get(COOKIE, "") in replica_of(request).identity.tokens


async def show_form(request: Request) -> Response:
    """`/apprUnionApply?code=` (or `itemId=`): the form, or what stands in its place."""
    replica, item = replica_of(request), find_asked_item(request)
    if item is None:
        return show_not_found(request, "未找到该申办事项。")
    kind = find_kind(replica, item)
    elsewhere = await show_entrance_fault(request, item) or show_no_form(request, item, kind)
    if elsewhere is not None:
        return elsewhere
    if kind == "login_only" or not is_logged_in(request):
        client_id = COMPANY_CLIENT if kind == "login_only" else CITIZEN_CLIENT
        back = f"{replica.origins.bsxt}/sso/callback?to={quote(item.item_id)}"
        return RedirectResponse(make_login_url(replica.origins, back, client_id=client_id), status_code=302)
    department = str(item.list_record.get("DEPT_NAME", ""))
    return render(
        request,
        "apply.html",
        title="统一申办",
        item=item,
        department=department,
        titles=list_titles(item.application),
        autosave=item.application.autosave,
        traits=item.application.traits,
    )


def show_no_form(request: Request, item: Item, kind: str) -> Response | None:
    """Give what stands in place of a form; None when there is one."""
    if kind == "error":
        return show_server_error(request)
    if kind in ("not_open", "none"):
        return show_notice(request, item, "暂未开通", "该事项暂未开通网上办理，请到办事窗口办理。")
    if kind == "app_only":
        return render(request, "app_only.html", title="请在粤省事App办理", item=item)
    if kind == "download_only":
        return render(request, "downloads.html", title=item.name, item=item, names=read_material_names(item.detail)[:3])
    if kind in DEPARTMENT_PATHS:
        target = f"{replica_of(request).origins.dept}{DEPARTMENT_PATHS[kind]}?code={quote(item.task_code)}"
        return RedirectResponse(target, status_code=302)
    return None


async def show_entrance_fault(request: Request, item: Item) -> Response | None:
    """Give what keeps a visitor out before anything is shown; None when nothing does."""
    faults = replica_of(request).faults
    if faults.has(item, Misbehaviour.APPLY_NEVER_ANSWERS):
        await asyncio.sleep(NEVER_S)
    if faults.has(item, Misbehaviour.APPLY_CAPTCHA):
        return show_captcha(request)
    return (
        render(request, "waf.html", status=403, title="访问被拦截")
        if faults.has(item, Misbehaviour.APPLY_WAF)
        else None
    )


async def send_blank_form(request: Request) -> Response:
    """`/downloads/{number}?code=`: a blank form to take away."""
    headers = {"Content-Disposition": f"attachment; filename=form-{request.path_params['number']}.txt"}
    return Response("申请表（空白）", headers=headers, media_type="text/plain; charset=utf-8")


def show_notice(request: Request, item: Item, sentence: str, detail: str) -> Response:
    """Give a page that ends the way with a sentence."""
    return render(request, "notice.html", title=item.name, sentence=sentence, detail=detail)


async def take_code(request: Request) -> Response:
    """`/sso/callback?to=&code=`: opens the session and goes on to the form, or to a second login, or merely home."""
    replica, query = replica_of(request), request.query_params
    item = replica.find_item(query.get("to", ""))
    traits = item.application.traits if item is not None else FormTraits()
    token = replica.identity.open_session(query.get("code", ""))
    if token is not None and traits.second_login and "again" not in query:
        replica.identity.drop_session(token)
        back = f"{replica.origins.bsxt}/sso/callback?to={quote(query['to'])}&again=1"
        return RedirectResponse(make_login_url(replica.origins, back), status_code=302)
    form = f"/apprUnionApply?itemId={quote(query.get('to', ''))}"
    response = RedirectResponse(form if traits.returns_to_item else "/tysb/home.html", status_code=302)
    if token is not None:
        response.set_cookie(COOKIE, token, httponly=True, samesite="lax")
    return response


async def show_home(request: Request) -> Response:
    """`/tysb/home.html`: the applicant's own page, where some forms leave those who have just logged in."""
    return render(request, "apply_home.html", title="我的申办")


async def get_page(request: Request) -> Response:
    """`GET /api/page?code=&page=`: what a page of the form asks for; 401 without a session."""
    replica, number = replica_of(request), request.query_params.get("page", "1")
    item = find_asked_item(request)
    if item is None or not number.isdecimal() or not 1 <= int(number) <= len(list_titles(item.application)):
        return answer_json({"msg": "页面不存在"}, status=404)
    if int(number) >= LOST_PAGE and loses_session(replica, item):
        replica.identity.drop_session(request.cookies.get(COOKIE, ""))
    if not is_logged_in(request):
        back = f"{replica.origins.bsxt}/sso/callback?to={quote(item.item_id)}"
        return answer_json({"msg": "登录已失效", "login": make_login_url(replica.origins, back)}, status=401)
    if int(number) == SLOW_PAGE and replica.faults.has(item, Misbehaviour.APPLY_SLOW_PAGE):
        await asyncio.sleep(SLOW_S)
    dead_end = find_kind(replica, item) == "dead_end"
    return answer_json(build_page(item, int(number), dead_end=dead_end))


async def take_change(_request: Request) -> Response:
    """`POST /api/draft|upload|submit`: a real portal would file it; here only the ledger knows it."""
    return answer_json({"success": True})


ROUTES = [
    Route("/apprUnionApply", show_form),
    Route("/downloads/{number:int}", send_blank_form),
    Route("/tysb/home.html", show_home),
    Route("/sso/callback", take_code),
    Route("/api/page", get_page),
    Route("/api/draft", take_change, methods=["POST"]),
    Route("/api/upload", take_change, methods=["POST"]),
    Route("/api/submit", take_change, methods=["POST"]),
    *DEAD_ROUTES,
    make_robots(),
]
