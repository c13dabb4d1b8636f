"""What an opener hands back, so that every kind of file ends in the same report."""

from dataclasses import dataclass

from domain.file_report import FileProblem


@dataclass(frozen=True, kw_only=True)
class Contents:
    """What is inside an opened file; ``text`` is None where the kind carries none that can be read.

    ``holds_more`` says that there is, or may be, something to see beside text: a picture, a table, a drawing.
    """

    text: str | None = None
    pages: int | None = None
    holds_more: bool = True
    problems: tuple[FileProblem, ...] = ()
    note: str = ""


class UnopenableError(Exception):
    """The file cannot be opened; carries the problem and a sentence of detail."""

    def __init__(self, problem: FileProblem, note: str) -> None:
        super().__init__(note)
        self.problem = problem
        self.note = note


def damaged(fault: BaseException | str) -> UnopenableError:
    """Build the error for a file that its own format's reader refuses."""
    note = fault if isinstance(fault, str) else f"{type(fault).__name__}: {fault}"
    return UnopenableError(FileProblem.DAMAGED, " ".join(note.split())[:200])


def bomb(note: str) -> UnopenableError:
    """Build the error for a file that unpacks beyond the limits."""
    return UnopenableError(FileProblem.BOMB, note)
