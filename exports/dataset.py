"""A data set as data: which rows it has and which columns each row fills, independent of file formats."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from domain.registry import Registry
from domain.unit import all_units
from exports.code_list import CodeList
from exports.language import Language
from exports.value import FITTING, Form, Value
from storage.store import Store


@dataclass(frozen=True, kw_only=True)
class Context:
    """What a getter may know besides its row.

    ``rule_titles`` maps a rule id to its Chinese title; ``workbench_url`` is the origin of the evaluators' pages, such
    as ``http://127.0.0.1:8780``, or ``""`` when nobody serves them; ``evidence_path`` says where below the store's home
    the bytes of a SHA-256 lie, ``None`` when they are not kept.
    """

    run: str = ""
    language: Language = Language.ZH
    rule_titles: Mapping[str, str] = field(default_factory=dict)
    workbench_url: str = ""
    evidence_path: Callable[[str], str | None] = lambda _: None

    def unit_name(self, unit: str | None) -> str | None:
        """Name a body as in the notice; an unknown id stays as it is."""
        return UNIT_NAMES.get(unit, unit) if unit else None

    def page(self, path: str) -> str:
        """Address of one of the evaluators' pages; a bare path when nobody serves them."""
        return self.workbench_url.rstrip("/") + path


UNIT_NAMES: Mapping[str, str] = {unit.id: unit.name for unit in all_units()}
Row = TypeVar("Row")


@dataclass(frozen=True, kw_only=True)
class Column(Generic[Row]):
    """One column: what every file format, the schema and the dictionary say about a field.

    ``get`` returns a value of ``form``, in no language: a code is the stored code. ``empty`` says in Chinese what no
    value means; a column without that sentence always has a value. ``refers`` names what the value is a key of, such
    as ``guides.item_id``. ``run_bound`` marks values in which the run's id stands literally and which differ between
    two runs in nothing else; ``volatile`` marks values that differ from look to look although nothing about the thing
    itself changed. ``show`` spells the value for a sheet where that is not what its form would give;
    ``width`` is in characters of a sheet's default font.
    """

    key: str
    zh: str
    en: str
    get: Callable[[Row, Context], Value]
    meaning: str
    form: Form = Form.TEXT
    unit: str = ""
    empty: str = ""
    codes: CodeList | None = None
    refers: str = ""
    run_bound: bool = False
    volatile: bool = False
    show: Callable[[Any, Language], str] | None = None
    width: int = 14

    def heading(self, language: Language) -> str:
        """Return the header cell of a sheet."""
        return self.zh if language is Language.ZH else self.en


@dataclass(frozen=True, kw_only=True)
class Dataset(Generic[Row]):
    """Rows of one run; ``rows`` streams, so that a data set of any length needs the memory of one row.

    ``natural_key`` names the columns by which a row is found again in another run. ``count`` counts, without reading
    the rows, what they are about (the publication gate compares it between runs). ``reckoned`` marks what follows
    from scores: it never leaves a run in quarantine, whatever force is used.
    """

    id: str
    zh: str
    en: str
    about: str  # one Chinese sentence for the dictionary
    natural_key: tuple[str, ...]
    columns: tuple[Column[Row], ...]
    rows: Callable[[Store, str], Iterator[Row]]
    count: Callable[[Store, str], int]
    reckoned: bool = False

    def title(self, language: Language) -> str:
        """Return the sheet's name."""
        return self.zh if language is Language.ZH else self.en


datasets: Registry[Dataset[Any]] = Registry("data set", "exports.datasets")


def read_rows(dataset: Dataset[Row], store: Store, run: str, context: Context) -> Iterator[tuple[Value, ...]]:
    """Stream the values of a data set, every one made fit to leave."""
    getters = tuple((column.get, FITTING[column.form]) for column in dataset.columns)
    for row in dataset.rows(store, run):
        yield tuple([fit(get(row, context)) for get, fit in getters])
