"""``python -m sandbox``: serves all hosts of the replica in one process until it is told to stop."""

import asyncio
import contextlib
import os
import signal
import socket
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import orjson
import uvicorn
from starlette.types import ASGIApp

from sandbox.identity import TEST_CITIZEN
from sandbox.launch import (
    HOSTS,
    Arguments,
    LaunchError,
    bind_ports,
    build_replica,
    close_all,
    name_origins,
    read_arguments,
)
from sandbox.replica import Replica
from sandbox.servers.hosts import make_hosts

PARENT_CHECK_S = 1.0


class HostServer(uvicorn.Server):
    """A server among several in one loop: the process, not the server, listens to signals."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals alone."""
        yield


def make_server(app: ASGIApp) -> HostServer:
    """Make the server of one host; pages that never come must not hold up the end for more than a second."""
    config = uvicorn.Config(
        app,
        log_level="error",
        access_log=False,
        lifespan="off",
        ws="none",
        server_header=False,
        date_header=False,  # the outermost layer writes it, so that a scenario can tell another time
        timeout_graceful_shutdown=1,
        timeout_keep_alive=30,
    )
    return HostServer(config)


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file so that a reader sees all of it or nothing."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_bytes(content)
    draft.replace(path)


def make_start_line(arguments: Arguments, replica: Replica) -> bytes:
    """Make the JSON line that tells where everything is."""
    account = {"username": TEST_CITIZEN.username, "password": TEST_CITIZEN.password}
    return orjson.dumps(
        {
            "origins": asdict(replica.origins),
            "test_account": account,
            "seed": replica.corpus.seed,
            "size": len(replica.corpus.items),
            "corpus": arguments.corpus,
            "pid": os.getpid(),
        }
    )


async def watch_parent(parent: int, stop: asyncio.Event) -> None:
    """Stop when the process that started us is gone."""
    while os.getppid() == parent:
        await asyncio.sleep(PARENT_CHECK_S)
    stop.set()


async def serve(replica: Replica, sockets: list[socket.socket], arguments: Arguments, parent: int) -> None:
    """Serve every host until SIGTERM, SIGINT or the parent's end."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    hosts, ports = make_hosts(replica), dict(zip(HOSTS, sockets, strict=True))
    servers = {name: make_server(app) for name, app in hosts.items()}
    running = [asyncio.create_task(server.serve([ports[name]])) for name, server in servers.items()]
    while not all(server.started for server in servers.values()):
        await asyncio.sleep(0.01)
    announce(arguments, make_start_line(arguments, replica))
    watcher = asyncio.create_task(watch_parent(parent, stop)) if arguments.exit_with_parent else None
    await stop.wait()
    if watcher is not None:
        watcher.cancel()
    for server in servers.values():
        server.should_exit = True
    await asyncio.gather(*running)


def announce(arguments: Arguments, line: bytes) -> None:
    """Tell the starter, on stdout and in the announce file, that the hosts answer now."""
    if arguments.announce is not None:
        write_atomically(arguments.announce, line + b"\n")
    print(line.decode(), flush=True)


def main() -> int:
    """Start or refuse, and give the exit code."""
    parent = os.getppid()
    sockets: list[socket.socket] = []
    try:
        arguments = read_arguments()
        sockets = bind_ports(arguments.port)
        replica = build_replica(arguments, name_origins(sockets))
        if arguments.truth is not None:
            write_atomically(arguments.truth, orjson.dumps(replica.corpus.truth, option=orjson.OPT_INDENT_2))
        asyncio.run(serve(replica, sockets, arguments, parent))
    except LaunchError as refusal:
        print(f"sandbox: {refusal.sentence}", file=sys.stderr)
        return refusal.exit_code
    except OSError as error:
        print(f"sandbox: {error.filename or 'the network'} cannot be used: {error.strerror}", file=sys.stderr)
        return 1
    finally:
        close_all(sockets)
    return 0


if __name__ == "__main__":
    sys.exit(main())
