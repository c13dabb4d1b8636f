"""智能客服 of 广东政务服务网 and 粤省事: a page that talks to an endpoint which only reads (portals.md §1.1)."""

import asyncio
from collections.abc import Callable

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.desk_talk import Desk
from sandbox.model import Item
from sandbox.replica import Replica, replica_of
from sandbox.servers.pages import answer_json, render, show_busy

SLOW_S = 5.6
WEB_ENDPOINT = "/znkf/api/chat"
MOBILE_ENDPOINT = "/h5/desk/chat"


async def show_web_desk(request: Request) -> Response:
    """`/znkf/index.html`: the chat of the web portal; it posts its questions."""
    return render(request, "customer_service.html", title="智能客服 小粤", endpoint=WEB_ENDPOINT)


async def answer_web_desk(request: Request) -> Response:
    """`POST /znkf/api/chat` with JSON `question` and `about`; reads only."""
    try:
        asked = orjson.loads(await request.body())
        question, about = str(asked["question"]), str(asked.get("about") or "")
    except (ValueError, TypeError, KeyError, AttributeError):
        return answer_json({"errCode": "1", "msg": "参数错误"}, status=400)
    replica = replica_of(request)
    return await answer(request, web_desk(replica), question, about)


def web_desk(replica: Replica) -> Desk:
    """Make the desk of 广东政务服务网, which knows every listed item."""
    return Desk(
        seed=replica.corpus.seed,
        items=replica.listed_items,
        address=lambda item: f"{replica.origins.www}/portal/v2/guide/{item.task_code}",
    )


async def answer(request: Request, desk: Desk, question: str, about: str) -> Response:
    """Answer as the manner says: late, or with a page of overload in place of the JSON."""
    talk = desk.answer(question, about)
    if talk.manner == "busy":
        return show_busy(request)
    if talk.manner == "slow":
        await asyncio.sleep(SLOW_S)
    told = talk.to_json()
    told.pop("manner")
    return answer_json(told)


def make_mobile_routes(app: object, list_items: Callable[[Replica], list[Item]]) -> list[Route]:
    """Make the desk of a mobile platform, which knows what the platform offers; its page asks by GET."""

    async def show_mobile_desk(request: Request) -> Response:
        return render(request, "mobile_customer_service.html", title="智能客服", app=app, endpoint=MOBILE_ENDPOINT)

    async def answer_mobile_desk(request: Request) -> Response:
        replica, query = replica_of(request), request.query_params
        desk = Desk(
            seed=replica.corpus.seed,
            items=list_items(replica),
            address=lambda item: f"/h5/service/{item.task_code}",
        )
        return await answer(request, desk, query.get("question", ""), query.get("about", ""))

    return [Route("/h5/desk", show_mobile_desk), Route(MOBILE_ENDPOINT, answer_mobile_desk)]


WEB_ROUTES = [
    Route("/znkf/index.html", show_web_desk),
    Route(WEB_ENDPOINT, answer_web_desk, methods=["POST"]),
]
