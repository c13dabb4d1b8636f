"""The one request that changes something: the unified login of a synthetic test account (portals.md §1.3)."""

from portals.adapter import ReadOnlyRequest

SIGN_IN = ReadOnlyRequest(
    method="POST", role="tyrz", path="/tif/sso/login", media_type="application/x-www-form-urlencoded"
)
