"""What an English report says in English: every sentence that scoring puts on a score, figures, differences."""

import re

import pytest

from domain.comparability import DIFFERENCE_TITLES_EN, Difference
from domain.imported_part import IMPORTED_PART_TITLES_ZH
from exports.figure_names import figure_title
from exports.language import Language
from exports.report.english_notes import english_note
from exports.row_kinds import ROW_KIND_TITLES
from probes.search.query_kind import KIND_TITLES_ZH, QueryKind
from scoring import notes
from scoring.catalogue import figure_rows

HAN = re.compile(r"[\u4e00-\u9fff]")
SENTENCES = {name: told for name, told in vars(notes).items() if name.isupper() and isinstance(told, str)}


@pytest.mark.parametrize("name", SENTENCES)
def test_every_note_of_scoring_has_its_english_sentence(name: str) -> None:
    told = SENTENCES[name].replace("{}", "lin") if name == "MAPPED" else SENTENCES[name].replace("{}", "受理办件量")
    assert HAN.search(SENTENCES[name]), "no note"
    assert not HAN.search(english_note(told)), told


def test_notes_are_read_sentence_by_sentence_and_strange_ones_stay() -> None:
    told = notes.NOT_SHOWN + notes.WAITS_FOR.format("受理办件量、已上报办件量") + "门户原话"
    assert english_note(told).startswith("The portal does not show the body. Waits for other channels: cases ")
    assert english_note(told).endswith(" 门户原话")
    assert english_note("") == ""


def test_every_figure_has_an_english_name() -> None:
    figures = {figure.id for row in figure_rows() for figure in row.figures}
    assert figures
    assert not [one for one in figures if HAN.search(figure_title(one, Language.EN))]
    assert {one for one in figures if not HAN.search(figure_title(one, Language.ZH))} == set()
    assert figures <= IMPORTED_PART_TITLES_ZH.keys()


def test_every_kind_of_query_and_difference_is_named_in_both_languages() -> None:
    assert {kind: ROW_KIND_TITLES[Language.ZH][kind] for kind in QueryKind} == {
        kind: f"{kind} {title}" for kind, title in KIND_TITLES_ZH.items()
    }
    assert ROW_KIND_TITLES[Language.ZH].keys() == ROW_KIND_TITLES[Language.EN].keys()
    assert not [title for title in ROW_KIND_TITLES[Language.EN].values() if HAN.search(title)]
    assert DIFFERENCE_TITLES_EN.keys() == set(Difference)
