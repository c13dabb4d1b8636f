"""The sandbox's own desk: ledger, truth, access log, faults; no citizen and no crawler ever goes there."""

from datetime import date

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.calendar_truth import write_calendar
from sandbox.changes import publish, read_change
from sandbox.faults import read_fault_plan
from sandbox.misbehaviours import CATALOGUE
from sandbox.replica import find_asked_item, replica_of
from sandbox.servers.hostile import show_hostile_index, show_hostile_page
from sandbox.servers.pages import answer_json, make_robots
from sandbox.servers.scenario_desk import SCENARIO_ROUTES
from sandbox.vanishing import read_vanishing


async def get_ledger(request: Request) -> Response:
    """Everything that visitors changed, and the logins."""
    return answer_json(replica_of(request).ledger.to_json())


async def clear_ledger(request: Request) -> Response:
    """Begin an empty ledger."""
    replica_of(request).ledger.clear()
    return answer_json({"cleared": True})


async def get_truth(request: Request) -> Response:
    """What is true about the corpus."""
    return answer_json(replica_of(request).corpus.truth)


async def get_search_truth(request: Request) -> Response:
    """What `keyword=` finds on 广东政务服务网 from the page of `region=`, in order, without the faults of its pages."""
    query = request.query_params
    found = replica_of(request).search(query.get("keyword", ""), area_code=query.get("region", "441700"))
    return answer_json({"codes": [str(item.list_record["TASK_CODE"]) for item in found]})


async def get_access_log(request: Request) -> Response:
    """Every request to every host."""
    return answer_json(replica_of(request).access_log.to_json())


async def clear_access_log(request: Request) -> Response:
    """Begin an empty access log."""
    replica_of(request).access_log.clear()
    return answer_json({"cleared": True})


async def get_faults(request: Request) -> Response:
    """The plan in force and the catalogue."""
    catalogue = {name.value: sentence for name, sentence in CATALOGUE.items()}
    return answer_json({"plan": replica_of(request).faults.to_json(), "catalogue": catalogue})


async def set_faults(request: Request) -> Response:
    """Put another plan in force; ``{}`` takes every added misbehaviour away; each ``*_once`` is due again."""
    replica = replica_of(request)
    try:
        plan = read_fault_plan(orjson.loads(await request.body()), replica.corpus)
    except ValueError as error:
        return answer_json({"error": str(error)}, status=422)
    replica.faults.replace(plan)
    return answer_json({"plan": replica.faults.to_json()})


async def change_guides(request: Request) -> Response:
    """Change some guides, with or without a new version: see `sandbox/changes.py`."""
    replica = replica_of(request)
    try:
        change = read_change(orjson.loads(await request.body()), replica.corpus)
        return answer_json(publish(replica, change))
    except (ValueError, KeyError, IndexError) as error:
        return answer_json({"error": str(error)}, status=422)


async def set_vanishing(request: Request) -> Response:
    """Let a field vanish from every document, or give it back with `{}`."""
    replica = replica_of(request)
    try:
        replica.vanishing = read_vanishing(orjson.loads(await request.body()))
    except ValueError as error:
        return answer_json({"error": str(error)}, status=422)
    return answer_json({"path": replica.vanishing.path, "mode": replica.vanishing.mode})


async def get_calendar_truth(request: Request) -> Response:
    """What is true about the calendar of one item (`code=` or `itemId=`) on the sandbox's day."""
    item = find_asked_item(request)
    if item is None or item.booking is None:
        return answer_json({"error": "no calendar for this code"}, status=404)
    return answer_json(write_calendar(item.booking, replica_of(request).find_today()))


async def set_today(request: Request) -> Response:
    """Let the calendars count from another day, ``{"date": "2026-09-18"}``; ``{}`` gives the real one back."""
    replica = replica_of(request)
    try:
        told = orjson.loads(await request.body()).get("date")
        replica.today = date.fromisoformat(told) if told else None
    except (ValueError, TypeError, AttributeError):
        return answer_json({"error": "date must be written as 2026-09-18"}, status=422)
    return answer_json({"today": replica.find_today().isoformat()})


async def get_health(request: Request) -> Response:
    """Say that the sandbox is up and how much it serves."""
    corpus = replica_of(request).corpus
    return answer_json({"ok": True, "bodies": len(corpus.bodies), "items": len(corpus.items), "seed": corpus.seed})


ROUTES = [
    Route("/health", get_health),
    Route("/ledger", get_ledger),
    Route("/ledger/clear", clear_ledger, methods=["POST"]),
    Route("/truth", get_truth),
    Route("/truth/search", get_search_truth),
    Route("/access-log", get_access_log),
    Route("/access-log/clear", clear_access_log, methods=["POST"]),
    Route("/faults", get_faults, methods=["GET"]),
    Route("/faults", set_faults, methods=["POST"]),
    Route("/change", change_guides, methods=["POST"]),
    Route("/truth/calendar", get_calendar_truth),
    Route("/today", set_today, methods=["POST"]),
    Route("/vanish", set_vanishing, methods=["POST"]),
    *SCENARIO_ROUTES,
    Route("/hostile/", show_hostile_index),
    Route("/hostile/{kind}", show_hostile_page),
    make_robots("/"),
]
