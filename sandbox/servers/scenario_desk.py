"""The desk for fault scenarios: which there are, on which items they are prepared, and whether they are in force."""

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.changes import Change, publish
from sandbox.faults import FaultPlan
from sandbox.misbehaviours import Misbehaviour
from sandbox.model import Item
from sandbox.replica import Replica, replica_of
from sandbox.scenarios.catalogue import ALL, BY_NAME
from sandbox.scenarios.scenario import Need, Scenario
from sandbox.scenarios.tls_ports import open_tls_ports
from sandbox.servers.pages import answer_json

TRUTH_OF: dict[Need, tuple[str, ...]] = {
    "booking": ("booking",),
    "form": ("application", "entrance"),
    "search": ("search",),
}
PASSING = {"pass"}


async def list_scenarios(_request: Request) -> Response:
    """Every scenario with its truth."""
    return answer_json({"scenarios": [scenario.to_json() for scenario in ALL]})


async def prepare(request: Request) -> Response:
    """`POST {"names": […]}`: choose a sound item for each, change its guide where need be; nothing misbehaves yet.

    Beside them come sound items of each kind that nothing happens to.
    """
    replica = replica_of(request)
    names = orjson.loads(await request.body()).get("names") or list(BY_NAME)
    unknown = sorted(set(names) - set(BY_NAME))
    if unknown:
        return answer_json({"error": f"unknown scenarios: {', '.join(unknown)}"}, status=422)
    replica.mischief.asleep = True
    replica.mischief.extra = replica.mischief.extra or await open_tls_ports()
    chosen, spare = assign(replica, [BY_NAME[name] for name in names])
    replica.mischief.of_items = {name: pair for name, pair in chosen.items() if not pair[1].everywhere}
    for item, scenario in replica.mischief.of_items.values():
        if scenario.change:
            publish(replica, Change(items=(item.item_id,), bump=True, values=fill(replica, scenario)))
    assigned = {name: item.item_id for name, (item, _) in chosen.items()}
    return answer_json({"items": assigned, "spare": {need: item.item_id for need, item in spare.items()}})


async def wake(request: Request) -> Response:
    """`POST {"everywhere": […], "items": true}`: put what was prepared in force, or whole-portal scenarios."""
    replica, wish = replica_of(request), orjson.loads(await request.body())
    replica.mischief.everywhere = tuple(BY_NAME[name] for name in wish.get("everywhere", ()))
    with_items = bool(wish.get("items", False))
    replica.mischief.asleep = not (with_items or replica.mischief.everywhere)
    replica.faults.replace(planted_faults(replica) if with_items else {})
    return answer_json({"asleep": replica.mischief.asleep})


def assign(replica: Replica, scenarios: list[Scenario]) -> tuple[dict[str, tuple[Item, Scenario]], dict[Need, Item]]:
    """Give each scenario of one item an item of its own, and keep one sound item of each kind."""
    free = {need: sound_items(replica, need) for need in TRUTH_OF}
    taken: set[str] = set()

    def take(need: Need) -> Item:
        item = next(item for item in free[need] if item.item_id not in taken)
        taken.add(item.item_id)
        return item

    spare = {need: take(need) for need in TRUTH_OF}
    return {scenario.name: (take(scenario.need), scenario) for scenario in scenarios}, spare


def sound_items(replica: Replica, need: Need) -> list[Item]:
    """Return the items about which nothing is wrong and whose service works, by the corpus's own truth."""
    troubled = {row["item_id"] for row in replica.corpus.truth["misbehaviours"]}
    names: dict[str, int] = {}
    for item in replica.corpus.items:
        names[item.name] = names.get(item.name, 0) + 1
    fit = {
        row["item_id"]
        for row in replica.corpus.truth["guides"]
        if row["item_id"] not in troubled
        and not row["defects"]
        and all(row["probes"][service]["gdzwfw"]["outcome"] in PASSING for service in TRUTH_OF[need])
    }
    return [
        item for item in replica.corpus.items if item.item_id in fit and (need != "search" or names[item.name] == 1)
    ]


def fill(replica: Replica, scenario: Scenario) -> dict[str, object]:
    """Fill the addresses into the changes of a guide."""
    places = vars(replica.origins) | dict(replica.mischief.extra)
    return {path: str(value).format(**places) for path, value in scenario.change.items()}


def planted_faults(replica: Replica) -> FaultPlan:
    """Collect the misbehaviours of the catalogue that the prepared scenarios ask for."""
    return {
        item.task_code: frozenset(Misbehaviour(name) for name in scenario.misbehaviours)
        for item, scenario in replica.mischief.of_items.values()
        if scenario.misbehaviours
    }


SCENARIO_ROUTES = [
    Route("/scenarios", list_scenarios, methods=["GET"]),
    Route("/scenarios/prepare", prepare, methods=["POST"]),
    Route("/scenarios/wake", wake, methods=["POST"]),
]
