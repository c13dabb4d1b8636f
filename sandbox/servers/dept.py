"""A department's own system outside the portal, with its own login that the unified account does not open."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.replica import find_asked_item
from sandbox.servers.pages import make_robots, render


async def show_start(request: Request) -> Response:
    """`/` and `/start?code=`: the system's start page."""
    item = find_asked_item(request)
    return render(request, "dept_start.html", title="业务办理系统", name=item.name if item else "")


async def show_login(request: Request) -> Response:
    """`/login`: the system's own login page."""
    return render(request, "dept_login.html", title="用户登录", error="")


async def take_login(request: Request) -> Response:
    """`POST /login`: nobody has an account here."""
    return render(request, "dept_login.html", title="用户登录", error="用户名或密码错误")


ROUTES = [
    Route("/", show_start),
    Route("/start", show_start),
    Route("/login", show_login, methods=["GET"]),
    Route("/login", take_login, methods=["POST"]),
    make_robots("/admin/"),
]
