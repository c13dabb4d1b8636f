"""The search of the replica: how a keyword ranks the items, as a citizen would meet them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pypinyin import Style, lazy_pinyin

from sandbox.model import Item

LEAST_SHARE = 0.34  # of the keyword's character pairs that an item must share to be shown at all
PLACE_BONUS = 5.0
BASIC_CODE = slice(19, 31)
BRACKETS = re.compile(r"[（(][^（()）]*[)）]")
QUESTION = re.compile(r"^(?:怎么办理?|如何办理?|怎样办理?)|(?:要|需要)(?:什么|哪些)(?:材料|条件|资料)$|怎么办$")


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A keyword with what can be understood of it; "" for a part that it has not."""

    words: str
    asked: str = ""  # without the words of a question
    place: str = ""  # area code, or the part of it that all its places share
    there: str = ""  # without the place


def understand(keyword: str, places: Mapping[str, str]) -> Wanted:
    """Take a keyword apart; `places` maps the names of places to their area codes."""
    words = keyword.strip()
    asked = QUESTION.sub("", words)
    name = max((name for name in places if words.startswith(name)), key=len, default="")
    return Wanted(
        words=words,
        asked=asked if asked != words else "",
        place=places[name] if name else "",
        there=words.removeprefix(name) if name else "",
    )


def split_pairs(text: str) -> frozenset[str]:
    """Give the character pairs of a text; a single character stands for itself."""
    return frozenset(text[at : at + 2] for at in range(len(text) - 1)) or frozenset(text)


@lru_cache(maxsize=65536)
def spell(text: str, initials: bool = False) -> str:
    """Spell a text in pinyin, or its initials, in small letters."""
    style = Style.FIRST_LETTER if initials else Style.NORMAL
    return "".join(lazy_pinyin(text, style=style, v_to_u=False)).lower()


def is_one_slip_away(text: str, name: str) -> bool:
    """Say whether one wrong, missing or superfluous character, or two swapped ones, make one text of the other."""
    if text == name or abs(len(text) - len(name)) > 1:
        return text == name
    at = next((i for i, (one, other) in enumerate(zip(text, name, strict=False)) if one != other), len(name) - 1)
    rest, others = text[at:], name[at:]
    swapped = rest[:2][::-1] == others[:2] and rest[2:] == others[2:]
    return swapped or rest[1:] == others[1:] or rest[1:] == others or rest == others[1:]


def rate_words(item: Item, text: str) -> float:
    """Rate how well an item answers plain words: exact 4, everyday name 3, a part 2, sound or slip below 2, none 0."""
    habit, everyday = item.search, item.everyday_name or ""
    if text == item.name:
        return 4.0
    if habit.synonyms and everyday and text == everyday:
        return 3.0
    if text in item.name or (habit.synonyms and everyday and text in everyday):
        return 2.0
    if text.isascii():
        return rate_letters(item, text.lower())
    return rate_slip(item.name, text) if habit.slips else 0.0


def rate_letters(item: Item, letters: str) -> float:
    """Rate pinyin: whole syllables 1.8, initials 1.7."""
    if item.search.full_pinyin and letters in spell(item.name):
        return 1.8
    return 1.7 if item.search.initials and letters in spell(item.name, initials=True) else 0.0


def rate_slip(name: str, text: str) -> float:
    """Rate words with a slip in them: same sound 1.6, one character wrong 1.5, shared character pairs below 1."""
    if spell(text) in spell(name):
        return 1.6
    if is_one_slip_away(text, name) or is_one_slip_away(text, BRACKETS.sub("", name)):
        return 1.5
    pairs = split_pairs(text)
    share = len(pairs & split_pairs(name)) / len(pairs)
    return share if share >= LEAST_SHARE else 0.0


def rate_match(item: Item, wanted: Wanted) -> float:
    """Rate how well an item answers a keyword; an item of the place that is named comes before all others."""
    rates = [rate_words(item, wanted.words)]
    if wanted.asked and item.search.questions:
        rates.append(rate_words(item, wanted.asked))
    if wanted.there and item.search.places:
        there = rate_words(item, wanted.there)
        rates.append(there + PLACE_BONUS if there and item.area_code.startswith(wanted.place) else there)
    return max(rates)


def rank_items(
    items: Sequence[Item], keyword: str, *, places: Mapping[str, str] | None = None, area: str = ""
) -> list[Item]:
    """List the items that a keyword finds, best first; of equal ones those of the area asked for come first."""
    wanted = understand(keyword, places or {})
    if not wanted.words:
        return list(items)
    rated = [(rate_match(item, wanted), item) for item in items]
    found = sorted(rated, key=lambda pair: (-pair[0], pair[1].area_code != area))
    return [item for rate, item in found if rate > 0]


def names_place(keyword: str, places: Mapping[str, str]) -> bool:
    """Say whether a keyword begins with the name of a place."""
    return bool(understand(keyword, places).place)


def put_elsewhere_first(found: Sequence[Item], everywhere: Iterable[Item], *, area: str) -> list[Item]:
    """Put the same item of another place before each item of this area about which the search mixes places up."""
    mixed = [item for item in found if item.search.elsewhere_first and item.area_code == area]
    kin = find_kin(mixed, everywhere) if mixed else {}
    moved = {item.item_id for item in kin.values()}
    listed: list[Item] = []
    for item in found:
        listed += [kin[item.item_id]] if item.item_id in kin else []
        listed += [item] if item.item_id not in moved else []
    return listed


def find_kin(items: Sequence[Item], everywhere: Iterable[Item]) -> dict[str, Item]:
    """Find for each item one of the same name and 基本编码 in another area, each for one item only."""
    kin: dict[str, Item] = {}
    given: set[str] = {item.item_id for item in items}
    for other in everywhere:
        about = (item for item in items if item.item_id not in kin and is_kin(item, other))
        item = None if other.item_id in given else next(about, None)
        if item is not None:
            kin[item.item_id] = other
            given.add(other.item_id)
    return kin


def is_kin(item: Item, other: Item) -> bool:
    """Say whether two items are the same thing in two places."""
    same = other.task_code[BASIC_CODE] == item.task_code[BASIC_CODE] and other.name == item.name
    return same and other.area_code != item.area_code


def bury(found: Sequence[Item], buried: Sequence[Item], fillers: Sequence[Item], places: int = 20) -> list[Item]:
    """Put `buried` behind the first `places` results, filling up with unrelated items where there are too few."""
    hidden = {item.item_id for item in buried}
    front = [item for item in found if item.item_id not in hidden]
    shown = hidden | {item.item_id for item in front}
    extra = [item for item in fillers if item.item_id not in shown][: max(0, places - len(front))]
    front += extra
    return front[:places] + list(buried) + front[places:]
