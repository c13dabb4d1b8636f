"""Addresses that guides publish and that lead nowhere, each in its own way (corpus/addresses.py, DEAD_PATHS)."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from sandbox.servers.pages import render, show_server_error


async def break_down(request: Request) -> Response:
    """`/broken`: always status 500."""
    return show_server_error(request)


async def go_round(request: Request) -> Response:
    """`/round`: redirects to itself, the step counted in the address as such loops often do."""
    step = request.query_params.get("step", "0")
    code = request.query_params.get("code", "")
    return RedirectResponse(f"/round?code={code}&step={1 - int(step == '1')}", status_code=302)


async def retire(_request: Request) -> Response:
    """`/retired`: redirects to the page that says there is none."""
    return RedirectResponse("/error/404.html", status_code=302)


async def show_gone(request: Request) -> Response:
    """`/error/404.html`: says with status 200 that the page does not exist."""
    detail = "请检查网址是否正确，或返回首页。"
    return render(request, "notice.html", title="页面不存在", sentence="您访问的页面不存在或已下线。", detail=detail)


DEAD_ROUTES = [
    Route("/broken", break_down),
    Route("/round", go_round),
    Route("/retired", retire),
    Route("/error/404.html", show_gone),
]
