"""How the hosts answer: HTML from templates with everything escaped, JSON, and the few stock pages all hosts share."""

from pathlib import Path

import orjson
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from sandbox.replica import replica_of

ROOT = Path(__file__).parents[1]
TEMPLATES = Environment(
    loader=FileSystemLoader(ROOT / "templates"), autoescape=True, undefined=StrictUndefined, auto_reload=False
)


def render(request: Request, template: str, *, status: int = 200, **values: object) -> HTMLResponse:
    """Answer with a template; it also knows `origins`."""
    text = TEMPLATES.get_template(template).render(origins=replica_of(request).origins, **values)
    return HTMLResponse(text, status_code=status)


def answer_json(value: object, *, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """Answer with a JSON document."""
    return Response(orjson.dumps(value), status_code=status, headers=headers, media_type="application/json")


def show_busy(request: Request) -> Response:
    """The overload page that comes with status 200."""
    return render(
        request,
        "notice.html",
        title="系统繁忙",
        sentence="系统繁忙，请稍后再试。",
        detail="当前访问人数较多，给您带来不便敬请谅解。",
    )


def show_captcha(request: Request) -> Response:
    """The page that asks for a captcha, with status 200."""
    return render(request, "captcha.html", title="安全验证")


def show_server_error(request: Request, status: int = 500, *, retry_after_s: int | None = None) -> Response:
    """An HTML error page as it also comes in place of JSON."""
    words = {429: "Too Many Requests", 500: "Internal Server Error", 503: "Service Temporarily Unavailable"}[status]
    response = render(request, "server_error.html", status=status, title=f"{status} {words}")
    if retry_after_s is not None:
        response.headers["Retry-After"] = str(retry_after_s)
    return response


def show_not_found(request: Request, sentence: str = "您访问的页面不存在或已被删除。") -> Response:
    """The portal's 404 page."""
    return render(
        request,
        "notice.html",
        status=404,
        title="404 页面不存在",
        sentence=sentence,
        detail="请检查网址是否正确，或返回首页。",
    )


async def handle_not_found(request: Request, _exc: Exception) -> Response:
    """Answer unknown paths with the portal's own 404 page."""
    return show_not_found(request)


async def handle_http_exception(request: Request, exc: Exception) -> Response:
    """Answer wrong methods and the like in plain words."""
    status = exc.status_code if isinstance(exc, HTTPException) else 500
    return PlainTextResponse("请求方式不正确", status_code=status)


def make_robots(*disallowed: str) -> Route:
    """Make the robots.txt of a host: everything is allowed except the given prefixes."""
    lines = ["User-agent: *", *(f"Disallow: {prefix}" for prefix in disallowed), "Allow: /", ""]

    async def robots(_request: Request) -> Response:
        return PlainTextResponse("\n".join(lines))

    return Route("/robots.txt", robots)


async def send_no_icon(_request: Request) -> Response:
    """No host has an icon; browsers ask for one all the same."""
    return Response(status_code=204)


def make_stock_routes() -> list[BaseRoute]:
    """Give the routes that every host serves: own styles and scripts, and the missing icon."""
    return [Mount("/assets", StaticFiles(directory=ROOT / "assets")), Route("/favicon.ico", send_no_icon)]
