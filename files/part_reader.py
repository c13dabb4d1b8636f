"""Reads the XML parts of documents as a stream, without entities, so that hostile XML costs nothing."""

from collections.abc import Iterable
from xml.parsers import expat

from files.contents import UnopenableError, bomb, damaged


class PartHandler:
    """Receives what a part holds; names come without their namespace, which differs between editions of a format."""

    @property
    def satisfied(self) -> bool:
        """Say that the rest of the part does not matter any more."""
        return False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the start of an element."""

    def end(self, name: str) -> None:
        """Take the end of an element."""

    def data(self, text: str) -> None:
        """Take characters, possibly in several pieces."""


def refuse_entity(*_declaration: object) -> None:
    """Refuse a part that declares entities: office programs write none (ECMA-376-2 §7.2), expansion bombs do."""
    raise bomb("declares XML entities")


def read_part(chunks: Iterable[bytes], handler: PartHandler) -> None:
    """Feed a part to a handler, until its end or until the handler is satisfied.

    Raises:
        UnopenableError: the part is not well-formed, or declares entities.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.EntityDeclHandler = refuse_entity
    parser.StartElementHandler = lambda name, attributes: handler.start(local(name), attributes)
    parser.EndElementHandler = lambda name: handler.end(local(name))
    parser.CharacterDataHandler = handler.data
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
            if handler.satisfied:
                return
        parser.Parse(b"", True)
    except UnopenableError:
        raise
    except expat.ExpatError as fault:
        raise damaged(f"XML: {fault}") from fault


def local(name: str) -> str:
    """Drop the namespace prefix of a name."""
    return name.rpartition(":")[2]


def attribute(attributes: dict[str, str], name: str) -> str:
    """Return an attribute by its name without prefix, or an empty string."""
    return next((value for key, value in attributes.items() if local(key) == name), "")
