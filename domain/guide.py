"""A service guide (办事指南) in normal form: every fact keeps what the portal printed beside what was read from it."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any, Literal

from pydantic import AwareDatetime
from pydantic_core import PydanticSerializationError, from_json

from domain.frozen import Frozen
from domain.guide_fields import FieldName, FieldState, MaterialPart


class Field(Frozen):
    """One fact of a guide.

    ``raw`` is the source's text untouched (``None`` when the source has no such key); ``value`` is the text after
    normalisation (entities, tags, white space), ``""`` when nothing is left. ``state`` here only says ok, blank or
    not_measured: judging placeholders, forms and contradictions is the rules' work.
    """

    raw: str | None
    value: str
    state: FieldState

    @property
    def measured(self) -> bool:
        return self.state is not FieldState.NOT_MEASURED


@lru_cache(maxsize=8192)
def short_field(raw: str | None, value: str, state: FieldState) -> Field:
    """Return one field for all guides that say the same: 是, 否, codes and blanks come again in every one."""
    return Field(raw=raw, value=value, state=state)


SHORT_CHARACTERS = 32
UNSEEN = Field(raw=None, value="", state=FieldState.NOT_MEASURED)
"""A field that the source cannot show: our blindness, never the body's fault."""


class AttachmentLink(Frozen):
    """A file offered with a material, as linked; ``url`` is absolute."""

    name: str
    url: str


class Material(Frozen):
    """One required material. ``None`` = the source does not show this part; ``""`` or ``()`` = shown and blank."""

    name: str
    kind: str | None = None
    necessity: str | None = None
    source: str | None = None
    source_note: str | None = None
    originals: str | None = None
    copies: str | None = None
    medium: str | None = None
    paper_format: str | None = None
    exempt: str | None = None
    licence: str | None = None
    forms: tuple[AttachmentLink, ...] | None = None
    samples: tuple[AttachmentLink, ...] | None = None

    def measures(self, part: MaterialPart) -> bool:
        """Say whether the source shows this part at all."""
        return getattr(self, part.value) is not None


class Law(Frozen):
    """One legal basis; ``effective`` is ``None`` where no date could be read."""

    name: str
    number: str = ""
    clause: str = ""
    content: str = ""
    issuer: str = ""
    effective_text: str = ""
    effective: date | None = None


class Window(Frozen):
    """One service window of the hall."""

    name: str = ""
    address: str = ""
    hours: str = ""
    phone: str = ""
    transport: str = ""


class FlowStep(Frozen):
    """One step of handling, with its own time limit as printed."""

    name: str
    handler: str = ""
    limit: str = ""
    result: str = ""
    delivery: str | None = None  # 送达方式; None = the source does not show it


class Charge(Frozen):
    """One charge row."""

    name: str = ""
    standard: str = ""
    basis: str = ""


class Intermediary(Frozen):
    """One intermediary service (中介服务); ``None`` = the source does not show this part."""

    name: str = ""
    catalogue_code: str | None = None  # its number in the list of intermediary services
    price: str | None = None  # standard or basis of the charge


class SpecialProcedure(Frozen):
    """One special procedure (特别程序) that stops the clock; ``None`` = the source does not show this part."""

    name: str = ""  # which one and thus why: 专家评审, 现场勘验
    limit: str | None = None


class HandlingResult(Frozen):
    """One result (审批结果); ``None`` = the source does not show this part."""

    name: str = ""
    kind: str = ""
    document: str = ""  # 证照, 批文, 其他 (portals.md §3.3, SUBJECT_RESULT_TYPE)
    samples: tuple[AttachmentLink, ...] | None = None


class RangeScope(Frozen):
    """One range of 跨域通办 with the divisions that take part; ``None`` = the source does not list them."""

    range: str = ""
    divisions: tuple[str, ...] | None = None


class Remedy(Frozen):
    """Where a citizen turns against a decision; ``None`` = the source does not show this part."""

    department: str | None = None
    address: str | None = None
    phone: str | None = None


class Question(Frozen):
    """One frequently asked question."""

    question: str = ""
    answer: str = ""


GuideSchema = Literal["item", "package", "mobile", "mapped"]


class Guide(Frozen):
    """One published guide.

    A detail tuple (``materials``, ``laws`` …) is ``None`` when the source does not show that table and ``()`` when it
    shows an empty one; the field of the same subject in ``fields`` says ``not_measured`` or ``blank`` accordingly.
    """

    portal: str
    unit: str | None  # Unit.id; None when the guide comes from a list that knows no evaluated body
    item_id: str
    code: str  # 业务办理项编码 where there is one, 实施编码 otherwise: the subject of every finding
    title: str
    listed_title: str = ""  # the name under which the portal's list shows it; "" = not read
    url: str
    document: str  # SHA-256 of the raw document it was read from
    captured_at: AwareDatetime
    parser: str  # id and version of what read it, such as "gdzwfw-item/1"
    kind: GuideSchema = "item"
    area_code: str | None = None  # GB/T 2260 code of the region that publishes it
    fields: Mapping[FieldName, Field]
    materials: tuple[Material, ...] | None = None
    laws: tuple[Law, ...] | None = None
    windows: tuple[Window, ...] | None = None
    steps: tuple[FlowStep, ...] | None = None
    charges: tuple[Charge, ...] | None = None
    questions: tuple[Question, ...] | None = None
    intermediaries: tuple[Intermediary, ...] | None = None
    special_procedures: tuple[SpecialProcedure, ...] | None = None
    results: tuple[HandlingResult, ...] | None = None
    ranges: tuple[RangeScope, ...] | None = None
    reconsideration: Remedy | None = None
    litigation: Remedy | None = None

    def field(self, name: FieldName) -> Field:
        """Return a field; one that the source never carries is ``UNSEEN``."""
        return self.fields.get(name, UNSEEN)

    def text(self, name: FieldName) -> str:
        """Return a field's normalised text, ``""`` when blank or unseen."""
        field = self.fields.get(name)
        return "" if field is None else field.value

    def measures(self, *names: FieldName) -> bool:
        """Say whether the source shows every one of these fields."""
        return all(self.field(name).measured for name in names)

    @property
    def item_type_code(self) -> str:
        """事项类型 as Guangdong's two-digit code, ``""`` when unknown (portals.md §3.2)."""
        return self.text(FieldName.ITEM_TYPE_CODE)

    def without(self, unseen: frozenset[FieldName]) -> "Guide":
        """Return the guide with fields declared unseen, because no document of the whole crawl carries them."""
        hidden = {name: UNSEEN for name in unseen if self.field(name).measured and not self.field(name).value}
        if not hidden:
            return self
        tables = {table: None for table, name in TABLE_FIELDS.items() if name in hidden}
        return self.model_copy(update={"fields": {**self.fields, **hidden}, **tables})

    @classmethod
    def read_json(cls, data: bytes) -> "Guide":
        """Read what ``model_dump_json`` wrote, twice as fast as validation would, since most fields are short."""
        document = from_json(data)
        document["fields"] = {FIELD_NAMES[name]: read_field(**field) for name, field in document["fields"].items()}
        return cls.model_validate(document)

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel to another process as JSON, which takes a third of the time of pickling a hundred small values."""
        try:
            return Guide.read_json, (self.model_dump_json().encode(),)
        except PydanticSerializationError:  # half a surrogate pair, which JSON cannot hold
            return tuple(super().__reduce__())


FIELD_NAMES: dict[str, FieldName] = {name.value: name for name in FieldName}


def read_field(*, raw: str | None, value: str, state: FieldState) -> Field:
    """Build a field, or take the one that other guides have already."""
    short = raw is None or len(raw) <= SHORT_CHARACTERS
    return short_field(raw, value, state) if short else Field(raw=raw, value=value, state=state)


TABLE_FIELDS: dict[str, FieldName] = {  # a source without hours has addresses at most, no windows
    "materials": FieldName.MATERIALS,
    "laws": FieldName.LEGAL_BASIS,
    "steps": FieldName.FLOW_STEPS,
    "charges": FieldName.CHARGES,
    "questions": FieldName.QUESTIONS,
    "windows": FieldName.HOURS,
    "intermediaries": FieldName.INTERMEDIARY,
    "special_procedures": FieldName.SPECIAL_PROCEDURE,
    "results": FieldName.RESULTS,
    "ranges": FieldName.RANGE,
    "reconsideration": FieldName.RECONSIDERATION,
    "litigation": FieldName.LITIGATION,
}
