"""Themed services (一件事) on the web portal: their list, and the page that brings items, guide and form together."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.misbehaviours import Misbehaviour
from sandbox.model import Item
from sandbox.replica import Replica, replica_of
from sandbox.servers.pages import render, show_not_found

NOWHERE = "0000000000000000000000000000000"  # a code of the right length that no guide has


def list_themes(replica: Replica, region: str) -> list[Item]:
    """List the themed services that a region's page shows, its counties' included."""
    themes = [item for item in replica.listed_items if item.linked]
    listed = [item for item in themes if not replica.faults.has(item, Misbehaviour.THEME_NOT_LISTED)]
    return [item for item in listed if item.area_code.startswith(region.rstrip("0"))]


async def show_list(request: Request) -> Response:
    """`/portal/v2/theme-services?region=`: all themed services on one page."""
    region = request.query_params.get("region", "441700")
    themes = list_themes(replica_of(request), region)
    return render(request, "theme_list.html", title="一件事主题服务", region=region, themes=themes)


async def show_theme(request: Request) -> Response:
    """`/portal/v2/theme-service/{code}`: linked items, the merged guide, the way into the joint application."""
    replica, code = replica_of(request), request.path_params["code"]
    item = replica.by_code.get(code)
    if item is None or not item.linked:
        return show_not_found(request, "未找到该主题服务。")
    links = list_links(replica, item)
    alone = replica.faults.has(item, Misbehaviour.THEME_NO_GUIDE)
    return render(
        request,
        "theme_service.html",
        title=item.name,
        item=item,
        links=links,
        guides=[] if alone else [f"/portal/v2/guide/{item.task_code}"],
        forms=list_forms(replica, item, links),
    )


def list_links(replica: Replica, item: Item) -> list[dict[str, Any]]:
    """List the linked items with name, code and address."""
    linked = [replica.by_id[item_id] for item_id in item.linked]
    if replica.faults.has(item, Misbehaviour.THEME_SINGLE_ITEM):
        linked = linked[:1]
    links = [
        {"name": one.name, "code": one.task_code, "address": f"/portal/v2/guide/{one.task_code}"} for one in linked
    ]
    if replica.faults.has(item, Misbehaviour.THEME_DEAD_LINK):
        links[-1]["address"] = f"/portal/v2/guide/{NOWHERE}"
    return links


def list_forms(replica: Replica, item: Item, links: list[dict[str, Any]]) -> list[str]:
    """List the addresses of the ways in: one for the service as a whole, or one for each item."""
    several = replica.faults.has(item, Misbehaviour.THEME_SEVERAL_FORMS)
    codes = [link["code"] for link in links] if several else [item.task_code]
    return [f"{replica.origins.bsxt}/apprUnionApply?code={code}" for code in codes]


THEME_ROUTES = [
    Route("/portal/v2/theme-services", show_list),
    Route("/portal/v2/theme-service/{code}", show_theme),
]
