"""The figures that docs/readability.md gives are those of the code."""

import re
from pathlib import Path

from domain.readability import ReadabilityPart
from readability.features import MINIMUM_CHARACTERS
from readability.office_terms import load_terms
from readability.score import RAMPS, WEIGHTS

TEXT = (Path(__file__).resolve().parents[2] / "docs" / "readability.md").read_text(encoding="utf-8")


def test_weights_and_ramps_are_those_of_the_code() -> None:
    table = dict(re.findall(r"^\| (\w+) \| (0\.\d+) \|", TEXT, re.M))
    assert {part.value: f"{WEIGHTS[part]:.2f}" for part in ReadabilityPart} == table
    assert sum(WEIGHTS.values()) == 1
    ramps = dict(re.findall(r"^\| (\w+) \| 0\.\d+ \| 1 − lin\(.*; ([\d., ]+)\) \|", TEXT, re.M))
    assert {part.value: f"{low:g}, {high:g}" for part, (low, high) in RAMPS.items()} == {
        part: ", ".join(f"{float(figure):g}" for figure in figures.split(", ")) for part, figures in ramps.items()
    }


def test_counts_are_those_of_the_code() -> None:
    terms = load_terms()
    assert f"{len(terms.terms)} terms with a gloss each" in TEXT
    assert f"1/{terms.id}/" in TEXT
    assert f"below {MINIMUM_CHARACTERS} characters" in TEXT
