"""Says whether the guide's print can be had, for the hand-over point of the rubric (methodology.md §5, 办事指南)."""

from portals.citizen import NotOffered, Obstacle
from probes.journey import Journey
from probes.probe import ProbeTask

HEAD_BYTES = 64 * 1024
PDF_MAGIC = b"%PDF-"


def print_opens(journey: Journey, task: ProbeTask) -> bool | None:
    """Fetch the print's beginning; ``None`` where the portal has no prints or the answer settles nothing."""
    try:
        address = journey.portal.print_address(journey.site, task.code)
        file = journey.browser.fetch_file(address, bytes_max=HEAD_BYTES)
    except (NotOffered, Obstacle):
        return None
    if file.status == 200:
        return file.content.startswith(PDF_MAGIC)
    return False if file.status in (404, 410) else None
