"""What the served store holds, how its trace was made, and the world outside that nobody may call."""

import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from filled_store import SCRIPT
from playwright.sync_api import Browser, Route

PORTAL_PAGE = f"""<!DOCTYPE html><meta charset="utf-8"><title>办事指南</title>
<body style="font-family:sans-serif;margin:0">
<h1 style="background:#0a58ca;color:#fff;padding:20px;margin:0">广东政务服务网（仿真）</h1>
<div style="padding:20px"><h2>建筑工程施工许可证核发</h2><p>承诺办结时限：7个工作日</p>
<label>搜索 <input id="keyword"></label>
<button onclick="document.getElementById('answer').textContent='已打开在线办理'">在线办理</button>
<p id="answer">{SCRIPT.replace("<", "&lt;")}</p><img src="http://outside.example/pixel.png" alt=""></div>"""


@dataclass(frozen=True)
class Kept:
    """Hashes of the artefacts in the filled store."""

    picture: str
    trace: str
    page: str
    svg: str
    damaged: str
    record_only: str


@dataclass
class Outside:
    """Stands for the world beyond this machine: every connection to it is noted and closed."""

    port: int
    connections: list[str]


class PortalHandler(BaseHTTPRequestHandler):
    """Serves the one page that the trace is made of."""

    def do_GET(self) -> None:
        body = PORTAL_PAGE.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Stay silent."""


def record_trace(browser: Browser, folder: Path) -> tuple[bytes, list[bytes]]:
    """Make a real trace and two pictures of a tiny local page."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), PortalHandler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    context = browser.new_context(viewport={"width": 1100, "height": 700})

    def stop(route: Route) -> None:
        route.abort()

    context.route("http://outside.example/**", stop)
    context.tracing.start(snapshots=True, screenshots=False)
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{server.server_address[1]}/portal/v2/guide/1")
    first = page.screenshot()
    page.fill("#keyword", "施工许可")
    page.click("button")
    second = page.screenshot()
    context.tracing.stop(path=folder / "trace.zip")
    context.close()
    server.shutdown()
    server.server_close()
    return (folder / "trace.zip").read_bytes(), [first, second]
