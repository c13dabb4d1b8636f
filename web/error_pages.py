"""Errors as pages in the visitor's language, with the one sentence that the rest of the house gave."""

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException

from domain.errors import RefusedError, UsageError
from exports.language import Language
from storage.evidence_store import DamagedEvidenceError, MissingEvidenceError
from web.visit import Visit


def install(app: FastAPI) -> None:
    """Register a page for every error that a request can end in."""
    app.add_exception_handler(HTTPException, on_http_error)
    app.add_exception_handler(RequestValidationError, on_bad_request)
    app.add_exception_handler(UsageError, on_unknown)
    app.add_exception_handler(RefusedError, on_refused)
    app.add_exception_handler(MissingEvidenceError, on_unknown)
    app.add_exception_handler(DamagedEvidenceError, on_damaged)


async def on_http_error(request: Request, error: Exception) -> HTMLResponse:
    """An address that leads nowhere, or a method that no page takes."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    return explain(request, status, "error.404" if status == 404 else "error.400", "")


async def on_bad_request(request: Request, _: Exception) -> HTMLResponse:
    """A query that does not fit, such as a page number that is none."""
    return explain(request, 400, "error.400", "")


async def on_unknown(request: Request, error: Exception) -> HTMLResponse:
    """An id that nobody knows."""
    return explain(request, 404, "error.404", str(error))


async def on_refused(request: Request, error: Exception) -> HTMLResponse:
    """Something that a gate keeps in: a run in quarantine, a snapshot that shrank."""
    return explain(request, 403, "error.403", str(error))


async def on_damaged(request: Request, error: Exception) -> HTMLResponse:
    """Bytes that are no longer those that were captured."""
    return explain(request, 409, "error.409", str(error))


def explain(request: Request, status: int, key: str, detail: str) -> HTMLResponse:
    """Answer with the error page; an unknown language falls back to Chinese, since it may be the error itself."""
    language = Language.EN if request.query_params.get("lang") == Language.EN else Language.ZH
    visit = Visit(request=request, language=language, workbench=request.app.state.workbench)
    return visit.render("error.html", status=status, code=status, key=key, detail=detail)
