"""Serves the pages on this machine only, unless somebody asks for more in so many words."""

import socket
from collections.abc import Callable, Mapping
from ipaddress import ip_address
from pathlib import Path

import uvicorn

from domain.errors import MachineError, RefusedError
from web.application import OWN_NAMES, create_app

DEFAULT_PORT = 8780
EVERY_ADDRESS = "0.0.0.0"


def serve(
    home: Path,
    *,
    host: str = "127.0.0.1",
    port: int = DEFAULT_PORT,
    expose: bool = False,
    rule_titles: Mapping[str, str] = {},
    tool_commit: str = "unknown",
    announce: Callable[[str], None] = lambda url: None,
) -> None:
    """Serve the store in ``home`` until interrupted; ``announce`` is told the address once the port is ours.

    Port 0 takes any free port. A host beyond this machine needs ``expose``, else ``RefusedError``; a taken port raises
    ``MachineError``.
    """
    require_loopback(host, expose=expose)
    names = ["*"] if host == EVERY_ADDRESS else [*OWN_NAMES, host]
    app = create_app(home, rule_titles=rule_titles, allowed_hosts=names, tool_commit=tool_commit)
    with listen(host, port) as listener:
        announce(f"http://{host}:{listener.getsockname()[1]}/")
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False, server_header=False))
        server.run(sockets=[listener])


def require_loopback(host: str, *, expose: bool) -> None:
    """Raise ``RefusedError`` for a host that other machines can reach, unless that was asked for."""
    if not expose and not is_loopback(host):
        raise RefusedError(
            f"refusing to serve on {host!r}: other machines could read the evidence; "
            "allowed: localhost, 127.0.0.1, or --expose"
        )


def is_loopback(host: str) -> bool:
    """Say whether only this machine can reach the host."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def listen(host: str, port: int) -> socket.socket:
    """Bind the port before anything is announced; raise ``MachineError`` when that fails."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(128)
    except (OSError, OverflowError) as error:
        listener.close()
        reason = getattr(error, "strerror", None) or str(error)
        raise MachineError(f"cannot serve on {host}:{port}: {reason}; choose another port") from error
    return listener
