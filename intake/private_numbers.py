"""Keeps out of the store what no table of ours asks for: identity numbers, tokens and cookies."""

from collections.abc import Iterable, Sequence

from domain.errors import UsageError
from intake.cell import Cell, plain
from storage.leak_scan import IN_HANDED_IN, LeakScan


def refuse_private(data: bytes, rows: Iterable[Sequence[Cell]], name: str) -> None:
    """Raise ``UsageError`` that names the kinds of what was found, and never the thing itself.

    The file is kept as it was handed in, so every sheet of it is read; names and telephone numbers may stand in it.
    ``rows`` are the cells that were read, since a file in GB18030 is no text to a scan of bytes.
    """
    scan = LeakScan()
    scan.read(data, name, kinds=IN_HANDED_IN)
    cells = (plain(cell) for row in rows for cell in row)
    scan.read("\n".join(cells).encode("utf-8", "replace"), name, kinds=IN_HANDED_IN)
    if found := scan.report().leaks:
        kinds = ", ".join(sorted({leak.kind.value.replace("_", " ") for leak in found}))
        raise UsageError(
            f"{name} holds what no table asks for ({kinds}) and would be kept as evidence; nothing was imported; "
            f"allowed: a table without it"
        )
