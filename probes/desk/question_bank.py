"""The questions that a citizen puts to 智能客服, made from crawled guides, each with what a right answer holds."""

import hashlib
import tomllib
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field

from domain.frozen import Frozen
from domain.guide_fields import FieldName
from domain.known_facts import KnownFacts
from domain.time_limit import parse_time_limit
from probes.desk.answer_figures import read_phones
from probes.probe import ProbeTask

BANK_FILE = Path(__file__).with_name("question_bank.toml")
QUESTIONS_PER_ITEM = 3
PLACE_LENGTH_MIN = 6  # characters: a shorter one names no address


class FactKind(StrEnum):
    """What is asked about an item; the values are keys of the bank's file."""

    GUIDE = "guide"
    PLACE = "place"
    PHONE = "phone"
    DAYS = "days"
    FEE = "fee"
    VISITS = "visits"
    MATERIALS = "materials"


class Gold(Frozen):
    """What a right answer holds: the item's code and address, and the fact as the guide prints it.

    ``also`` are figures of the same kind that the guide prints elsewhere, which an answer may name without being wrong.
    """

    kind: FactKind
    code: str
    url: str = ""
    facts: tuple[str, ...] = ()
    also: tuple[str, ...] = ()

    def describe(self) -> str:
        """Write what is expected, for the evaluator."""
        return "；".join(self.facts) or f"办事指南 {self.code}"


class Question(Frozen):
    """One question in its wordings; one answer is right for all of them."""

    gold: Gold
    wordings: tuple[str, ...]


class Wordings(Frozen):
    """The bank's file: wordings by kind, the controls, the stock phrases."""

    wordings: Mapping[FactKind, Annotated[tuple[str, ...], Field(min_length=3, max_length=3)]]
    controls: Mapping[str, tuple[str, ...]]
    phrases: Mapping[str, tuple[str, ...]]


@cache
def load_wordings(path: Path = BANK_FILE) -> Wordings:
    """Read the bank's file; a file that does not fit raises ``ValidationError``."""
    return Wordings.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))


def questions_of(task: ProbeTask) -> tuple[Question, ...]:
    """Return every question to which the item's guide has the answer (methodology.md §4.4), in the bank's order."""
    department = task.known.text(FieldName.DEPARTMENT)
    if not task.title.strip() or not task.code:
        return ()
    wordings = load_wordings().wordings
    return tuple(
        Question(
            gold=gold,
            wordings=tuple(text.format(department=department, name=task.title) for text in wordings[gold.kind]),
        )
        for gold in golds_of(task)
    )


def golds_of(task: ProbeTask) -> Iterable[Gold]:
    """Yield the gold record of each fact that the guide states readably."""
    yield Gold(kind=FactKind.GUIDE, code=task.code, url=task.online_url)
    for kind, (facts, also) in stated_facts(task.known).items():
        if facts:
            yield Gold(kind=kind, code=task.code, url=task.online_url, facts=facts, also=also)


def stated_facts(known: KnownFacts) -> dict[FactKind, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Read each kind's facts and what may stand beside them; no facts where the guide is silent or unreadable."""
    text = known.text
    phone, days, visits = text(FieldName.ENQUIRY_PHONE), text(FieldName.PROMISE_LIMIT), text(FieldName.VISITS)
    place, fee = text(FieldName.PLACE), text(FieldName.CHARGED)
    return {
        FactKind.PLACE: ((place,) if len(place) >= PLACE_LENGTH_MIN else (), ()),
        FactKind.PHONE: ((phone,) if read_phones(phone) else (), (text(FieldName.COMPLAINT_PHONE),)),
        FactKind.DAYS: ((days,) if parse_time_limit(days) else (), (text(FieldName.LEGAL_LIMIT),)),
        FactKind.FEE: ((f"收费：{fee}", *(known.charges or ())) if fee in ("是", "否") else (), ()),
        FactKind.VISITS: ((visits,) if visits.isdigit() else (), ()),
        FactKind.MATERIALS: (tuple(name for name in known.materials or () if name.strip()), ()),
    }


def draw_questions(task: ProbeTask, count: int = QUESTIONS_PER_ITEM) -> tuple[Question, ...]:
    """Draw an item's questions by a hash of the run's salt, so that nobody can prepare for them."""
    return tuple(sorted(questions_of(task), key=lambda one: draw(task.salt, task.code, one.gold.kind))[:count])


def draw(*parts: str) -> str:
    """Order by a hash that nobody can steer."""
    return hashlib.sha256("|".join(parts).encode()).hexdigest()
