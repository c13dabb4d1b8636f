"""粤省事 and 粤商通 as plain mobile web pages; the real ones are apps, so paths and layout are made up."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.faces import read_face
from sandbox.finding import rank_items
from sandbox.guideview import load_labels, read_first, read_material_names, read_pair
from sandbox.misbehaviours import Misbehaviour
from sandbox.model import Body, Item
from sandbox.portal_differences import show_facts, show_materials
from sandbox.replica import Replica, cut_page, replica_of
from sandbox.servers.booking import BOOKING_API_ROUTES, show_booking
from sandbox.servers.chatbot import make_mobile_routes
from sandbox.servers.pages import make_robots, render, show_busy, show_not_found, show_server_error
from sandbox.servers.www import read_number

PAGE_SIZE = 20
SUMMARY_LABELS = (
    "实施主体",
    "事项类型",
    "承诺办结时限",
    "法定办结时限",
    "到办事现场次数",
    "是否收费",
    "咨询电话",
    "事项状态",
)


@dataclass(frozen=True, kw_only=True)
class App:
    """One of the two mobile platforms."""

    name: str
    slogan: str
    for_companies: bool
    bookable: bool

    def list_items(self, replica: Replica) -> list[Item]:
        """List the items that the platform offers: 粤商通 only what a 法人 can apply for."""
        gone = Misbehaviour.MOBILE_GONE
        return [item for item in replica.listed_items if self.offers(item) and not replica.faults.has(item, gone)]

    def find_items(self, replica: Replica, keyword: str) -> list[Item]:
        """Give what the platform's search finds."""
        hidden = Misbehaviour.MOBILE_UNSEARCHABLE
        offered = [item for item in self.list_items(replica) if not replica.faults.has(item, hidden)]
        return rank_items(offered, keyword, places=replica.place_names)

    def offers(self, item: Item) -> bool:
        """Say whether an item is on the platform."""
        return item.on_yst and serves_companies(item) if self.for_companies else item.on_yss


YSS = App(name="粤省事", slogan="民生服务 指尖办理", for_companies=False, bookable=True)
YST = App(name="粤商通", slogan="涉企服务 一站办理", for_companies=True, bookable=False)


def serves_companies(item: Item) -> bool:
    """Say whether the guide names 法人 or another organisation among those it serves (or does not say)."""
    served = read_first(item.detail, ["AUDIT_ITEM.SERVE_TYPE_TEXT"])
    return not served or any(word in served for word in ("法人", "企业", "组织"))


def list_summary(item: Item) -> list[dict[str, Any]]:
    """List the few facts of the guide that the mobile page shows, by their main labels."""
    rows = [
        row
        for section in load_labels()["sections"]
        for part in section["parts"]
        if part["kind"] in ("pairs", "contacts")
        for row in part["rows"]
        if row["label"] in SUMMARY_LABELS
    ]
    shown = read_face(item, "mobile")
    return [read_pair(shown, row, 0) | {"label": row["label"]} for row in rows]


def make_app_routes(app: App) -> list[Route]:
    """Make the routes of one platform."""

    async def show_index(request: Request) -> Response:
        replica = replica_of(request)
        items = app.list_items(replica)
        return render(
            request, "mobile_index.html", title=app.name, app=app, hot=items[:8], bodies=list_offering(replica, items)
        )

    async def show_services(request: Request) -> Response:
        return show_service_list(request, app)

    async def show_service(request: Request) -> Response:
        return show_service_page(request, app)

    async def show_search(request: Request) -> Response:
        keyword = request.query_params.get("keyword", "").strip()
        found = app.find_items(replica_of(request), keyword) if keyword else []
        return render(request, "mobile_search.html", title="搜索", app=app, keyword=keyword, items=found[:50])

    async def show_booking_page(request: Request) -> Response:
        item = replica_of(request).find_item(request.path_params["code"])
        return show_booking(request, item, "mobile_booking.html")

    routes = [
        Route("/", show_index),
        Route("/h5/index", show_index),
        Route("/h5/services", show_services),
        Route("/h5/service/{code}", show_service),
        Route("/guide/{code}", show_service),
        Route("/h5/search", show_search),
        make_robots("/h5/my/"),
    ]
    return routes + ([Route("/h5/booking/{code}", show_booking_page), *BOOKING_API_ROUTES] if app.bookable else [])


def list_offering(replica: Replica, items: list[Item]) -> list[Body]:
    """List the bodies that offer at least one of the items, in the corpus's order."""
    keys = {item.body for item in items}
    return [body for body in replica.corpus.bodies if body.key in keys]


def show_service_list(request: Request, app: App) -> Response:
    """`/h5/services?page=&area=&org=`: twenty items a page; `org` is a department's code or a county's area code."""
    query, number = request.query_params, read_number(request, "page")
    org, area = query.get("org", ""), query.get("area", "")
    items = [item for item in app.list_items(replica_of(request)) if not area or item.area_code == area]
    items = [item for item in items if not org or org in (item.dept_code, item.area_code)]
    kept = urlencode([(name, value) for name, value in (("area", area), ("org", org)) if value])
    return render(
        request,
        "mobile_services.html",
        title="全部服务",
        app=app,
        items=cut_page(items, number=number, size=PAGE_SIZE),
        total=len(items),
        page=number,
        pages=max(1, -(-len(items) // PAGE_SIZE)),
        kept=f"&{kept}" if kept else "",
    )


def show_service_page(request: Request, app: App) -> Response:
    """`/h5/service/{code}`: the guide in short, rendered by the server; `/guide/{code}` is what guides link to."""
    replica, code = replica_of(request), request.path_params["code"]
    item = replica.find_item(code)
    if item is not None and item.application.kind == "app_only" and request.url.path.startswith("/guide/"):
        return render(request, "app_only.html", title="请在粤省事App办理", item=item)
    names = replica.faults.of_item(item) if item is not None else frozenset()
    if item is None or not app.offers(item) or Misbehaviour.MOBILE_GONE in names:
        return show_not_found(request, "该服务不存在或已下线。")
    if Misbehaviour.MOBILE_HTTP_500 in names:
        return show_server_error(request)
    if Misbehaviour.MOBILE_BUSY in names:
        return show_busy(request)
    return render(
        request,
        "mobile_service.html",
        title=item.name,
        app=app,
        item=item,
        facts=show_facts(list_summary(item), names),
        materials=show_materials(read_material_names(item.detail), names),
        wide=Misbehaviour.MOBILE_WIDE in names,
        online=item.application.kind != "none",
        bookable=app.bookable and item.booking is not None,
    )


YSS_ROUTES = [*make_app_routes(YSS), *make_mobile_routes(YSS, YSS.list_items)]
YST_ROUTES = make_app_routes(YST)
