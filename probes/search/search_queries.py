"""The queries of one base item, made from what its guide declares alone; the same task gives the same queries."""

from collections.abc import Iterator

from domain.frozen import Frozen
from domain.guide_fields import FieldName
from probes.probe import ProbeTask
from probes.search.query_kind import QueryKind
from probes.search.search_names import everyday_words, main_part, strip_brackets
from probes.search.search_slips import draw_one, mishear, misread, mistype, spell, spell_initials

QUESTIONS = ("怎么办{}", "{}要什么材料", "{}需要什么条件", "如何办理{}")
EVERYDAY_MAX = 2
QUERY_LENGTH_MAX = 60  # characters; portals cut longer ones


class SearchQuery(Frozen):
    """One thing to type; ``citywide`` asks on the portal's usual page even where the body's region has one."""

    kind: QueryKind
    text: str
    citywide: bool = False


def plan_queries(task: ProbeTask) -> tuple[SearchQuery, ...]:
    """Return what to type, T0 first; a kind that the item gives no word for is left out, and no text comes twice."""
    plan: dict[str, SearchQuery] = {}
    for kind, text in name_queries(task):
        query = SearchQuery(kind=kind, text=text[:QUERY_LENGTH_MAX], citywide=kind is QueryKind.PLACE)
        if text and (kind is QueryKind.OFFICIAL or kind in task.search.kinds):
            plan.setdefault(query.text, query)
    return tuple(plan.values())


def name_queries(task: ProbeTask) -> Iterator[tuple[QueryKind, str]]:
    """Yield kind and text of every query that the item gives, in the order in which they are asked."""
    seed = (task.salt, task.code)
    name, part = strip_brackets(task.title), main_part(task.title)
    everyday = everyday_words(task.known.text(FieldName.EVERYDAY_NAME))
    yield QueryKind.OFFICIAL, task.title.strip()
    yield QueryKind.MAIN_PART, part
    yield from ((QueryKind.EVERYDAY, word) for word in everyday[:EVERYDAY_MAX])
    yield QueryKind.QUESTION, draw_one(QUESTIONS, "T3", *seed).format(name)
    yield QueryKind.PLACE, f"{task.search.place}{name}" if task.search.place else ""
    yield QueryKind.PINYIN, spell(part)
    yield QueryKind.INITIALS, spell_initials(part)
    yield QueryKind.SAME_SOUND, mishear(name, "T7", *seed) or ""
    yield QueryKind.LOOK_ALIKE, misread(name, "T8", *seed) or ""
    yield QueryKind.TYPING_SLIP, mistype(name, "T9", *seed) or ""
    if task.search.life_events:
        yield QueryKind.LIFE_EVENT, draw_one(task.search.life_events, "T10", *seed)
