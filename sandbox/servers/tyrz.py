"""tyrz.gd.gov.cn: the unified login in front of the application (portals.md §1.3)."""

from dataclasses import astuple
from urllib.parse import parse_qs, urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from sandbox.form_traits import FormTraits
from sandbox.model import Origins
from sandbox.replica import replica_of
from sandbox.servers.pages import make_robots, render
from sandbox.servers.www_api import read_form

LOGIN_PATH = "/tif/sso/static/"
CITIZEN_CLIENT = "gdbsTYSB"
COMPANY_CLIENT = "gdbsTYSBFR"  # asks for a company's account, which the sandbox gives to nobody


def make_login_url(origins: Origins, redirect_uri: str, *, client_id: str = CITIZEN_CLIENT) -> str:
    """Make the address that a host sends an unknown visitor to."""
    query = {
        "client_id": client_id,
        "redirect_uri": redirect_uri,
        "response_type": "code",
        "scope": "all",
        "service": "initService",
    }
    return f"{origins.tyrz}{LOGIN_PATH}?{urlencode(query)}"


def is_known_target(origins: Origins, redirect_uri: str) -> bool:
    """Say whether a redirect goes to one of our own hosts."""
    parts = urlsplit(redirect_uri)
    return f"{parts.scheme}://{parts.netloc}" in astuple(origins)


async def show_login(request: Request) -> Response:
    """The login page: account and password, or a QR code."""
    redirect_uri, client_id = request.query_params.get("redirect_uri", ""), request.query_params.get("client_id", "")
    return show_login_page(request, redirect_uri, client_id)


def show_login_page(request: Request, redirect_uri: str, client_id: str, *, error: str = "") -> Response:
    """Give the login page, with a message when a login failed."""
    if not is_known_target(replica_of(request).origins, redirect_uri):
        return render(
            request,
            "notice.html",
            status=400,
            title="请求参数错误",
            sentence="请求参数错误",
            detail="redirect_uri 未登记。",
        )
    return render(
        request,
        "login.html",
        title="广东省统一身份认证平台",
        redirect_uri=redirect_uri,
        client_id=client_id,
        company=client_id == COMPANY_CLIENT,
        error=error,
        ways=count_ways(request, redirect_uri),
    )


def count_ways(request: Request, redirect_uri: str) -> int:
    """Count the ways to log in that are offered to someone on the way to a form: account, QR code, face."""
    asked = parse_qs(urlsplit(redirect_uri).query).get("to", [""])[0]
    item = replica_of(request).find_item(asked)
    return item.application.traits.login_ways if item is not None else FormTraits().login_ways


async def take_login(request: Request) -> Response:
    """`POST /tif/sso/login`: back to where the visitor came from, with a code, or the page again with a message."""
    form, replica = await read_form(request), replica_of(request)
    redirect_uri, client_id = form.get("redirect_uri", ""), form.get("client_id", "")
    if not replica.identity.check(form.get("username", ""), form.get("password", "")):
        return show_login_page(request, redirect_uri, client_id, error="账号或密码错误，请重新输入")
    if client_id == COMPANY_CLIENT:
        return show_login_page(request, redirect_uri, client_id, error="该账号不是法人账号，请使用法人账号登录")
    if not is_known_target(replica.origins, redirect_uri):
        return show_login_page(request, redirect_uri, client_id)
    mark = "&" if urlsplit(redirect_uri).query else "?"
    return RedirectResponse(f"{redirect_uri}{mark}code={replica.identity.give_code()}", status_code=302)


ROUTES = [
    Route(LOGIN_PATH, show_login),
    Route("/pscp/sso/static/", show_login),
    Route("/tif/sso/login", take_login, methods=["POST"]),
    make_robots(),
]
