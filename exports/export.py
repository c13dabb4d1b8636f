"""The one way out: pick data sets, a run and a format; get whole files with their papers, or one sentence why not."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from domain.errors import MachineError, PublishRefusedError, UsageError, unknown
from domain.run import Run
from exports.atomic_file import replacing
from exports.changes import CHANGE, take_changes
from exports.checksums import write_checksums
from exports.csv_file import write_csv
from exports.dataset import Context, Dataset, datasets
from exports.dictionary import write_dictionary
from exports.extract import Extract, Writer, take_all
from exports.json_schema import delta_schema_of, schema_of
from exports.jsonl_file import write_jsonl
from exports.language import Language, parse_language
from exports.leak_gate import refuse_leaks
from exports.manifest import MANIFEST_NAME, describe, read_manifest, record
from exports.parquet_file import write_parquet
from exports.publication_gate import ShrinkLimits, refuse_quarantined, refuse_shrunken
from exports.schema_files import write_schema
from exports.sheet import lay_out
from exports.xlsx_file import write_xlsx
from storage.store import Store

ALL = "all"


def _write_csv(path: Path, extract: Extract, language: Language) -> int:
    return write_csv(path, lay_out(extract, language))


def _write_xlsx(path: Path, extract: Extract, language: Language) -> int:
    return write_xlsx(path, lay_out(extract, language))


FORMATS: Mapping[str, Writer] = {
    "csv": _write_csv,
    "jsonl": write_jsonl,
    "parquet": write_parquet,
    "xlsx": _write_xlsx,
}


def export(
    store: Store,
    what: str,
    *,
    run: str,
    format: str,
    out: Path,
    language: str = "zh",
    since: str | None = None,
    force: bool = False,
    rule_titles: Mapping[str, str] | None = None,
    workbench_url: str = "",
    limits: ShrinkLimits | None = None,
    secrets: Iterable[str] = (),
) -> tuple[Path, ...]:
    """Write data sets of one run into directory ``out``; return the files and the manifest beside them.

    ``what`` is the id of a data set or ``all``; ``format`` is csv, jsonl, parquet or xlsx; ``since`` is an earlier run
    of the same target, against which only the changes are written; ``rule_titles`` maps rule id → Chinese title. An
    unknown name raises ``UsageError``, a snapshot that shrank ``PublishRefusedError`` unless ``force``, a full disk
    ``MachineError``; a file that holds a secret, of which ``secrets`` are the known ones, raises ``RefusedError``
    whatever ``force`` says. In all these cases a file that was there stays as it was.
    """
    chosen = datasets.all() if what == ALL else (datasets.get(what),)
    if format not in FORMATS:
        raise unknown("format", format, FORMATS)
    source = store.runs.get(run)
    earlier = None if since is None else find_earlier(store, source, since)
    context = Context(
        run=source.id,
        language=parse_language(language),
        rule_titles=dict(rule_titles or {}),
        workbench_url=workbench_url,
        evidence_path=path_finder(store),
    )
    require_directory(out)
    read_manifest(out / MANIFEST_NAME)
    forced = pass_gate(store, source, chosen, limits or ShrinkLimits(), force=force)
    door = _Door(store, source, earlier, context, format, out, forced, tuple(secrets))
    written = tuple(door.write(dataset) for dataset in chosen)
    if what == ALL:
        write_dictionary(out)
    write_checksums(out)
    return (*written, out / MANIFEST_NAME)


@dataclass(frozen=True)
class _Door:
    """What all files of one export have in common."""

    store: Store
    run: Run
    earlier: Run | None
    context: Context
    format: str
    out: Path
    forced: bool
    secrets: tuple[str, ...]

    def write(self, dataset: Dataset[Any]) -> Path:
        """Write one data set, then its schema, then enter it into the manifest."""
        since = f"-since-{self.earlier.id}" if self.earlier else ""
        target = self.out / f"{self.run.id}{since}-{dataset.id}.{self.format}"
        with replacing(target) as scratch:
            extract, changes = self._take(dataset, scratch)
            rows = FORMATS[self.format](scratch, extract, self.context.language)
            refuse_leaks(scratch, self.secrets)
        schema = delta_schema_of(dataset, CHANGE) if self.earlier else schema_of(dataset)
        entry = describe(
            target,
            dataset=dataset.id,
            natural_key=dataset.natural_key,
            schema_file=write_schema(self.out, extract.dataset, schema),
            columns=extract.keys,
            rows=rows,
            run=self.run,
            format=self.format,
            language=self.context.language.value,
            since=self.earlier.id if self.earlier else None,
            changes=changes,
            forced=self.forced,
        )
        record(self.out, entry, filter(None, (self.run, self.earlier)))
        return target

    def _take(self, dataset: Dataset[Any], scratch: Path) -> tuple[Extract, Mapping[str, int]]:
        if self.earlier is None:
            return take_all(dataset, self.store, self.context), {}
        before = Context(**{**vars(self.context), "run": self.earlier.id})
        return take_changes(dataset, self.store, self.context, before, scratch.with_name("earlier.sqlite"))


def find_earlier(store: Store, run: Run, since: str) -> Run:
    """Return the run to compare with; raise ``UsageError`` for one that is later or looked at something else."""
    earlier = store.runs.get(since)
    if earlier.target != run.target or earlier.started_at >= run.started_at:
        raise UsageError(f"run {since} cannot be compared with; allowed: a run of {run.target} before {run.id}")
    return earlier


def path_finder(store: Store) -> Callable[[str], str | None]:
    """Return what says where below the store's home an artefact lies; neighbouring rows often share one."""

    @lru_cache(maxsize=1024)
    def find(sha256: str) -> str | None:
        path = store.evidence.path(sha256) if sha256 else None
        return None if path is None else path.relative_to(store.home).as_posix()

    return find


def require_directory(out: Path) -> None:
    """Raise ``UsageError`` when the target is a file, ``MachineError`` when it cannot be made: before any work.

    Nothing is made yet, since what comes next may be refused.
    """
    if out.exists() and not out.is_dir():
        raise UsageError(f"cannot export to {out}: it is a file; allowed: a directory")
    there = next(folder for folder in (out, *out.absolute().parents) if folder.exists())
    try:
        with TemporaryFile(dir=there):
            pass
    except OSError as error:
        raise MachineError(f"cannot write to {out}: {error.strerror or error}") from error


def pass_gate(store: Store, run: Run, chosen: Sequence[Dataset[Any]], limits: ShrinkLimits, *, force: bool) -> bool:
    """Ask the publication gate about every data set; return whether its refusal was overruled."""
    if any(dataset.reckoned for dataset in chosen):
        refuse_quarantined(run)  # force opens the rest, never this
    try:
        refuse_quarantined(run)
        refuse_shrunken(store, run, limits, chosen)
    except PublishRefusedError:
        if not force:
            raise
        return True
    return False
