"""Kept artefacts by their hash: pictures and traces as what they are, captured pages only ever as plain text."""

from fastapi import APIRouter
from fastapi.responses import Response

from web.security_headers import EVIDENCE_POLICY
from web.visit import Visiting

router = APIRouter()
PICTURE_SUFFIXES = {"image/png": "png", "image/webp": "webp", "image/jpeg": "jpg", "image/gif": "gif"}
"""Pictures that cannot carry a script; SVG can, so it is not among them."""
BINARY_SUFFIXES = {
    "application/zip": "zip",
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "text/csv": "csv",
}
TEXT_TYPE = "text/plain; charset=utf-8"


@router.get("/evidence/{sha256}")
@router.get("/evidence/{sha256}.zip")  # the lower one is tried first
def send_evidence(visit: Visiting, sha256: str) -> Response:
    """Send one artefact after hashing it again; unknown → 404, changed → 409."""
    record = visit.store.artefacts.get(sha256)
    media_type = record.media_type.partition(";")[0].strip().lower()
    headers = {
        "Content-Security-Policy": EVIDENCE_POLICY,
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, max-age=600",
        "Content-Disposition": disposition(sha256, media_type),
    }
    data = visit.store.evidence.get(sha256)
    return Response(data, media_type=served_type(media_type), headers=headers)


def served_type(media_type: str) -> str:
    """Media type to answer with: captured HTML, JSON, SVG and anything unknown become plain text."""
    return media_type if media_type in PICTURE_SUFFIXES or media_type in BINARY_SUFFIXES else TEXT_TYPE


def disposition(sha256: str, media_type: str) -> str:
    """Show pictures in place, download everything else under a harmless name."""
    if media_type in PICTURE_SUFFIXES:
        return f'inline; filename="{sha256[:16]}.{PICTURE_SUFFIXES[media_type]}"'
    return f'attachment; filename="{sha256[:16]}.{BINARY_SUFFIXES.get(media_type, "txt")}"'
