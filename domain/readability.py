"""How a guide reads: features of its texts for people to judge by, and a score that counts only after calibration."""

from collections.abc import Mapping
from enum import StrEnum

from domain.frozen import Frozen
from domain.reading_field import ReadingField


class TermUse(Frozen):
    """An office term that a guide uses; ``defined`` says that it is explained where it comes first."""

    term: str
    gloss: str
    uses: int
    defined: bool


class FieldReadability(Frozen):
    """Counts over one field's text. A character is one Chinese character, or one run of letters or digits.

    All counts are 0 where the field is blank; a ratio of nothing is ``None``.
    """

    field: ReadingField
    characters: int
    sentences: int
    clauses: int
    p90_sentence: int  # characters of the sentence that nine in ten are no longer than
    longest: str  # the beginning of the longest sentence
    undefined: Mapping[str, int]  # undefined office term → uses
    undefined_characters: int
    citations: int  # laws and official papers cited by name
    listed: int  # things set out as list items, table rows or steps
    run_on: int  # things enumerated, three or more at a time, inside running text
    catch_alls: tuple[str, ...]

    @property
    def sentence_length(self) -> float | None:
        """Characters per sentence."""
        return ratio(self.characters, self.sentences)

    @property
    def clause_length(self) -> float | None:
        """Characters per clause."""
        return ratio(self.characters, self.clauses)

    @property
    def undefined_share(self) -> float | None:
        """Share of the characters that stand in undefined office terms."""
        return ratio(self.undefined_characters, self.characters)

    @property
    def citations_per_100(self) -> float | None:
        """Citations per 100 characters."""
        return ratio(100 * self.citations, self.characters)

    @property
    def structure(self) -> float | None:
        """Share of the enumerated things that are set out one by one."""
        return ratio(self.listed, self.listed + self.run_on)


class ReadabilityPart(StrEnum):
    """The seven parts of the score R (methodology.md §6)."""

    SENTENCE = "sentence"
    CLAUSE = "clause"
    TERMS = "terms"
    CITATIONS = "citations"
    STRUCTURE = "structure"
    CATCH_ALL = "catch_all"
    EVERYDAY = "everyday"


READABILITY_PART_TITLES_ZH: dict[ReadabilityPart, str] = {
    ReadabilityPart.SENTENCE: "句长",
    ReadabilityPart.CLAUSE: "分句长",
    ReadabilityPart.TERMS: "未解释术语",
    ReadabilityPart.CITATIONS: "法规引用",
    ReadabilityPart.STRUCTURE: "分条列步",
    ReadabilityPart.CATCH_ALL: "兜底说法",
    ReadabilityPart.EVERYDAY: "日常用语、问答或情景",
}


class GuideFigures(Frozen):
    """The features of a whole guide: ``None`` where there is nothing to measure.

    Sentence and clause length are means over the fields, weighted by characters, so that ten short names of materials
    do not hide one endless condition. The other figures are taken over all fields together.
    """

    characters: int
    p90_sentence: float | None
    clause_length: float | None
    undefined_share: float | None
    citations_per_100: float | None
    structure: float | None
    catch_alls: int
    everyday: (
        bool | None
    )  # an everyday name, questions and answers or a scenario; None where the source shows none of it


class GuideReadability(Frozen):
    """How one guide reads.

    ``score`` is R in 0..1, ``None`` where there is too little text; ``parts`` are its seven terms in 0..1, each
    ``None`` where it has no case. ``version`` names the features, the list of terms and the parser behind the reading.
    """

    portal: str
    unit: str | None
    item_id: str
    subject: str  # Guide.code
    document: str
    version: str
    score: float | None
    parts: Mapping[ReadabilityPart, float | None]
    figures: GuideFigures
    terms: tuple[TermUse, ...]  # in the order of their first use
    passed_over: tuple[str, ...]  # strings that only look like a term and were not counted
    fields: tuple[FieldReadability, ...]  # the fields that the source shows

    def field(self, name: ReadingField) -> FieldReadability | None:
        """Return a field's features; ``None`` when the source does not show the field."""
        return next((field for field in self.fields if field.field is name), None)


def ratio(amount: float, of: int) -> float | None:
    """Divide; ``None`` where there is nothing to divide by."""
    return amount / of if of else None
