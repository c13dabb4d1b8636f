"""Notes with whom a visit really spoke: per host the address, the protocol, the cipher and the certificate."""

import base64
import ssl
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import CDPSession, Page
from playwright.sync_api import Error as PlaywrightError

Answer = dict[str, Any]
TLS_FACTS = ("protocol", "keyExchange", "keyExchangeGroup", "cipher", "subjectName", "issuer", "validFrom", "validTo")

BUFFER_BYTES = 1 << 20
"""What the browser may hold back for this session; without any it forgets the certificates as well."""


class HostFacts:
    """Listens to pages beside the trace; one entry per origin, from its first answer."""

    def __init__(self) -> None:
        self._sessions: list[CDPSession] = []
        self.seen: dict[str, Answer] = {}

    def certificates(self) -> dict[str, bytes]:
        """Ask the browser for the certificate chains of the origins seen, as PEM by host; a dead page gives none."""
        chains: dict[str, bytes] = {}
        for origin in [origin for origin in self.seen if origin.startswith("https://")]:
            for session in reversed(self._sessions):
                with suppress(PlaywrightError):
                    table = session.send("Network.getCertificate", {"origin": origin})["tableNames"]
                    if table:
                        chains[host_of(origin)] = b"".join(pem_of(one) for one in table)
                        break
        return chains

    def listen(self, page: Page) -> None:
        """Follow one page from now on."""
        with suppress(PlaywrightError):
            session = page.context.new_cdp_session(page)
            session.on("Network.responseReceived", self._note)
            session.send("Network.enable", {"maxTotalBufferSize": BUFFER_BYTES, "maxResourceBufferSize": BUFFER_BYTES})
            self._sessions.append(session)

    def _note(self, event: Answer) -> None:
        answer = event["response"]
        parts = urlsplit(answer["url"])
        origin = f"{parts.scheme}://{parts.netloc}"
        if parts.scheme not in ("http", "https") or origin in self.seen:
            return
        security = answer.get("securityDetails") or {}
        self.seen[origin] = {
            "origin": origin,
            "address": answer.get("remoteIPAddress", ""),
            "port": answer.get("remotePort"),
            "protocol": answer.get("protocol", ""),
            "tls": {name: security[name] for name in TLS_FACTS if name in security} | names_of(security),
        }


def names_of(security: Answer) -> Answer:
    """Return the further names that a certificate is for."""
    return {"names": security["sanList"]} if security.get("sanList") else {}


def pem_of(certificate: str) -> bytes:
    """Turn one certificate (DER in Base64, as DevTools gives it) into PEM."""
    return ssl.DER_cert_to_PEM_cert(base64.b64decode(certificate)).encode()


def host_of(origin: str) -> str:
    """Return host and port of an origin as a file name."""
    return urlsplit(origin).netloc.replace(":", "_").replace("[", "").replace("]", "")
