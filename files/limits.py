"""How much one stranger's file may cost, in one place, so that tests and operators can tighten it."""

from domain.frozen import Frozen

MEBIBYTE = 1024 * 1024
SNIFFED_BYTES = MEBIBYTE  # of a file that is too large to be opened


class InspectionLimits(Frozen):
    """Limits for one file. Beyond ``bytes_max`` a file is not opened; beyond the others it is reported as a bomb."""

    bytes_max: int = 50 * MEBIBYTE
    unpacked_bytes_max: int = (
        256 * MEBIBYTE
    )  # everything that an archive, a document's parts or nested archives declare
    entries_max: int = 10_000  # of an archive, nested ones together
    archive_depth_max: int = 3  # archives inside archives
    pixels_max: int = 150_000_000  # a sheet of A3 at 800 dpi
    pages_max: int = 500  # whose text is read; further pages are counted only
    text_characters_max: int = 1_000_000  # further text is not read
    processor_s: int = 20
    wall_s: int = 90  # the machine may be busy; processor_s is what counts
    memory_bytes: int = 1024 * MEBIBYTE  # address space of the process that opens files


DEFAULT = InspectionLimits()
