"""The one way out: pick a data set, a run and a format; get a whole file and a manifest, or one sentence why not."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from domain.errors import PublishRefusedError, UsageError, unknown
from domain.run import Run
from exports.atomic_file import replacing
from exports.csv_file import write_csv
from exports.dataset import Context, datasets
from exports.language import parse_language
from exports.leak_gate import refuse_leaks
from exports.manifest import MANIFEST_NAME, describe, read_manifest, record
from exports.publication_gate import ShrinkLimits, refuse_quarantined, refuse_shrunken
from exports.sheet import Writer, lay_out
from exports.xlsx_file import write_xlsx
from storage.store import Store

SCORED = frozenset({"scores", "totals"})
FORMATS: Mapping[str, Writer] = {"csv": write_csv, "xlsx": write_xlsx}


def export(
    store: Store,
    what: str,
    *,
    run: str,
    format: str,
    out: Path,
    language: str = "zh",
    force: bool = False,
    rule_titles: Mapping[str, str] | None = None,
    workbench_url: str = "",
    limits: ShrinkLimits | None = None,
    secrets: Iterable[str] = (),
) -> tuple[Path, Path]:
    """Write one data set of one run into directory ``out``; return the file and the manifest beside it.

    ``what`` is findings, guides, observations, readability, scores or totals; ``format`` is csv or xlsx;
    ``rule_titles`` maps rule id → Chinese title. An unknown name raises ``UsageError``, a snapshot that shrank
    ``PublishRefusedError`` unless ``force``, a full disk ``MachineError``; a file that holds a secret, of which
    ``secrets`` are the known ones, raises ``RefusedError`` whatever ``force`` says. In all these cases the files in
    the directory stay as they were.
    """
    dataset = datasets.get(what)
    if format not in FORMATS:
        raise unknown("format", format, FORMATS)
    context = Context(
        language=parse_language(language), rule_titles=dict(rule_titles or {}), workbench_url=workbench_url
    )
    source = store.runs.get(run)
    require_directory(out)
    read_manifest(out / MANIFEST_NAME)
    if dataset.id in SCORED:
        refuse_quarantined(source)  # force opens the rest, never this
    forced = pass_gate(store, source, limits or ShrinkLimits(), force=force)
    target = out / f"{source.id}-{dataset.id}.{format}"
    with replacing(target) as scratch:
        rows = FORMATS[format](scratch, lay_out(dataset, store, source.id, context))
        refuse_leaks(scratch, secrets)
    entry = describe(
        target,
        dataset=dataset.id,
        columns=(column.key for column in dataset.columns),
        rows=rows,
        run=source,
        format=format,
        language=language,
        forced=forced,
    )
    return target, record(out, entry)


def require_directory(out: Path) -> None:
    """Raise ``UsageError`` when the target is a file."""
    if out.exists() and not out.is_dir():
        raise UsageError(f"cannot export to {out}: it is a file; allowed: a directory")


def pass_gate(store: Store, run: Run, limits: ShrinkLimits, *, force: bool) -> bool:
    """Ask the publication gate; return whether its refusal was overruled."""
    try:
        refuse_quarantined(run)
        refuse_shrunken(store, run, limits)
    except PublishRefusedError:
        if not force:
            raise
        return True
    return False
