"""The booking page and its calendar, on the web portal and on 粤省事 alike."""

import asyncio
from datetime import date
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from sandbox.misbehaviours import Misbehaviour
from sandbox.model import Booking, Item
from sandbox.replica import Replica, find_asked_item, replica_of
from sandbox.servers.pages import answer_json, render, show_busy, show_not_found, show_server_error
from sandbox.servers.tyrz import make_login_url
from sandbox.workdays import WEEKDAY_NAMES, list_next_workdays

DAYS_SHOWN = 10
NEVER_S = 3600.0
COOKIE = "rmpc_token"
CORPUS_FAULTS = {
    "busy_page": Misbehaviour.BOOKING_BUSY,
    "http_500": Misbehaviour.BOOKING_HTTP_500,
    "never_loads": Misbehaviour.BOOKING_NEVER_LOADS,
}


def find_booking_fault(replica: Replica, item: Item) -> Misbehaviour | None:
    """Say how the booking of an item misbehaves, whether planted in its calendar or set as a misbehaviour."""
    for name in CORPUS_FAULTS.values():
        if replica.faults.has(item, name):
            return name
    fault = item.booking.fault if item.booking else None
    return CORPUS_FAULTS.get(fault or "")


def show_booking(request: Request, item: Item | None, template: str) -> Response:
    """Give the booking page of an item in the look of a host."""
    replica = replica_of(request)
    if item is None:
        return show_not_found(request, "未找到可预约的事项。")
    fault = find_booking_fault(replica, item)
    if fault is Misbehaviour.BOOKING_BUSY:
        return show_busy(request)
    if fault is Misbehaviour.BOOKING_HTTP_500:
        return show_server_error(request)
    department = str(item.list_record.get("DEPT_NAME", ""))
    told = item.booking is None or item.booking.cancel_told
    return render(
        request, template, title="预约办理", code=item.item_id, item=item, department=department, cancel_told=told
    )


async def show_booking_page(request: Request) -> Response:
    """`/rmpc/qsyy/index?code=` (or `itemId=`): the calendar, or the login that some put before it."""
    replica, item = replica_of(request), find_asked_item(request)
    login = item.booking.login if item is not None and item.booking is not None else "none"
    if item is not None and login == "own":
        return render(request, "booking_login.html", title="预约系统登录", item=item)
    if item is not None and login == "unified" and request.cookies.get(COOKIE, "") not in replica.identity.tokens:
        back = f"{replica.origins.www}/rmpc/sso/callback?to={quote(item.item_id)}"
        return RedirectResponse(make_login_url(replica.origins, back), status_code=302)
    return show_booking(request, item, "booking.html")


async def take_code(request: Request) -> Response:
    """`/rmpc/sso/callback?to=&code=`: opens the session and goes on to the calendar."""
    token = replica_of(request).identity.open_session(request.query_params.get("code", ""))
    target = f"/rmpc/qsyy/index?itemId={quote(request.query_params.get('to', ''))}"
    response = RedirectResponse(target, status_code=302)
    if token is not None:
        response.set_cookie(COOKIE, token, httponly=True, samesite="lax")
    return response


async def get_calendar(request: Request) -> Response:
    """`GET /rmpc/api/calendar?code=`: the next ten working days with their slots."""
    replica, item = replica_of(request), find_asked_item(request)
    if item is None:
        return answer_json({"errCode": "0", "msg": "未找到匹配的信息"}, status=404)
    fault = find_booking_fault(replica, item)
    if fault is Misbehaviour.BOOKING_NEVER_LOADS:
        await asyncio.sleep(NEVER_S)
    if fault is not None:
        return show_server_error(request)
    days = build_days(item.booking, replica.find_today()) if item.booking else []
    return answer_json({"code": item.task_code, "days": days})


def build_days(booking: Booking, today: date) -> list[dict[str, Any]]:
    """Build the calendar from today on; the first slots of a day are the taken ones."""
    days = []
    free_by_day = (booking.free_by_day + (0,) * DAYS_SHOWN)[:DAYS_SHOWN]
    dates = list_next_workdays(today, DAYS_SHOWN, keeps_holidays=booking.keeps_holidays)
    for at, (day, free) in enumerate(zip(dates, free_by_day, strict=True)):
        if at in booking.missing:
            continue
        taken = max(0, booking.slots_per_day - free)
        slots = [
            {"id": f"{day:%Y%m%d}-{place + 1:02d}", "time": name_slot(place), "free": place >= taken}
            for place in range(booking.slots_per_day)
        ]
        days.append({"date": day.isoformat(), "weekday": WEEKDAY_NAMES[day.weekday()], "slots": slots})
    return days


def name_slot(at: int) -> str:
    """Name the half hour of the `at`-th slot: six before noon from 08:30, the others from 14:30."""
    start_min = 510 + 30 * at if at < 6 else 870 + 30 * (at - 6)
    return "-".join(f"{minute // 60:02d}:{minute % 60:02d}" for minute in (start_min, start_min + 30))


async def reserve(_request: Request) -> Response:
    """`POST /rmpc/api/reserve`: a real portal would file the booking; here only the ledger knows it."""
    return answer_json({"success": True, "msg": "预约成功"})


BOOKING_API_ROUTES = [
    Route("/rmpc/api/calendar", get_calendar),
    Route("/rmpc/sso/callback", take_code),
    Route("/rmpc/api/reserve", reserve, methods=["POST"]),
]
