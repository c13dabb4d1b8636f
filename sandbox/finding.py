"""The search of the replica: how a keyword ranks the items, as a citizen would meet them."""

from collections.abc import Sequence

from sandbox.model import Item

LEAST_SHARE = 0.34  # of the keyword's character pairs that an item must share to be shown at all


def split_pairs(text: str) -> frozenset[str]:
    """Give the character pairs of a text; a single character stands for itself."""
    return frozenset(text[at : at + 2] for at in range(len(text) - 1)) or frozenset(text)


def rate_match(item: Item, keyword: str, pairs: frozenset[str]) -> float:
    """Rate how well an item answers a keyword: exact 4, everyday name 3, substring 2, shared pairs below 1, none 0."""
    everyday = item.everyday_name or ""
    if keyword == item.name:
        return 4.0
    if everyday and keyword == everyday:
        return 3.0
    if keyword in item.name or (everyday and keyword in everyday):
        return 2.0
    share = len(pairs & split_pairs(item.name)) / len(pairs)
    return share if share >= LEAST_SHARE else 0.0


def rank_items(items: Sequence[Item], keyword: str) -> list[Item]:
    """List the items that a keyword finds, best first; equal ones keep their order."""
    wanted = keyword.strip()
    if not wanted:
        return list(items)
    pairs = split_pairs(wanted)
    rated = [(rate_match(item, wanted, pairs), item) for item in items]
    return [item for rate, item in sorted(rated, key=lambda pair: -pair[0]) if rate > 0]


def bury(found: Sequence[Item], buried: Sequence[Item], fillers: Sequence[Item], places: int = 20) -> list[Item]:
    """Put `buried` behind the first `places` results, filling up with unrelated items where there are too few."""
    hidden = {item.item_id for item in buried}
    front = [item for item in found if item.item_id not in hidden]
    shown = hidden | {item.item_id for item in front}
    extra = [item for item in fillers if item.item_id not in shown][: max(0, places - len(front))]
    front += extra
    return front[:places] + list(buried) + front[places:]
