"""What a probe is given: the citizen's browser, the portal's verbs, and named steps that leave proof."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from domain.evidence import EvidenceKind
from domain.failure import FailureReason
from domain.observation import Measure, ObservedRow
from portals.citizen import Account, CitizenBrowser, CitizenSite, Entrance, Obstacle
from portals.documents import DocumentSource
from portals.site import Site
from probes.application.accessibility import AxeViolation, find_violations
from probes.browser.document_trail import DocumentTrail
from probes.browser.page_scripts import SIDEWAYS
from probes.browser.playwright_browser import PlaywrightBrowser
from probes.proof.recorder import Recorder, StepHandle
from probes.proof.trace_scrubbing import Scrubber
from probes.safety.gate import Gate


@dataclass(frozen=True, kw_only=True)
class OtherPortal:
    """Another portal that may show the same item."""

    id: str
    title: str
    citizen: CitizenSite
    site: Site


class Journey:
    """One citizen's way through a portal.

    Steps announced with ``plan`` and not reached by the end are recorded as skipped, so that the list is always whole.
    """

    def __init__(
        self,
        *,
        browser: PlaywrightBrowser,
        portal: CitizenSite,
        documents: DocumentSource,
        site: Site,
        account: Account | None,
        recorder: Recorder,
        gate: Gate,
        companions: tuple[OtherPortal, ...] = (),
        phone: bool = False,
    ) -> None:
        self._browser = browser
        self.portal = portal
        self.documents = documents
        self.companions = companions
        self.phone = phone  # the window is a telephone's from the beginning
        self.site = site
        self.account = account
        self._recorder = recorder
        self._gate = gate
        self._planned: list[str] = []
        self._measures: dict[str, Measure] = {}
        self.rows: list[ObservedRow] = []

    @property
    def browser(self) -> CitizenBrowser:
        """The citizen's browser, as the portal's verbs take it."""
        return self._browser

    @property
    def trail(self) -> DocumentTrail:
        """The documents that the tabs were answered with so far."""
        return self._browser.trail

    @property
    def held_back_s(self) -> float:
        """Seconds for which our own manners held requests back so far; they are none of the portal's time."""
        return self._gate.waited_s

    @property
    def clicks(self) -> int:
        """Clicks and choices so far."""
        return self._browser.clicks

    @property
    def chars_typed(self) -> int:
        """Characters typed so far."""
        return self._browser.chars_typed

    @property
    def measures(self) -> dict[str, Measure]:
        """The figures noted so far; they are kept however the journey ends."""
        return dict(self._measures)

    def note(self, **figures: Measure) -> None:
        """Keep raw figures by name (see ``domain.measure_name``); a later one replaces an earlier one."""
        self._measures.update(figures)

    def plan(self, *titles: str) -> None:
        """Announce the steps to come."""
        self._planned = list(titles)

    @contextmanager
    def step(self, title: str) -> Iterator[StepHandle]:
        """Make one named step; its record and picture are kept however it ends. The handle can change its title."""
        if title in self._planned:
            self._planned.remove(title)
        with self._recorder.step(title) as handle:
            yield handle

    @contextmanager
    def side_step(self, title: str) -> Iterator[list[Obstacle]]:
        """Make a step whose failure does not end the journey; the list given holds the obstacle afterwards."""
        met: list[Obstacle] = []
        try:
            with self.step(title):
                yield met
        except Obstacle as obstacle:
            if obstacle.reason is FailureReason.BROWSER_CRASHED:
                raise
            met.append(obstacle)

    def sign_in(self) -> Entrance:
        """Sign in with the test account; only while this runs does the guard let the sign-in request out."""
        with self._signing_in() as account:
            return self.portal.sign_in(self.browser, self.site, account)

    def pass_login(self) -> None:
        """Sign in as ``sign_in`` does, where something else than an application lies behind the login."""
        with self._signing_in() as account:
            self.portal.pass_login(self.browser, self.site, account)

    @contextmanager
    def _signing_in(self) -> Iterator[Account]:
        if self.account is None:
            raise Obstacle(FailureReason.LOGIN_REQUIRED, "没有测试账号，停在登录页")
        self._gate.signing_in = True
        try:
            yield self.account
        finally:
            self._gate.signing_in = False

    def keep(self, data: bytes, *, kind: EvidenceKind, media_type: str, url: str) -> str:
        """Keep a file as evidence and return its hash."""
        return self._recorder.keep(data, kind=kind, media_type=media_type, url=url)

    def keep_page(self) -> str:
        """Keep the HTML of the page as it stands now and return its hash."""
        return self._recorder.keep_page()

    def point_at(self, place: str) -> str | None:
        """Keep a picture in which a value that was read is outlined; ``None`` when it cannot be shown."""
        return self._recorder.keep_pointed_picture(place)

    def take_phone(self) -> None:
        """Go on in a window as small as a telephone's."""
        self._browser.narrow()

    def sideways_px(self) -> int:
        """Return by how many pixels the open page is wider than the window; 0: nobody has to scroll sideways."""
        return int(str(self._browser.reader.ask(SIDEWAYS)))

    def start_afresh(self) -> None:
        """Begin again as somebody who has not signed in."""
        self._browser.forget_session()

    def find_axe_violations(self) -> tuple[AxeViolation, ...] | None:
        """Return the serious and critical accessibility rules that the open page breaks; ``None``: axe did not run."""
        return find_violations(self._browser.page)

    def scrub(self, text: str) -> str:
        """Return a text without anything that must not be kept."""
        return Scrubber(self._recorder.secrets).text(text)

    def add_row(self, row: ObservedRow) -> None:
        """Keep one thing among several that was looked at, however the journey ends."""
        self.rows.append(row)

    def finish(self) -> None:
        """Record the announced steps that were never reached."""
        for title in self._planned:
            self._recorder.skip(title)
        self._planned = []
