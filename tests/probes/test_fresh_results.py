"""A second search on the result page reads its own results, however late they come, and never those of the first."""

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import sync_playwright
from probe_stage import FAST

from portals.adapter import adapters
from portals.gdzwfw.citizen import GdzwfwCitizen
from portals.site import Site
from probes.browser.browser_discovery import find_browser
from probes.browser.playwright_browser import PlaywrightBrowser

pytestmark = pytest.mark.browser
LATE_S = 1.2  # longer than any wait for a click to show effect
FORM = """<meta charset=utf-8><div class=site-search><form action=/portal/v2/search>
<input name=keyword value="{keyword}"><input type=hidden name=region value=441700><button type=submit>搜索</button>
</form></div>
<div id=results>{results}</div>"""
CARD = "<div class=result-card><a class=result-name href=/portal/v2/guide/{0}>{0}</a><i class=result-dept>局</i></div>"
SCRIPT = """<script>document.querySelector('form').onsubmit = event => {
  event.preventDefault();
  const keyword = document.querySelector('[name=keyword]').value;
  history.pushState({}, '', '/portal/v2/search?keyword=' + keyword + '&region=441700');
  fetch('/data?keyword=' + keyword).then(answer => answer.json()).then(html => { results.innerHTML = html; });
};</script>"""


class LatePortal(BaseHTTPRequestHandler):
    """Answers each search with one result named after the keyword, the word 慢 late, with a new page or within it."""

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        keyword = parse_qs(parts.query).get("keyword", [""])[0]
        asked = parts.path in ("/portal/v2/search", "/data")
        if asked and keyword == "慢":
            time.sleep(LATE_S)
        card = CARD.format(keyword) if asked else ""
        script = SCRIPT if self.server.server_name == "spa" else ""
        page = json.dumps(card) if parts.path == "/data" else FORM.format(keyword=keyword, results=card) + script
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(page.encode())

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@pytest.fixture(params=["pages", "spa"])
def portal(request: pytest.FixtureRequest) -> Iterator[Site]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), LatePortal)
    server.server_name = request.param
    threading.Thread(target=server.serve_forever, daemon=True).start()
    site = adapters.get("gdzwfw").site()
    yield site.model_copy(update={"hosts": {**site.hosts, "www": f"http://127.0.0.1:{server.server_port}"}})
    server.shutdown()
    server.server_close()


def test_late_results_are_waited_for(portal: Site) -> None:
    with sync_playwright() as playwright:
        path = find_browser(playwrights_own=Path(playwright.chromium.executable_path)).path
        chromium = playwright.chromium.launch(executable_path=path)
        browser, citizen = PlaywrightBrowser(chromium.new_context(), FAST), GdzwfwCitizen()
        seen = [citizen.search(browser, portal, word)[0].title for word in ("快", "慢", "快", "慢")]
        chromium.close()
    assert seen == ["快", "慢", "快", "慢"]
