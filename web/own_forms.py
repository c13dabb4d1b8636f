"""Lets in only what a page of ours sends: another site's form must not grade or record in an evaluator's name."""

from fastapi import HTTPException, Request


def require_own_form(request: Request) -> None:
    """Refuse a POST that another site's page sends, or of which the browser does not say where it comes from.

    Every browser since 2023 says so in ``Sec-Fetch-Site``. ``Origin`` cannot serve: under our referrer policy browsers
    write ``null`` there even for our own forms.
    """
    if request.headers.get("sec-fetch-site") != "same-origin":
        raise HTTPException(status_code=403)
