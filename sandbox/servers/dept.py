"""A department's own system outside the portal: with its own login, or behind the unified one."""

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from sandbox.replica import find_asked_item, replica_of
from sandbox.servers.pages import make_robots, render
from sandbox.servers.tyrz import make_login_url

COOKIE = "dept_token"


async def show_start(request: Request) -> Response:
    """`/` and `/start?code=`: the system's start page."""
    item = find_asked_item(request)
    return render(request, "dept_start.html", title="业务办理系统", name=item.name if item else "")


async def show_desk(request: Request) -> Response:
    """`/desk?code=`: a service of the system that the unified account opens, without any other login."""
    replica, item = replica_of(request), find_asked_item(request)
    if request.cookies.get(COOKIE, "") not in replica.identity.tokens:
        back = f"{replica.origins.dept}/sso?to={quote(item.item_id if item else '')}"
        return RedirectResponse(make_login_url(replica.origins, back), status_code=302)
    return render(request, "dept_desk.html", title="业务办理系统", name=item.name if item else "")


async def take_code(request: Request) -> Response:
    """`/sso?to=&code=`: opens the session and goes on to the service."""
    token = replica_of(request).identity.open_session(request.query_params.get("code", ""))
    response = RedirectResponse(f"/desk?itemId={quote(request.query_params.get('to', ''))}", status_code=302)
    if token is not None:
        response.set_cookie(COOKIE, token, httponly=True, samesite="lax")
    return response


async def show_login(request: Request) -> Response:
    """`/login`: the system's own login page."""
    return render(request, "dept_login.html", title="用户登录", error="")


async def take_login(request: Request) -> Response:
    """`POST /login`: nobody has an account here."""
    return render(request, "dept_login.html", title="用户登录", error="用户名或密码错误")


ROUTES = [
    Route("/", show_start),
    Route("/start", show_start),
    Route("/desk", show_desk),
    Route("/sso", take_code),
    Route("/login", show_login, methods=["GET"]),
    Route("/login", take_login, methods=["POST"]),
    make_robots("/admin/"),
]
