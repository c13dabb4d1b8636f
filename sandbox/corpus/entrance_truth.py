"""What pressing 在线办理 leads to, by kind, and whether one login at the unified platform opens it."""

from sandbox.corpus.document import Draft
from sandbox.corpus.outcomes import judge_before_entrance, judge_entrance
from sandbox.model import Json

KINDS = {
    "form": "login_unified",
    "dead_end": "login_unified",
    "login_only": "login_unified",
    "external_login": "login_unified",
    "login_other": "login_other",
    "external": "external",
    "app_only": "app_only",
    "download_only": "download_only",
    "not_open": "not_open",
    "error": "error",
}
"""Service behind 在线办理 → what a visitor without a session is shown."""
OPENED_BY_ONE_LOGIN: dict[str, bool | None] = {
    "form": True,
    "dead_end": True,
    "external_login": True,
    "login_only": None,  # it asks for a company's account, which nobody here has
    "login_other": False,
    "external": False,  # its start page asks to log in there
}
"""A service that asks for no login at all is not told about."""


def write_entrance(draft: Draft, misbehaviour: str | None) -> Json:
    """Write the ``entrance`` part of a guide's truth; the kind only where the entrance is met."""
    judged: Json = {"gdzwfw": judge_entrance(draft, misbehaviour).to_json()}
    if judge_before_entrance(draft, misbehaviour):
        return judged
    application = draft.plan.application
    opened = OPENED_BY_ONE_LOGIN.get(application.kind)
    if application.kind == "form" and application.traits.second_login:
        opened = False
    return {**judged, "kind": KINDS[application.kind], "single_sign_on": opened}
