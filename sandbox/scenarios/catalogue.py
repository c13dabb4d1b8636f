"""Every fault scenario with its truth; what a fair judge says is written here, where no probe can read it."""

from sandbox.scenarios import statuses
from sandbox.scenarios.lines import LINES
from sandbox.scenarios.pages import PAGES
from sandbox.scenarios.portal_wide import PORTAL_WIDE
from sandbox.scenarios.scenario import Scenario
from sandbox.scenarios.services import SERVICES

ALL: tuple[Scenario, ...] = (*statuses.STATUSES, *LINES, *PAGES, *SERVICES, *PORTAL_WIDE)
BY_NAME: dict[str, Scenario] = {scenario.name: scenario for scenario in ALL}
