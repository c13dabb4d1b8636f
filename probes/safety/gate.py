"""Puts the guard between the browser and the network: everything the browser wants to send is paused and judged first.

The gate hangs on the whole browser (DevTools ``Fetch`` on the browser target) and not on ``context.route``, which was
seen to let out beacons of a page that is going away, requests of shared workers, and every redirect after the first
request.
"""

import base64
import time
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, CDPSession, Download, Page, Response, WebSocketRoute
from playwright.sync_api import Error as PlaywrightError

from domain.observation import Refusal
from probes.safety.control_words import CLICK_WATCH, LABEL_LENGTH_MAX
from probes.safety.guard import LOCAL_SCHEMES, GuardPolicy, GuardRule, RequestFacts, decide

GATE_ARGUMENTS = (
    # A WebSocket is no request: also one opened by a worker has to run into a proxy that does not exist.
    "--proxy-server=http=direct://;https=direct://;socks=127.0.0.1:9",
    "--proxy-bypass-list=<-loopback>",
)
CLOSED = "closed"
UNTOLD_BYTES = 16 * 1024  # an answer that does not say how long it is

QUIET_SCRIPT = """(() => {
  const strip = node => {
    if (node.nodeName === 'SCRIPT' && (node.type || '').toLowerCase() === 'speculationrules') node.remove();
  };
  new MutationObserver(all => all.forEach(one => one.addedNodes.forEach(strip)))
    .observe(document, {childList: true, subtree: true});
  for (const name of ['WebTransport', 'WebSocketStream', 'RTCPeerConnection', 'webkitRTCPeerConnection']) {
    delete globalThis[name];
  }
})()"""
"""Prerendered pages and these channels pass no gate, so pages do not get them."""


class Gate:
    """The guard's post at one browser. Without an open policy nothing goes out at all."""

    def __init__(self, browser: Browser) -> None:
        self._session: CDPSession = browser.new_browser_cdp_session()
        self._policy: GuardPolicy | None = None
        self._refusals: list[Refusal] = []
        self.signing_in = False
        self.waited_s = 0.0  # how long requests were held back for the host's sake
        self._session.on("Fetch.requestPaused", self._judge)
        self._session.send("Fetch.enable", {"patterns": [{"urlPattern": "*"}]})

    def open(self, policy: GuardPolicy) -> None:
        """Judge by this policy from now on, with an empty list of refusals."""
        self._policy, self._refusals, self.signing_in, self.waited_s = policy, [], False, 0.0

    def close(self) -> tuple[Refusal, ...]:
        """Let nothing out any more and return what was refused, in order."""
        self._policy = None
        return tuple(self._refusals)

    def refuse_channels(self, context: BrowserContext) -> None:
        """Refuse WebSockets, downloads and final controls of one context, and leave a note of each."""
        context.add_init_script(QUIET_SCRIPT)
        context.expose_binding("yueceRefused", lambda _source, words, url: self.refuse_control(str(words), str(url)))
        context.add_init_script(CLICK_WATCH)
        context.route_web_socket("**/*", self._refuse_socket)
        context.on("page", self._watch_downloads)
        context.on("response", self._count_bytes)

    def refuse_control(self, words: str, url: str) -> None:
        """Leave a note that a control was not pressed; ``url`` is where it leads, or the page that it stands on."""
        place = f"{url.partition('#')[0]}#{' '.join(words.split())[:LABEL_LENGTH_MAX]}"
        self._note(RequestFacts(method="CLICK", url=place, resource="control"), GuardRule.CONTROL)

    def _judge(self, event: dict[str, Any]) -> None:
        facts = read_facts(event)
        rule = self._rule(facts) or self._wait(facts)
        if rule is not None:
            self._note(facts, rule)
        command = "Fetch.continueRequest" if rule is None else "Fetch.failRequest"
        reason = {} if rule is None else {"errorReason": "BlockedByClient"}
        try:
            self._session.send(command, {"requestId": event["requestId"], **reason})
        except PlaywrightError:
            return  # the page took its request back, or the browser is gone: either way nothing left

    def _rule(self, facts: RequestFacts) -> str | None:
        if self._policy is None:
            return CLOSED
        return decide(facts, self._policy, signing_in=self.signing_in)

    def _wait(self, facts: RequestFacts) -> str | None:
        """Hold a request back until its host's next place; return the rule when the run has none left."""
        parts = urlsplit(facts.url)
        meter = self._policy.meter if self._policy is not None else None
        if meter is None or parts.scheme in LOCAL_SCHEMES:
            return None
        wait = meter.take(parts.netloc, document=facts.resource == "document")
        if isinstance(wait, str):
            return wait
        if wait > 0:
            time.sleep(wait)
            self.waited_s += wait
        return None

    def _count_bytes(self, response: Response) -> None:
        """Count an answer as long as it says that it is; the browser would have to be asked for the exact length."""
        meter = self._policy.meter if self._policy is not None else None
        parts = urlsplit(response.url)
        if meter is not None and parts.scheme not in LOCAL_SCHEMES:
            told = response.headers.get("content-length", "")
            meter.receive(parts.netloc, int(told) if told.isdecimal() else UNTOLD_BYTES)

    def _note(self, facts: RequestFacts, rule: str) -> None:
        refusal = Refusal(
            at=datetime.now(UTC),
            method=facts.method,
            url=facts.url,
            resource=facts.resource,
            rule=rule,
            body_bytes=facts.body_bytes or 0,
        )
        self._refusals.append(refusal)

    def _refuse_socket(self, socket: WebSocketRoute) -> None:
        self._note(RequestFacts(method="GET", url=socket.url, resource="websocket"), GuardRule.WEBSOCKET)
        socket.close(code=1000)

    def _watch_downloads(self, page: Page) -> None:
        page.on("download", self._refuse_download)

    def _refuse_download(self, download: Download) -> None:
        self._note(RequestFacts(method="GET", url=download.url, resource="download"), GuardRule.DOWNLOAD)


def read_facts(event: dict[str, Any]) -> RequestFacts:
    """Read a DevTools ``Fetch.requestPaused`` event."""
    request = event["request"]
    headers = {name.lower(): str(value) for name, value in request["headers"].items()}
    return RequestFacts(
        method=request["method"],
        url=request["url"],
        resource=str(event["resourceType"]).lower(),
        media_type=headers.get("content-type", "").partition(";")[0].strip(),
        body_bytes=_body_bytes(request),
    )


def _body_bytes(request: dict[str, Any]) -> int | None:
    if not request.get("hasPostData"):
        return 0
    entries = request.get("postDataEntries")
    if not entries:
        return None
    return sum(len(base64.b64decode(entry.get("bytes", ""))) for entry in entries)
