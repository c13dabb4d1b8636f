"""What a host's robots.txt asks of us (RFC 9309), read once and shared by the crawler and by every probe's browser."""

import http.client
import json
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote, urlsplit

from protego import Protego

from domain.frozen import Frozen
from portals.host_policy import PRODUCT, HostPolicy
from portals.plain_get import RefusedGetError, get_plainly

KEPT_FOR_S = 24 * 3600  # RFC 9309 §2.4
SILENT_FOR_S = 60.0  # a host that did not answer is asked again after so long
SHUT = "User-agent: *\nDisallow: /\n"
BUSY = 429


class RobotsText(Frozen):
    """One host's file as it was answered; ``status`` 0: the host could not be reached."""

    status: int
    text: str
    read_at_s: float  # Unix time

    def is_fresh(self) -> bool:
        """Say whether the answer may still be used."""
        return time.time() - self.read_at_s < (KEPT_FOR_S if self.status else SILENT_FOR_S)

    def meant(self) -> str:
        """Return the text whose rules hold.

        429 and 5xx are a closed door, a missing file (4xx) lets everybody in (RFC 9309 §2.3.1). So does a host that
        cannot be reached: the request itself will say so, and that is the portal's fault and not our policy.
        """
        if self.status >= 500 or self.status == BUSY:
            return SHUT
        return self.text if self.status and self.status < 400 else ""


class RobotsShelf:
    """The files of all hosts met in a night, in a folder that crawler and probes share; ``None`` keeps them here."""

    def __init__(self, folder: Path | None = None, *, agent: str = PRODUCT) -> None:
        self._folder = folder
        self._agent = agent
        self._known: dict[str, tuple[RobotsText, Protego]] = {}

    def allows(self, url: str, hosts: HostPolicy) -> bool:
        """Say whether robots.txt of the address's own host lets us in; the file itself may always be read."""
        parts = urlsplit(url)
        if parts.path == "/robots.txt":
            return True
        origin = f"{parts.scheme}://{parts.netloc}"
        known = self._known.get(origin)
        if known is None or not known[0].is_fresh():
            text = self.find(origin) or self.keep(origin, ask_robots(origin, hosts, self._agent))
            known = self._known[origin] = (text, Protego.parse(text.meant()))
        return bool(known[1].can_fetch(url, PRODUCT))

    def find(self, origin: str) -> RobotsText | None:
        """Return what another process has read not long ago."""
        if self._folder is None:
            return None
        try:
            text = RobotsText.model_validate_json(self._file(origin).read_bytes())
        except (OSError, ValueError):
            return None
        return text if text.is_fresh() else None

    def keep(self, origin: str, text: RobotsText) -> RobotsText:
        """Leave an answer for the others; whole or not at all."""
        if self._folder is not None:
            self._folder.mkdir(parents=True, exist_ok=True)
            draft = self._folder / f".{quote(origin, safe='')}.{time.monotonic_ns()}"
            with suppress(OSError):
                draft.write_text(json.dumps(text.model_dump(mode="json"), ensure_ascii=False), encoding="utf-8")
                draft.replace(self._file(origin))
        return text

    def _file(self, origin: str) -> Path:
        return (self._folder or Path()) / f"{quote(origin, safe='')}.json"


def ask_robots(origin: str, hosts: HostPolicy, agent: str) -> RobotsText:
    """Fetch one host's robots.txt; a host that cannot be reached is status 0, never an exception."""
    try:
        answer = get_plainly(f"{origin}/robots.txt", hosts, agent=agent)
    except (OSError, http.client.HTTPException, RefusedGetError, ValueError):
        return RobotsText(status=0, text="", read_at_s=time.time())
    return RobotsText(status=answer.status, text=answer.body.decode("utf-8", "replace"), read_at_s=time.time())
