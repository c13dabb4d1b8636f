"""The one door of this package: reads a guide as a citizen would have to, and reports how hard that is."""

from collections.abc import Callable

from domain.guide import Guide
from domain.guide_fields import FieldName
from domain.readability import FieldReadability, GuideFigures, GuideReadability, ratio
from domain.reading_field import ReadingField, passages_of
from readability.field_features import Vocabulary, count_field, finish_field
from readability.glosses import is_asked
from readability.office_terms import OfficeTerms, load_terms
from readability.score import combine, rate_parts

FEATURES_VERSION = 1
"""To be raised with every change that makes the same text read otherwise."""
MINIMUM_CHARACTERS = 50
"""Below this many characters a text tells chance, not style: no score."""
NO_NAME = frozenset({"", "无", "/", "-", "—", "暂无"})


def features_version(terms: OfficeTerms) -> str:
    """Name the features and the list of terms, the part of a reading's version that no document knows."""
    return f"{FEATURES_VERSION}/{terms.id}/"


def reading_version(guide: Guide, terms: OfficeTerms) -> str:
    """Name features, list of terms and parser; readings of the same document and version are equal."""
    return features_version(terms) + guide.parser


def read_guide(guide: Guide, terms: OfficeTerms | None = None) -> GuideReadability:
    """Return the readability features of a guide (methodology.md §6); without ``terms``, by the shipped list."""
    chosen = terms or load_terms()
    vocabulary = Vocabulary(terms=chosen)
    counts = [count_field(name, passages, vocabulary) for name, passages in passages_of(guide).items()]
    _hear_questions(guide, vocabulary)
    uses = vocabulary.report()
    defined = {use.term: use.defined for use in uses}
    fields = tuple(finish_field(count, defined) for count in counts)
    figures = summarise(fields, everyday_of(guide))
    parts = rate_parts(figures)
    return GuideReadability(
        portal=guide.portal,
        unit=guide.unit,
        item_id=guide.item_id,
        subject=guide.code,
        document=guide.document,
        version=reading_version(guide, chosen),
        score=combine(parts) if has_enough(fields) else None,
        parts=parts,
        figures=figures,
        terms=uses,
        passed_over=tuple(vocabulary.passed_over),
        fields=fields,
    )


def summarise(fields: tuple[FieldReadability, ...], everyday: bool | None) -> GuideFigures:
    """Put the fields' counts together for the whole guide."""
    characters = sum(field.characters for field in fields)
    listed = sum(field.listed for field in fields)
    return GuideFigures(
        characters=characters,
        p90_sentence=weighted_mean(fields, lambda field: field.p90_sentence),
        clause_length=weighted_mean(fields, lambda field: field.clause_length or 0),
        undefined_share=ratio(sum(field.undefined_characters for field in fields), characters),
        citations_per_100=ratio(100 * sum(field.citations for field in fields), characters),
        structure=ratio(listed, listed + sum(field.run_on for field in fields)),
        catch_alls=sum(len(field.catch_alls) for field in fields),
        everyday=everyday,
    )


def weighted_mean(fields: tuple[FieldReadability, ...], figure: Callable[[FieldReadability], float]) -> float | None:
    """Return the fields' mean figure, each field weighing as much as it has characters."""
    return ratio(sum(field.characters * figure(field) for field in fields), sum(field.characters for field in fields))


def has_enough(fields: tuple[FieldReadability, ...]) -> bool:
    """Say whether there is enough text for a score; names of materials alone are no prose."""
    prose = sum(field.characters for field in fields if field.field is not ReadingField.MATERIALS)
    return prose >= MINIMUM_CHARACTERS


def everyday_of(guide: Guide) -> bool | None:
    """Say whether an everyday name, questions and answers or a scenario help; ``None`` where none of it is shown."""
    name = guide.text(FieldName.EVERYDAY_NAME)
    if guide.kind == "package" or guide.questions or name not in NO_NAME | {guide.title}:
        return True
    return False if guide.questions is not None or guide.measures(FieldName.EVERYDAY_NAME) else None


def _hear_questions(guide: Guide, vocabulary: Vocabulary) -> None:
    """Count a term as defined when the guide's own questions ask what it means."""
    questions = "\n".join(question.question for question in guide.questions or ())
    if questions:
        vocabulary.defined.update(term for term in vocabulary.uses if is_asked(term, questions))
