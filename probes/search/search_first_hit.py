"""Opens the first result and presses its 在线办理, to see whether a citizen who trusts it gets on; nobody signs in."""

from domain.failure import BLAME, FailureReason
from domain.outcome import Outcome
from portals.citizen import NotOffered, SearchHit
from probes.journey import Journey

FIRST_RESULT = "打开第一条结果的办事指南"
FIRST_ENTRANCE = "按第一条结果的“在线办理”，只看不登录"
DEAD_LINK = frozenset({FailureReason.ABSENT, FailureReason.HTTP_4XX, FailureReason.PAGE_GONE})


def first_hit_works(journey: Journey, hit: SearchHit) -> bool | None:
    """Say whether the first result's guide opens and its 在线办理, if it has one, is no error.

    ``None`` when that could not be seen: a captcha, a firewall, a fault of the line, a host that may not be visited.
    """
    opened = guide_opens(journey, hit)
    return entrance_works(journey) if opened else opened


def guide_opens(journey: Journey, hit: SearchHit) -> bool | None:
    """Open the guide; a result that is no guide at all is not judged."""
    if not hit.code:
        return None
    with journey.side_step(FIRST_RESULT) as met:
        journey.portal.open_guide(journey.browser, journey.site, hit.code)
    if not met:
        return True
    return False if met[0].reason in DEAD_LINK else None


def entrance_works(journey: Journey) -> bool | None:
    """Press 在线办理 on the open guide; a guide without it promises nothing, so nothing is broken."""
    try:
        with journey.side_step(FIRST_ENTRANCE) as met:
            journey.portal.start_application(journey.browser, journey.site)
    except NotOffered:
        return True
    if not met:
        return True
    return False if BLAME[met[0].reason] is Outcome.FAIL else None
