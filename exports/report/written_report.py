"""The one way out for a report: gates first, then the file, read again for secrets before it gets its name."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from domain.errors import unknown
from domain.run import Run
from domain.unit import Unit
from exports.atomic_file import replacing
from exports.dataset import datasets
from exports.export import pass_gate, require_directory
from exports.language import Language
from exports.leak_gate import refuse_leaks
from exports.publication_gate import ShrinkLimits
from exports.report.blocks import Report
from exports.report.docx_file import write_docx
from exports.report.html_file import render_html
from exports.report.period_report import build_period_report
from exports.report.run_facts import Setting, gather, scored_runs
from exports.report.unit_report import build_unit_report
from exports.report.year import gather_year
from storage.store import Store

Printer = Callable[[str, Path, str], None]
"""Prints an HTML page into a PDF file with a running head."""

FORMATS = ("html", "pdf", "docx")
RESTS_ON = ("findings", "observations", "scores", "totals")
"""The data sets that a report is made of; what the publication gate says of them holds for it."""


SPELLED = {Language.ZH: "", Language.EN: "-en"}
"""What is put behind a report's name, so that one language never overwrites the other."""


def write_reports(
    store: Store,
    run: Run,
    *,
    format: str,
    out: Path,
    setting: Setting,
    units: Sequence[Unit] = (),
    printer: Printer | None = None,
    secrets: Iterable[str] = (),
    force: bool = False,
) -> tuple[Path, ...]:
    """Write the report of each named body, or of the whole period where none is named; return the files.

    An unknown format or an unscored run raises ``UsageError``, a run in quarantine or a snapshot that shrank
    ``PublishRefusedError`` (``force`` opens the latter), a file that holds a secret ``RefusedError``.
    """
    if format not in FORMATS or (format == "pdf" and printer is None):
        raise unknown("format", format, FORMATS)
    require_directory(out)
    pass_gate(store, run, [datasets.get(name) for name in RESTS_ON], ShrinkLimits(), force=force)
    facts = gather(store, run)
    history = [gather(store, earlier) for earlier in scored_runs(store, run)[:-1]]
    year = gather_year(store, run)
    known = tuple(secrets)
    if not units:
        report = build_period_report(facts, year, setting, history)
        return (write_one(report, format, out, printer, known),)
    return tuple(
        write_one(build_unit_report(facts, unit, year, setting, history), format, out, printer, known) for unit in units
    )


def write_one(report: Report, format: str, out: Path, printer: Printer | None, secrets: tuple[str, ...]) -> Path:
    """Write one file, all or nothing."""
    target = out / f"{report.name}{SPELLED[report.language]}.{format}"
    with replacing(target) as scratch:
        if format == "docx":
            write_docx(scratch, report)
            refuse_leaks(scratch, secrets)
            return target
        page = render_html(report)
        readable = scratch.with_suffix(".html")
        readable.write_text(page, encoding="utf-8")
        refuse_leaks(readable, secrets)  # of a PDF as well: it is packed, and holds what the page holds
        if format == "pdf" and printer is not None:
            printer(page, scratch, report.running_head)
    return target
