"""A parsed guide as the store keeps it, so that it travels between processes without being built in each of them."""

from pydantic import ConfigDict
from pydantic_core import PydanticSerializationError, to_json

from domain.frozen import Frozen
from domain.guide import Guide
from storage.compression import pack, unpack
from storage.surrogates import encodable


class PackedGuide(Frozen):
    """The key of a guide beside its compressed JSON, which is base64 inside JSON."""

    model_config = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")

    portal: str
    item_id: str
    document: str
    parser: str
    parsed: bytes


def pack_guide(guide: Guide) -> PackedGuide:
    """Press a guide; a value of a wrong type raises ``PydanticSerializationError``."""
    return PackedGuide(
        portal=guide.portal,
        item_id=guide.item_id,
        document=guide.document,
        parser=guide.parser,
        parsed=pack(_as_json(guide)),
    )


def unpack_guide(parsed: bytes) -> Guide:
    """Return the guide of a ``PackedGuide.parsed``."""
    return Guide.read_json(unpack(parsed))


def _as_json(guide: Guide) -> bytes:
    try:
        return guide.model_dump_json(warnings="error").encode()
    except PydanticSerializationError:  # half a surrogate pair; a value of a wrong type raises again here
        return to_json(encodable(guide.model_dump(mode="json", warnings="error")))
