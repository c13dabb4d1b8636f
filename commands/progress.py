"""Progress bars for people, on stderr so that stdout stays a program's."""

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

PHASES = {
    "crawl": "采集 crawl (bodies)",
    "parse": "解析 parse (guides)",
    "readability": "易懂性 readability (guides)",
    "addresses": "链接与附件 addresses (looks)",
    "files": "附件检查 files (inspected)",
    "audit": "审核 audit (guides)",
    "faces": "所见 faces (page, print and mobile page against the data)",
    "probe": "探测 probe (journeys)",
    "export": "导出 export (files)",
}


class BarReporter:
    """Shows each phase as a bar."""

    def __init__(self) -> None:
        columns = (TextColumn("{task.description:<24}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self._progress = Progress(*columns, console=Console(stderr=True))
        self._bars: dict[str, TaskID] = {}

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def begin(self, phase: str, total: int) -> None:
        self._bars[phase] = self._progress.add_task(PHASES.get(phase, phase), total=total)

    def advance(self, phase: str, amount: int = 1) -> None:
        self._progress.advance(self._bars[phase], amount)

    def note(self, text: str) -> None:
        self._progress.console.print(text, markup=False, soft_wrap=True)
