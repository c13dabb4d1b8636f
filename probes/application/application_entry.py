"""Enters an application: guide, 在线办理, login, and the form behind it, as far as a test account gets."""

from contextlib import AbstractContextManager, nullcontext

from domain.entrance import EntranceKind
from domain.measure_name import MeasureName
from portals.citizen import Entrance
from probes.journey import Journey
from probes.probe import ProbeTask

SIGN_IN = "使用测试账号登录"
SIGN_IN_AGAIN = "再次登录"
BACK_TO_ITEM = "登录后未回到原事项，重新进入"


def pass_login(journey: Journey, task: ProbeTask, entrance: Entrance, *, quiet: bool = False) -> Entrance:
    """Sign in with the test account where there is one; a login that does not let it in stays the entrance.

    A second login is noted, and passed when it is the provincial one again. ``quiet`` leaves no steps and no figures.
    """
    if journey.account is None:
        return entrance
    with step_for(journey, SIGN_IN, quiet):
        behind = journey.sign_in()
    second = asks_again(behind)
    if second and behind.kind is EntranceKind.LOGIN_UNIFIED:
        with step_for(journey, SIGN_IN_AGAIN, quiet):
            behind = journey.sign_in()
    if not quiet and behind.kind is not EntranceKind.LOGIN_UNIFIED:
        journey.note(**{MeasureName.SECOND_LOGIN: second})
    return find_form(journey, task, behind, quiet=quiet)


def asks_again(behind: Entrance) -> bool:
    """Say whether there is a login behind the login: another system's, or the same one without a word of refusal."""
    again = behind.kind is EntranceKind.LOGIN_UNIFIED and not behind.refused
    return again or behind.kind is EntranceKind.LOGIN_OTHER


def find_form(journey: Journey, task: ProbeTask, behind: Entrance, *, quiet: bool) -> Entrance:
    """Note whether the login led back to the item; a citizen who is left elsewhere goes by way of the guide again."""
    if behind.kind is EntranceKind.PORTAL_HOME:
        note_return(journey, returned=False, quiet=quiet)
        with step_for(journey, BACK_TO_ITEM, quiet):
            journey.portal.open_guide(journey.browser, journey.site, task.code)
            return journey.portal.start_application(journey.browser, journey.site)
    if behind.kind is EntranceKind.FORM:
        note_return(journey, returned=names_item(behind.url, task), quiet=quiet)
    return behind


def note_return(journey: Journey, *, returned: bool, quiet: bool) -> None:
    if not quiet:
        journey.note(**{MeasureName.RETURNED_TO_ITEM: returned})


def step_for(journey: Journey, title: str, quiet: bool) -> AbstractContextManager[object]:
    return nullcontext() if quiet else journey.step(title)


def names_item(url: str, task: ProbeTask) -> bool:
    """Say whether an address is about the item, by its code or its record id."""
    return any(name in url for name in (task.code, task.item_id) if name)
