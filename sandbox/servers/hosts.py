"""Turns a list of routes into one host of the replica, recorded from the first byte."""

from collections.abc import Sequence

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute
from starlette.types import ASGIApp

from sandbox.recording import Recording
from sandbox.replica import Replica
from sandbox.scenarios.mischief import MischiefLayer, TransportLayer
from sandbox.servers import bsxt, control, dept, mobile, static, tyrz, www
from sandbox.servers.pages import handle_http_exception, handle_not_found, make_stock_routes


def make_host(name: str, routes: Sequence[BaseRoute], replica: Replica) -> ASGIApp:
    """Make one host's application."""
    app = Starlette(
        routes=[*routes, *make_stock_routes()],
        exception_handlers={404: handle_not_found, HTTPException: handle_http_exception},
    )
    app.state.replica = replica
    layered = MischiefLayer(app, host=name, mischief=replica.mischief, origins=replica.origins)
    return TransportLayer(Recording(layered, host=name, ledger=replica.ledger, access_log=replica.access_log))


def make_hosts(replica: Replica) -> dict[str, ASGIApp]:
    """Make all hosts, by the field names of `Origins`."""
    routes: dict[str, Sequence[BaseRoute]] = {
        "www": www.ROUTES,
        "static": static.ROUTES,
        "tyrz": tyrz.ROUTES,
        "bsxt": bsxt.ROUTES,
        "yss": mobile.YSS_ROUTES,
        "yst": mobile.YST_ROUTES,
        "dept": dept.ROUTES,
        "control": control.ROUTES,
    }
    return {name: make_host(name, host_routes, replica) for name, host_routes in routes.items()}
