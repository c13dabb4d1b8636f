"""Thins a body's guides, as they stream by, to those that a plan could draw."""

from array import array
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator
from hashlib import blake2b

from domain.guide import Guide
from domain.guide_fields import FieldName
from domain.item_type import is_application, is_public_service
from domain.known_facts import facts_of
from engine.night_plan import MAIN_PORTAL, MOBILE_SIZES, PACKAGE, YES, NightPlan
from engine.sampling.drawing import draw
from engine.visiting.task_archetypes import archetype_of, basic_code, is_county
from probes.services.mobile_entry import read_declaration

Held = tuple[str, int, Guide]  # place in the draw, number in the stream, guide
DIGEST_BYTES = 8


class CodeSet:
    """Codes of items, eight bytes each: a portal has a million and a half; two in one place are not to be expected."""

    def __init__(self) -> None:
        self._digests = array("Q")
        self._sorted = True

    def note(self, guides: Iterable[Guide]) -> Iterator[Guide]:
        """Pass guides on and remember their codes."""
        for guide in guides:
            self._digests.append(digest(guide.code))
            self._sorted = False
            yield guide

    def __contains__(self, code: str) -> bool:
        if not self._sorted:
            self._digests = array("Q", sorted(set(self._digests)))
            self._sorted = True
        wanted = digest(code)
        place = bisect_left(self._digests, wanted)
        return place < len(self._digests) and self._digests[place] == wanted


def digest(code: str) -> int:
    """Return eight bytes that stand for a code."""
    return int.from_bytes(blake2b(code.encode(errors="surrogatepass"), digest_size=DIGEST_BYTES).digest(), "big")


class FirstDrawn:
    """The first guides of each group of a draw; of equal places the one that came first."""

    def __init__(self) -> None:
        self._groups: dict[str, list[Held]] = defaultdict(list)

    def offer(self, group: str, size: int, held: Held) -> None:
        """Hold a guide if it is among the first ``size`` of its group so far."""
        kept = self._groups[group]
        if size <= 0 or (len(kept) >= size and held[:2] > kept[-1][:2]):
            return
        insort(kept, held, key=lambda one: one[:2])
        del kept[size:]

    def guides(self) -> list[Guide]:
        """Return the guides of all groups, each once, in the order of the stream."""
        numbered = {number: guide for kept in self._groups.values() for _, number, guide in kept}
        return [numbered[number] for number in sorted(numbered)]


def thin(
    plan: NightPlan, portal: str, unit: str, guides: Iterable[Guide], *, codes: tuple[str, ...], carried: CodeSet
) -> list[Guide] | None:
    """Return the guides of a body that any draw of the plan could take; ``None`` when there were none at all.

    Every draw takes the first few, in the order of a hash, of the guides that it is about; what is returned holds these
    few of each, so a draw from it is the draw from the whole body.
    """
    first, empty = FirstDrawn(), True
    groups = main_groups if portal == MAIN_PORTAL else mobile_groups
    for number, guide in enumerate(guides):
        empty = False
        places = {salted: place_of(plan, unit, guide, salted) for salted in ("body", "anchor", "times")}
        for group, size, salted in groups(plan, unit, guide, codes, carried):
            first.offer(group, size, (places[salted], number, guide))
    return None if empty else first.guides()


def place_of(plan: NightPlan, unit: str, guide: Guide, salted: str) -> str:
    """Return a guide's place in one of the draws of a plan."""
    if salted == "anchor":
        return draw(plan.anchor_salt, "", unit, guide.item_id)
    return draw(plan.salt, plan.period, "times" if salted == "times" else unit, guide.item_id)


def main_groups(
    plan: NightPlan, unit: str, guide: Guide, codes: tuple[str, ...], carried: CodeSet
) -> Iterator[tuple[str, int, str]]:
    """Yield (group, size, draw) of every draw on 广东政务服务网 that a guide takes part in."""
    sizes, online, public = plan.sizes, is_online(guide), is_public(guide)
    yield "faces", sizes.faces, "body"
    if public:
        yield from search_groups(sizes.search)
        yield "desk", sizes.chatbot, "body"
    if online:
        yield like_services(unit, guide, codes), sizes.application, "body"
        yield "entrance", sizes.entrance, "body"
    if online and public:
        yield "times", sizes.timing, "times"
    if is_bookable(guide):
        yield "booking", sizes.booking, "body"
    if is_package(guide):
        yield "theme", sizes.theme, "body"
    if is_mobile(guide, carried):
        yield "mobile", sizes.mobile, "body"
    if guide.code in carried:
        yield "consistency", sizes.consistency, "body"


def mobile_groups(
    plan: NightPlan, unit: str, guide: Guide, codes: tuple[str, ...], carried: CodeSet
) -> Iterator[tuple[str, int, str]]:
    """Yield (group, size, draw) of every draw on a mobile portal; each guide takes part in all of them."""
    yield from search_groups(MOBILE_SIZES.search)
    yield "desk", plan.sizes.chatbot, "body"
    most = max(MOBILE_SIZES.application, MOBILE_SIZES.booking)
    yield "first", most, "body"


def search_groups(size: int) -> Iterator[tuple[str, int, str]]:
    """Yield the two draws of base items: anchors, and others, from which the anchors are taken out."""
    yield "anchors", size // 2, "anchor"
    yield "searched", size, "body"


def like_services(unit: str, guide: Guide, codes: tuple[str, ...]) -> str:
    """Name the group of like services that an online item is drawn in."""
    if is_county(unit):
        code = basic_code(guide)
        return f"basic:{code}" if code in codes else "basic"
    return f"archetype:{archetype_of(guide)}"


def online_of(guides: Iterable[Guide]) -> list[Guide]:
    """Return the guides whose items are declared to be handled online."""
    return [guide for guide in guides if is_online(guide)]


def is_online(guide: Guide) -> bool:
    """Say whether an item is declared to be handled online."""
    return guide.text(FieldName.ONLINE) == YES


def is_bookable(guide: Guide) -> bool:
    """Say whether an item is declared to be booked."""
    return guide.text(FieldName.BOOKABLE) == YES


def is_package(guide: Guide) -> bool:
    """Say whether a guide is a 一件事."""
    return guide.kind == PACKAGE


def is_public(guide: Guide) -> bool:
    """A citizen searches for what can be applied for, not for a penalty."""
    return is_application(guide.item_type_code) or is_public_service(guide.item_type_code)


def is_mobile(guide: Guide, carried: CodeSet) -> bool:
    """Say whether an item is carried by another portal, or declared for telephones."""
    return guide.code in carried or read_declaration(facts_of(guide)).made
