"""Pages that try to change something by themselves, to prove that a guard in the browser really holds."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.replica import replica_of
from sandbox.servers.pages import answer_json, render, show_not_found

HOSTILE_KINDS = {
    "form": "a form that submits itself",
    "fetch": "a POST by fetch",
    "xhr": "a POST by XMLHttpRequest",
    "beacon": "a beacon",
    "link": "a link, clicked by the page, whose GET files a rating",
    "iframe": "a form that submits itself inside an iframe",
    "meta": "a meta refresh to a GET that cancels a booking",
    "websocket": "a WebSocket",
}


async def show_hostile_page(request: Request) -> Response:
    """One page that attacks as soon as it is open."""
    kind = request.path_params["kind"]
    if kind not in HOSTILE_KINDS:
        return show_not_found(request)
    www = replica_of(request).origins.www
    socket = www.replace("http", "ws", 1)
    return render(request, "hostile.html", title="测试页", kind=kind, www=www, socket=socket)


async def show_hostile_index(request: Request) -> Response:
    """The list of the pages, by host of origin."""
    return render(request, "hostile_index.html", title="Pages that act by themselves", kinds=HOSTILE_KINDS)


async def take_hostile(_request: Request) -> Response:
    """Where the attacks arrive; the ledger has them already."""
    return answer_json({"success": True})


HOSTILE_ROUTES = [
    Route("/__hostile__/sink", take_hostile, methods=["GET", "POST", "PUT", "PATCH", "DELETE"]),
    Route("/__hostile__/", show_hostile_index),
    Route("/__hostile__/{kind}", show_hostile_page),
]
