"""Writes the pages of an observation as a WACZ, so that any archive player or reader opens them without this program.

The records come out of the scrubbed trace: what the browser received, without cookies, secrets and scripts that the
trace did not keep. Rendered pages and the pictures of the steps are added as resources of their own.
"""

import base64
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from cdxj_indexer.main import CDXJIndexer
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from domain.errors import MachineError, UsageError
from domain.observation import Observation
from exports.atomic_file import replacing
from storage.store import Store

Entry = dict[str, Any]

WARC_NAME = "archive/data.warc.gz"
INDEX_NAMES = ("indexes/index.idx", "indexes/index.cdx.gz")
PAGES_NAME = "pages/pages.jsonl"
STORED = frozenset({WARC_NAME, "indexes/index.cdx.gz"})
"""Members that are compressed already, which a reader seeks in."""
BODY_IS_PLAIN = frozenset({"content-encoding", "transfer-encoding", "content-length"})
"""Headers that no longer hold once the browser has unpacked a body; kept under another name."""
MILLISECONDS = "milliseconds"


def write_wacz(store: Store, observation: Observation, out: Path) -> Path:
    """Write the archive and return its file; raise ``UsageError`` for an observation without a trace.

    Raises ``MachineError`` for a trace that is missing or has changed.
    """
    if observation.trace is None:
        raise UsageError(f"observation {observation.id!r} has no trace, so there are no pages to be archived")
    try:
        with zipfile.ZipFile(io.BytesIO(store.evidence.get(observation.trace))) as trace:
            entries, bodies = read_trace(trace)
    except (zipfile.BadZipFile, ValueError) as error:
        raise MachineError(f"the trace of {observation.id} cannot be read: {error}") from error
    pictures = {step.index: store.evidence.get(step.screenshot) for step in observation.steps if step.screenshot}
    with TemporaryDirectory(prefix="yuece-wacz-") as folder:
        files = build_files(Path(folder), observation, (entries, bodies), pictures)
    with replacing(out) as part:
        part.write_bytes(pack_wacz(files, observation))
    return out


def read_trace(trace: zipfile.ZipFile) -> tuple[list[Entry], dict[str, bytes]]:
    """Return the network entries of a trace, and the bodies by name."""
    lines = [
        json.loads(line)
        for name in trace.namelist()
        if name.endswith(".network")
        for line in trace.read(name).decode("utf-8", "replace").split("\n")
        if line
    ]
    entries = [line["snapshot"] for line in lines if line.get("type") == "resource-snapshot"]
    bodies = {name.rpartition("/")[2]: trace.read(name) for name in trace.namelist() if name.startswith("resources/")}
    return entries, bodies


def build_files(
    folder: Path, observation: Observation, wire: tuple[list[Entry], dict[str, bytes]], pictures: dict[int, bytes]
) -> dict[str, bytes]:
    """Return the archive's files by name, without the package that describes them."""
    warc = folder / Path(WARC_NAME).name
    with warc.open("wb") as file:
        writer = WARCWriter(file, gzip=True, warc_version="1.1")
        pages = list(write_records(writer, observation, *wire, pictures))
    index, blocks = io.StringIO(), io.BytesIO()
    CDXJIndexer(index, str(warc), sort=True, compress=blocks, data_out_name="index.cdx.gz").process_all()
    header = {"format": "json-pages-1.0", "id": "pages", "title": f"{observation.probe_id} {observation.subject}"}
    listed = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in (header, *pages))
    return {
        WARC_NAME: warc.read_bytes(),
        INDEX_NAMES[0]: index.getvalue().encode(),
        INDEX_NAMES[1]: blocks.getvalue(),
        PAGES_NAME: listed.encode(),
    }


def write_records(
    writer: WARCWriter,
    observation: Observation,
    entries: list[Entry],
    bodies: dict[str, bytes],
    pictures: dict[int, bytes],
) -> Iterator[Entry]:
    """Write every record and yield the pages among them, for the list of pages."""
    about = {"software": f"yuece {version('yuece')}", "format": "WARC File Format 1.1", "isPartOf": observation.id}
    writer.write_record(writer.create_warcinfo_record(Path(WARC_NAME).name, about))
    for number, entry in enumerate(entries):
        body = body_of(entry, bodies)
        if body is None:
            continue
        write_answer(writer, entry, body)
        if entry.get("_resourceType") == "document" and entry["response"]["status"] == 200:
            url = entry["request"]["url"]
            yield {"id": f"page-{number}", "url": url, "ts": warc_date(entry), "title": url}
    for index, picture in pictures.items():
        step = observation.steps[index - 1]
        writer.write_record(
            writer.create_warc_record(
                f"urn:view:{step.url}#step-{index}",
                "resource",
                payload=io.BytesIO(picture),
                warc_content_type="image/webp",
                warc_headers_dict={"WARC-Date": moment_text(step.started_at)},
            )
        )


def body_of(entry: Entry, bodies: dict[str, bytes]) -> bytes | None:
    """Return what an answer carried; ``None`` when nothing came, or when the trace did not keep it."""
    answer = entry["response"]
    content = answer.get("content", {})
    if answer.get("status", -1) <= 0:
        return None
    name = str(content.get("_sha1") or content.get("_file") or "").rpartition("/")[2]
    if name:
        return bodies.get(name)
    if "text" in content:
        text = str(content["text"])
        return base64.b64decode(text) if content.get("encoding") == "base64" else text.encode()
    return b"" if answer["status"] in range(300, 400) or content.get("size", 0) <= 0 else None


def write_answer(writer: WARCWriter, entry: Entry, body: bytes) -> None:
    """Write one answer and the question it belongs to."""
    url, asked, answer = entry["request"]["url"], entry["request"], entry["response"]
    told = [(one["name"], one["value"].replace("\n", ", ")) for one in answer["headers"]]
    plain = [(f"X-Orig-{name}" if name.lower() in BODY_IS_PLAIN else name, value) for name, value in told]
    status = StatusAndHeaders(
        f"{answer['status']} {answer.get('statusText', '')}".strip(), [*plain, ("Content-Length", str(len(body)))]
    )
    status.protocol = "HTTP/1.1"
    about = {"WARC-Date": warc_date(entry)}
    if entry.get("serverIPAddress"):
        about["WARC-IP-Address"] = entry["serverIPAddress"]
    record = writer.create_warc_record(
        url, "response", payload=io.BytesIO(body), http_headers=status, warc_headers_dict=about
    )
    place = url.partition("://")[2].partition("/")[2]
    question = StatusAndHeaders(
        f"{asked['method']} /{place} HTTP/1.1",
        [(one["name"], one["value"]) for one in asked["headers"]],
        is_http_request=True,
    )
    request = writer.create_warc_record(
        url, "request", http_headers=question, warc_headers_dict={"WARC-Date": warc_date(entry)}
    )
    writer.write_request_response_pair(request, record)


def warc_date(entry: Entry) -> str:
    """Return when a request began, as WARC 1.1 writes it."""
    return moment_text(datetime.fromisoformat(entry["startedDateTime"]))


def moment_text(moment: datetime) -> str:
    """Write a moment in UTC with milliseconds."""
    return moment.astimezone(UTC).isoformat(timespec=MILLISECONDS).replace("+00:00", "Z")


def pack_wacz(files: dict[str, bytes], observation: Observation) -> bytes:
    """Zip the files with the package that lists and hashes them, and the hash of that."""
    package = {
        "profile": "data-package",
        "wacz_version": "1.1.1",
        "title": f"{observation.probe_id} {observation.subject}",
        "description": observation.id,
        "created": moment_text(observation.finished_at),
        "software": f"yuece {version('yuece')}",
        "resources": [
            {"name": Path(name).name.lower(), "path": name, "hash": sha256_of(data), "bytes": len(data)}
            for name, data in files.items()
        ],
    }
    described = (json.dumps(package, ensure_ascii=False, indent=1) + "\n").encode()
    digest = json.dumps({"path": "datapackage.json", "hash": sha256_of(described)}) + "\n"
    members = {**files, "datapackage.json": described, "datapackage-digest.json": digest.encode()}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            how = zipfile.ZIP_STORED if name in STORED else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name, observation.finished_at.timetuple()[:6]), data, how)
    return packed.getvalue()


def sha256_of(data: bytes) -> str:
    """Return a hash as a data package writes it."""
    return f"sha256:{hashlib.sha256(data).hexdigest()}"
