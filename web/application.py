"""The evaluators' pages as one application over one store: local, nothing from outside, records only added."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.middleware.trustedhost import TrustedHostMiddleware

from storage.store import Store
from web import error_pages
from web.pages import evidence, findings, grading, guides, health, manual, observations, reports, runs, scores, units
from web.security_headers import SecurityHeaders
from web.trace_viewer import mount_viewer
from web.visit import Workbench

STATIC_FOLDER = Path(__file__).with_name("static")
OWN_NAMES = ("localhost", "127.0.0.1")
"""Names by which a browser on this machine calls it; any other Host header is somebody's DNS trick."""


def create_app(
    store_home: Path,
    *,
    rule_titles: Mapping[str, str] = {},
    allowed_hosts: Sequence[str] = OWN_NAMES,
    tool_commit: str = "unknown",
) -> FastAPI:
    """Build the application over the store in ``store_home``.

    ``rule_titles`` maps rule id → Chinese title; ``tool_commit`` is written into what people record. Raises
    ``UsageError`` when there is no store, ``MachineError`` when it cannot be read.
    """
    store = Store.open(store_home, create=False)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        store.close()

    # The framework's own documentation pages load scripts from outside, so they are off.
    app = FastAPI(title="Yuece", lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    has_viewer = mount_viewer(app)
    app.state.workbench = Workbench(
        store=store, rule_titles=dict(rule_titles), has_viewer=has_viewer, tool_commit=tool_commit
    )
    app.mount("/static", StaticFiles(directory=STATIC_FOLDER), name="static")
    for page in (runs, health, units, scores, reports, findings, manual, observations, grading, guides, evidence):
        app.include_router(page.router)
    error_pages.install(app)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(allowed_hosts), www_redirect=False)
    app.add_middleware(SecurityHeaders)
    return app
