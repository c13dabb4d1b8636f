"""A small server of pages that try to change something in ways beyond the sandbox's, with a book of what arrived."""

import contextlib
import socket
import threading
import time
from collections.abc import Iterator

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

BLOB = "URL.createObjectURL(new Blob([`{code}`]))"
WORK = "fetch('${location.origin}/sink/post',{method:'POST',body:'x'});new WebSocket('ws://${location.host}/sink/ws')"
PAGES = {
    "blank": "<h1>空白页</h1>",
    "leaving": "<script>addEventListener('pagehide',()=>{navigator.sendBeacon('/sink/beacon','x');"
    "fetch('/sink/keepalive',{method:'POST',body:'x',keepalive:true})})</script>",
    "ping": "<a id=a ping='/sink/ping' href='/blank'>x</a><script>document.getElementById('a').click()</script>",
    "worker": f"<script>new Worker({BLOB.format(code=WORK)})</script>",
    "shared-worker": f"<script>new SharedWorker({BLOB.format(code=WORK)})</script>",
    "socket": "<script>new WebSocket('ws://'+location.host+'/sink/ws')</script>",
    "popup": "<form id=f method=post target=_blank action=/sink/popup></form><button onclick='f.submit()'>go</button>",
    "frame": "<iframe srcdoc=\"<form id=f method=post action='/sink/frame'></form>"
    '<script>f.submit()</script>"></iframe>',
    "prerender": '<script type=speculationrules>{"prerender":[{"source":"list","urls":["/sink/cancel"]}]}</script>',
    "image": "<img src='/sink/cancel?id=1'>",
    "redirect": "<script>fetch('/to-cancel')</script>",
    "refresh": "<meta http-equiv=refresh content='0; url=/to-cancel'>",
    "put": "<script>fetch('/sink/put',{method:'PUT',body:'x'})</script>",
}
ATTACKS = tuple(sorted(PAGES.keys() - {"blank"}))


class HostileServer:
    """Where it is and what has arrived at its sink."""

    def __init__(self) -> None:
        self.arrived: list[str] = []
        self.origin = ""

    async def answer(self, request: Request) -> Response:
        """Give a page, the redirect, or note an arrival."""
        path = request.url.path
        if path.startswith("/sink/"):
            self.arrived.append(f"{request.method} {path}")
            return HTMLResponse("done")
        if path == "/to-cancel":
            return RedirectResponse("/sink/cancel?id=1", status_code=302)
        return HTMLResponse(PAGES.get(path[1:], ""), status_code=200 if path[1:] in PAGES else 404)

    async def take_socket(self, socket_: WebSocket) -> None:
        """Note a WebSocket."""
        self.arrived.append(f"WS {socket_.url.path}")
        await socket_.accept()
        await socket_.close()


@contextlib.contextmanager
def hostile_server() -> Iterator[HostileServer]:
    """Serve the pages on a free loopback port until the test is over."""
    hostile = HostileServer()
    methods = ["GET", "POST", "PUT", "DELETE"]
    app = Starlette(
        routes=[
            WebSocketRoute("/{path:path}", hostile.take_socket),
            Route("/{path:path}", hostile.answer, methods=methods),
        ]
    )
    door = socket.socket()
    door.bind(("127.0.0.1", 0))
    hostile.origin = f"http://127.0.0.1:{door.getsockname()[1]}"
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [door]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    try:
        yield hostile
    finally:
        server.should_exit = True
        thread.join(5)
        door.close()
