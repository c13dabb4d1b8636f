"""What it takes to start: arguments, ports and the corpus; every refusal is one sentence and an exit code."""

import argparse
import socket
from dataclasses import dataclass, fields
from pathlib import Path

from sandbox.corpus_file import is_corpus_file, read_corpus
from sandbox.faults import Faults, load_fault_document, read_fault_plan
from sandbox.model import Corpus, Origins
from sandbox.replica import Replica
from sandbox.vanishing import VANISHING_KEY, Vanishing, read_vanishing

LOOPBACK = "127.0.0.1"
HOSTS = tuple(field.name for field in fields(Origins))
SWITCHED_OFF = "closed"  # its port is taken, so that nobody else answers there, and refuses every connection
SIZES = {"small": 150, "medium": 1200}
LATENCY_MAX_MS = 10_000


class LaunchError(Exception):
    """The sandbox cannot start: `sentence` says why, `exit_code` is 2 for a wrong call and 1 for a wrong world."""

    def __init__(self, sentence: str, *, exit_code: int) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.exit_code = exit_code


@dataclass(frozen=True, kw_only=True)
class Arguments:
    """The command line after it was checked; `size` counts items."""

    port: int
    corpus: str
    size: int
    seed: int
    plant: int | None
    faults: Path | None
    truth: Path | None
    announce: Path | None
    exit_with_parent: bool
    latency_ms: int = 0


def make_parser() -> argparse.ArgumentParser:
    """Make the parser of ``python -m sandbox``."""
    parser = argparse.ArgumentParser(
        prog="python -m sandbox", description="Serve a replica of the government service portals on loopback."
    )
    parser.add_argument("--port", type=int, default=8700, help="first of nine ports in a row; 0: nine free ones")
    parser.add_argument("--corpus", default="demo", help="demo, or a file of captured records")
    parser.add_argument("--size", default="small", help="small (150 items), medium (1200) or a number")
    parser.add_argument("--seed", type=int, default=1, help="the demo corpus is the same for the same seed")
    parser.add_argument("--plant", type=int, help="how often each kind of defect is planted; default: by the size")
    parser.add_argument(
        "--faults", type=Path, help="TOML or JSON: {task code, body key or '*': [misbehaviour, …]}, field_vanishes"
    )
    parser.add_argument("--truth", type=Path, help="write what is true about the corpus to this file")
    parser.add_argument("--announce", type=Path, help="write the start line to this file, too")
    parser.add_argument("--exit-with-parent", action="store_true", help="stop when the starting process is gone")
    parser.add_argument("--latency-ms", type=int, default=0, help="how long every answer is on its way; default: 0")
    return parser


def read_arguments(words: list[str] | None = None) -> Arguments:
    """Read the command line; LaunchError (exit code 2) for a size or port that cannot be."""
    known = make_parser().parse_args(words)
    if not 0 <= known.port <= 65535 - len(HOSTS) + 1:
        raise LaunchError(f"--port {known.port} is not allowed; give 0 or a first port up to 65527", exit_code=2)
    if known.plant is not None and known.plant < 1:
        raise LaunchError(f"--plant {known.plant} is not allowed; give a number above 0", exit_code=2)
    if not 0 <= known.latency_ms <= LATENCY_MAX_MS:
        raise LaunchError(f"--latency-ms {known.latency_ms} is not allowed; give 0 to {LATENCY_MAX_MS}", exit_code=2)
    return Arguments(**{**vars(known), "size": read_size(known.size)})


def read_size(text: str) -> int:
    """Read ``small``, ``medium`` or a number of items."""
    if text in SIZES:
        return SIZES[text]
    if text.isascii() and text.isdecimal() and int(text) > 0:
        return int(text)
    raise LaunchError(f"--size {text!r} is not allowed; give small, medium or a number of items above 0", exit_code=2)


def bind_ports(first: int) -> list[socket.socket]:
    """Bind one listening socket per host, all or none; LaunchError (exit code 1) names the port that is taken."""
    bound: list[socket.socket] = []
    for at, host in enumerate(HOSTS):
        port = first + at if first else 0
        try:
            bound.append(bind_port(port, listening=host != SWITCHED_OFF))
        except OSError as error:
            close_all(bound)
            reason = error.strerror or str(error)
            sentence = f"port {port} for host {host} cannot be used ({reason}); give another --port, or --port 0"
            raise LaunchError(sentence, exit_code=1) from error
    return bound


def bind_port(port: int, *, listening: bool) -> socket.socket:
    """Bind a loopback port, and listen on it unless its host is switched off."""
    # asyncio turns Nagle's delay off only for sockets that name their protocol; without it each answer waits 40 ms.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((LOOPBACK, port))
        if listening:
            listener.listen(512)
    except OSError:
        listener.close()
        raise
    return listener


def close_all(sockets: list[socket.socket]) -> None:
    """Give the ports back."""
    for listener in sockets:
        listener.close()


def name_origins(sockets: list[socket.socket]) -> Origins:
    """Name the hosts by the ports they got."""
    addresses = (f"http://{LOOPBACK}:{listener.getsockname()[1]}" for listener in sockets)
    return Origins(**dict(zip(HOSTS, addresses, strict=True)))


def load_corpus(arguments: Arguments, origins: Origins) -> Corpus:
    """Make the demo corpus or read the file; LaunchError names what cannot be read or made."""
    try:
        if arguments.corpus == "demo":
            from sandbox.corpus.demo import make_demo  # noqa: PLC0415 - a corpus from a file must not pay for the demo

            return make_demo(seed=arguments.seed, size=arguments.size, origins=origins, plant=arguments.plant)
        return load_corpus_file(Path(arguments.corpus), origins)
    except OSError as error:
        reason = error.strerror or error
        raise LaunchError(f"corpus {arguments.corpus!r} cannot be read: {reason}", exit_code=2) from error
    except (ValueError, KeyError, TypeError) as error:
        raise LaunchError(f"corpus {arguments.corpus!r} cannot be used: {error}", exit_code=2) from error


def load_corpus_file(path: Path, origins: Origins) -> Corpus:
    """Read our own corpus format, or a file of captured records."""
    content = path.read_bytes()
    if is_corpus_file(content):
        return read_corpus(content, origins=origins)
    from sandbox.corpus.captured import load_captured  # noqa: PLC0415 - see load_corpus

    return load_captured(path, origins=origins)


def load_faults(path: Path | None, corpus: Corpus) -> tuple[Faults, Vanishing]:
    """Read the faults file; LaunchError says what is wrong with it."""
    if path is None:
        return Faults(), Vanishing()
    try:
        document = load_fault_document(path)
        vanishing = document.pop(VANISHING_KEY, {}) if isinstance(document, dict) else {}
        return Faults(read_fault_plan(document, corpus)), read_vanishing(vanishing)
    except OSError as error:
        raise LaunchError(
            f"faults file {str(path)!r} cannot be read: {error.strerror or error}", exit_code=2
        ) from error
    except ValueError as error:
        raise LaunchError(f"faults file {str(path)!r} cannot be used: {error}", exit_code=2) from error


def build_replica(arguments: Arguments, origins: Origins) -> Replica:
    """Build everything the hosts share."""
    corpus = load_corpus(arguments, origins)
    faults, vanishing = load_faults(arguments.faults, corpus)
    return Replica(
        corpus=corpus, origins=origins, faults=faults, vanishing=vanishing, latency_s=arguments.latency_ms / 1000
    )
