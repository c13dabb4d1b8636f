"""The ledger of every request that tries to change something on a portal, so that a probe can be proved harmless."""

from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime

READ_ONLY_POSTS = frozenset(
    {
        ("www", "/portal/api/v2/node/gdbsNav/current"),
        ("www", "/portal/api/v2/solr/getCommonAuditItem"),
        ("www", "/portal/api/v2/item-event/getAuditItemDetailCur"),
        ("www", "/znkf/api/chat"),
    }
)
LOGIN_POSTS = frozenset({("tyrz", "/tif/sso/login")})
CHANGING_GETS = {"/rmpc/api/cancel": "cancel_booking", "/portal/rate": "rate", "/__hostile__/opaque": "hostile"}
KINDS = {
    "/api/submit": "submit_application",
    "/api/draft": "save_draft",
    "/api/upload": "upload_material",
    "/rmpc/api/reserve": "reserve_slot",
    "/__hostile__/sink": "hostile",
}
CHANGING_METHODS = frozenset({"POST", "PUT", "PATCH", "DELETE"})


@dataclass(frozen=True, kw_only=True)
class LedgerEntry:
    """One request that the portal would have acted upon; `time` is ISO 8601 in UTC."""

    time: str
    host: str
    method: str
    path: str
    kind: str
    body_size_bytes: int


@dataclass(kw_only=True)
class Ledger:
    """What visitors changed (`state_changing`) and who logged in (`sessions`, which files nothing)."""

    state_changing: list[LedgerEntry] = field(default_factory=list)
    sessions: list[LedgerEntry] = field(default_factory=list)

    def enter(self, *, host: str, method: str, path: str, query: str, upgrade: bool, body_size_bytes: int) -> None:
        """Write the request down when it belongs into the ledger."""
        kind = kind_of_change(host=host, method=method, path=path, upgrade=upgrade)
        if kind is None:
            return
        entry = LedgerEntry(
            time=datetime.now(UTC).isoformat(timespec="milliseconds"),
            host=host,
            method=method,
            path=f"{path}?{query}" if query else path,
            kind=kind,
            body_size_bytes=body_size_bytes,
        )
        (self.sessions if kind == "login" else self.state_changing).append(entry)

    def clear(self) -> None:
        """Forget everything."""
        self.state_changing.clear()
        self.sessions.clear()

    def to_json(self) -> dict[str, list[dict[str, object]]]:
        """Give the document that the control desk serves."""
        return {
            "state_changing": [asdict(entry) for entry in self.state_changing],
            "sessions": [asdict(entry) for entry in self.sessions],
        }


def kind_of_change(*, host: str, method: str, path: str, upgrade: bool) -> str | None:
    """Name what a request would change; None when it only reads.

    A WebSocket handshake counts as a change: what is said through it afterwards passes no gate any more.
    """
    if upgrade:
        return "websocket"
    if method in ("GET", "HEAD"):
        return CHANGING_GETS.get(path) if host != "control" else None
    if host == "control" or method not in CHANGING_METHODS:
        return None
    if (host, path) in READ_ONLY_POSTS and method == "POST":
        return None
    if (host, path) in LOGIN_POSTS and method == "POST":
        return "login"
    return KINDS.get(path, CHANGING_GETS.get(path, "other"))
