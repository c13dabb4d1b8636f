"""Grades one answer of a service desk against its gold record: link, figures and lists, without a language model.

1 right, 0.5 some of it, 0 wrong or nothing (methodology.md §4.4). A wrong figure beats a right link: who reads a wrong
telephone number is misled even with the guide beside it, so such an answer is graded 0 and a person looks at it.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from urllib.parse import urlsplit

from rapidfuzz import fuzz

from probes.desk import answer_figures as figures
from probes.desk.question_bank import FactKind, Gold, load_wordings

FULL, PARTLY = 0.8, 0.3  # shares of the gold facts from which on an answer is right, or half right
ALIKE = 85.0  # rapidfuzz ratio from which on two names are one
ITEM_LENGTH = 31  # 实施编码; two more characters name a 业务办理项 (portals.md §3.2)
WORDED = frozenset({FactKind.PLACE, FactKind.MATERIALS})  # facts in words, which may hold the item's own name
SEPARATORS = re.compile(r"[；;，,、。\n\r]|\d+[.、)）](?!\d)")
NOISE = re.compile(r"[\s“”\"'《》（）()【】\[\]：:·\-—等]+")
DIGITS = re.compile(r"\d+")


class Manner(StrEnum):
    """How an answer was taken."""

    LINK = "link"
    FACT = "fact"
    PART = "part"
    CONTRADICTED = "contradicted"  # a wrong figure beside the right one, or beside the right link
    WRONG = "wrong"  # a wrong figure alone
    REFUSED = "refused"
    RELATED = "related"  # links, none of them the item's
    NOTHING = "nothing"


MANNER_TITLES_ZH: Mapping[Manner, str] = {
    Manner.LINK: "给出正确指南链接",
    Manner.FACT: "内容正确",
    Manner.PART: "部分正确",
    Manner.CONTRADICTED: "正误并存",
    Manner.WRONG: "数值错误",
    Manner.REFUSED: "套话拒答",
    Manner.RELATED: "只给出其他事项",
    Manner.NOTHING: "答非所问",
}


@dataclass(frozen=True, kw_only=True)
class Heard:
    """The final answer as text, with the addresses of its links and the words on cards and buttons."""

    text: str
    urls: Sequence[str] = ()
    labels: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class Grading:
    """A grade with how it came about; ``doubt`` asks for a person."""

    grade: float
    manner: Manner
    doubt: bool = False


@dataclass(frozen=True, kw_only=True)
class Match:
    """What a text says about a fact: the share of the gold that is there, and whether a figure of the kind is wrong."""

    share: float
    wrong: bool = False


def grade_answer(gold: Gold, heard: Heard, *, name: str) -> Grading:
    """Grade an answer; ``name`` is the item's own name, whose figures and 免费 are nobody's statement."""
    linked = links_item(gold, heard)
    said = heard.text if gold.kind in WORDED else heard.text.replace(name, " ")
    match = MATCHERS[gold.kind](gold, said)
    if match.wrong:
        beside = linked or match.share > 0
        return Grading(grade=0.0, manner=Manner.CONTRADICTED if beside else Manner.WRONG, doubt=beside)
    if linked:
        return Grading(grade=1.0, manner=Manner.LINK)
    if match.share >= FULL:
        return Grading(grade=1.0, manner=Manner.FACT)
    if match.share >= PARTLY:
        return Grading(grade=0.5, manner=Manner.PART, doubt=True)
    return Grading(grade=0.0, manner=name_failure(heard))


def grade_control(heard: Heard) -> Grading:
    """Grade the answer to a question of no office: 1 turned away, 0 answered with a link, 0.5 for a person to judge."""
    if refuses(heard.text):
        return Grading(grade=1.0, manner=Manner.REFUSED)
    if heard.urls:
        return Grading(grade=0.0, manner=Manner.RELATED)
    return Grading(grade=0.5, manner=Manner.NOTHING, doubt=True)


def name_failure(heard: Heard) -> Manner:
    """Say why an answer without the item is none."""
    if refuses(heard.text):
        return Manner.REFUSED
    return Manner.RELATED if heard.urls else Manner.NOTHING


def refuses(text: str) -> bool:
    """Say whether an answer holds one of the stock phrases of turning away."""
    plain = figures.plain_text(text)
    return any(phrase in plain for phrase in load_wordings().phrases["refusals"])


def links_item(gold: Gold, heard: Heard) -> bool:
    """Say whether a link leads to the item's guide or entrance, or a card or the text gives its code."""
    codes = {code_at(url) for url in heard.urls}
    return (
        any(same_item(code, gold.code) for code in codes)
        or (bool(gold.url) and gold.url in heard.urls)
        or any(gold.code in words for words in (heard.text, *heard.labels))
    )


def code_at(url: str) -> str:
    """Return the last part of an address's path, which is a guide's code on every portal."""
    return urlsplit(url).path.rstrip("/").rpartition("/")[2]


def same_item(code: str, wanted: str) -> bool:
    """Say whether two codes name one item; an item and its own 业务办理项 count as one."""
    if code == wanted or min(len(code), len(wanted)) < ITEM_LENGTH:
        return bool(code) and code == wanted
    return code[:ITEM_LENGTH] == wanted[:ITEM_LENGTH] and ITEM_LENGTH in (len(code), len(wanted))


def match_guide(gold: Gold, text: str) -> Match:
    """A guide is found by its link alone."""
    return Match(share=0.0)


def match_phone(gold: Gold, text: str) -> Match:
    """Compare telephone numbers; another number of the same guide is no fault, a hotline none either."""
    wanted = figures.read_phones(gold.facts[0])
    known = wanted | figures.read_phones(" ".join(gold.also))
    said = figures.read_phones(text)
    return Match(share=float(bool(said & wanted)), wrong=bool(said - known))


def match_days(gold: Gold, text: str) -> Match:
    """Compare time limits; the legal limit beside the promised one is no fault."""
    wanted = figures.read_limits(gold.facts[0])
    known = wanted | figures.read_limits(" ".join(gold.also))
    said = figures.read_limits(text)
    strange = any(not any(figures.same_limit(limit, other) for other in known) for limit in said)
    held = any(figures.same_limit(limit, other) for limit in said for other in wanted)
    return Match(share=float(held), wrong=strange)


def match_visits(gold: Gold, text: str) -> Match:
    """Compare numbers of visits."""
    wanted, said = int(gold.facts[0]), figures.read_visits(text)
    return Match(share=float(wanted in said), wrong=bool(said - {wanted}))


def match_fee(gold: Gold, text: str) -> Match:
    """Compare whether something is charged, and how much where both say it."""
    free, charged = figures.says_free(text), figures.says_charged(text)
    said = figures.read_money(text) - {Decimal(0)}
    if gold.facts[0].endswith("否"):
        return Match(share=float(free), wrong=bool(said) or (charged and not free))
    wanted = figures.read_money(" ".join(gold.facts[1:]))
    strange = bool(wanted and said - wanted)
    return Match(share=float(charged and not strange), wrong=strange or (free and not charged))


def match_place(gold: Gold, text: str) -> Match:
    """Compare addresses: alike from 85 on with every number of one printed address; another place cannot be told."""
    said = squeeze(text)
    places = [squeeze(place) for place in SEPARATORS.split(gold.facts[0]) if squeeze(place)]
    held = any(holds_place(place, said) for place in places or [squeeze(gold.facts[0])])
    return Match(share=float(held))


def holds_place(place: str, said: str) -> bool:
    """Say whether a text holds one address."""
    if place in said:
        return True
    numbers = set(DIGITS.findall(place)) <= set(DIGITS.findall(said))
    return numbers and len(said) >= len(place) // 2 and fuzz.partial_ratio(place, said) >= ALIKE


def match_materials(gold: Gold, text: str) -> Match:
    """Return the share of the materials that are named; a name counts from a ratio of 85 on."""
    entries = [squeeze(entry) for entry in SEPARATORS.split(text)]
    said = squeeze(text)
    named = [name for name in gold.facts if names_material(squeeze(name), entries, said)]
    return Match(share=len(named) / len(gold.facts))


def names_material(name: str, entries: Sequence[str], said: str) -> bool:
    """Say whether a material stands in an answer, whole or as an entry that is alike."""
    return name in said or any(fuzz.ratio(name, entry) >= ALIKE for entry in entries)


def squeeze(text: str) -> str:
    """Leave out white space and punctuation that names are printed with and without."""
    return NOISE.sub("", figures.plain_text(text))


MATCHERS: Mapping[FactKind, Callable[[Gold, str], Match]] = {
    FactKind.GUIDE: match_guide,
    FactKind.PLACE: match_place,
    FactKind.PHONE: match_phone,
    FactKind.DAYS: match_days,
    FactKind.FEE: match_fee,
    FactKind.VISITS: match_visits,
    FactKind.MATERIALS: match_materials,
}
