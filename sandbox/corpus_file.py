"""Writes a corpus to a file and reads it back for other origins, so that a test can serve records it made by hand."""

from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import asdict, astuple, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import orjson

from sandbox.form_traits import FormTraits
from sandbox.model import Application, Attachment, Body, Booking, Corpus, Item, Origins, SearchHabit

FORMAT = "yuece-sandbox-corpus/1"


def make_placeholder_origins() -> Origins:
    """Make origins for a corpus that is built before its ports are known; the ``.invalid`` names never resolve."""
    return Origins(**{field.name: f"http://{field.name}.sandbox.invalid" for field in fields(Origins)})


def dump_corpus(corpus: Corpus, path: Path, *, origins: Origins) -> None:
    """Write a corpus that was built for `origins`."""
    files = [asdict(file) | {"content": b64encode(file.content).decode()} for file in corpus.attachments.values()]
    document = {
        "format": FORMAT,
        "origins": asdict(origins),
        "seed": corpus.seed,
        "bodies": [asdict(body) for body in corpus.bodies],
        "items": [asdict(item) for item in corpus.items],
        "attachments": files,
        "truth": corpus.truth,
    }
    path.write_bytes(orjson.dumps(document))


def is_corpus_file(content: bytes) -> bool:
    """Say whether these are the bytes of such a file."""
    return content[:200].replace(b" ", b"").startswith(b'{"format":"' + FORMAT.encode())


def read_corpus(content: bytes, *, origins: Origins) -> Corpus:
    """Read a corpus, putting `origins` in place of those it was built for.

    Raises KeyError, TypeError or ValueError when the document has another shape.
    """
    built_for = Origins(**orjson.loads(content)["origins"])
    text = content.decode("utf-8")
    for old, new in zip(astuple(built_for), astuple(origins), strict=True):
        text = text.replace(urlsplit(old).netloc, urlsplit(new).netloc)
    document = orjson.loads(text)
    files = [Attachment(**file | {"content": b64decode(file["content"])}) for file in document["attachments"]]
    return Corpus(
        seed=document["seed"],
        bodies=tuple(Body(**body) for body in document["bodies"]),
        items=tuple(read_item(item) for item in document["items"]),
        attachments={file.guid: file for file in files},
        truth=document["truth"],
    )


def read_item(record: Mapping[str, Any]) -> Item:
    """Read one item with what hangs on it."""
    booking, application = record["booking"], record["application"]
    return Item(
        **{
            **record,
            "booking": booking and read_booking(booking),
            "application": read_application(application),
            "search": SearchHabit(**record["search"]),
            "misbehaviours": tuple(record["misbehaviours"]),
            "linked": tuple(record["linked"]),
        }
    )


def read_application(record: Mapping[str, Any]) -> Application:
    """Read what waits behind 在线办理."""
    traits = record["traits"]
    lists = {name: tuple(traits[name]) for name in ("upload_kinds", "broken_rules")}
    return Application(**{**record, "pages": tuple(record["pages"]), "traits": FormTraits(**{**traits, **lists})})


def read_booking(record: Mapping[str, Any]) -> Booking:
    """Read a calendar."""
    return Booking(**{**record, **{name: tuple(record[name]) for name in ("free_by_day", "missing")}})
