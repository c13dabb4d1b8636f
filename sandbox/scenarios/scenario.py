"""What a fault scenario is: where it strikes, what happens there, and what a fair judge says after three visits."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from sandbox.model import ProbeOutcome
from sandbox.scenarios.acts import Act

Need = Literal["booking", "form", "search"]

PLACES: dict[str, tuple[str, re.Pattern[str]]] = {
    "home": ("www", re.compile(r"/")),
    "guide": ("www", re.compile(r"/portal/v2/guide/[^/]+")),
    "detail": ("www", re.compile(r"/portal/api/v2/item-event/getAuditItemDetailCur")),
    "search_page": ("www", re.compile(r"/portal/v2/search")),
    "search_call": ("www", re.compile(r"/portal/api/v2/solr/getCommonAuditItem")),
    "booking": ("www", re.compile(r"/rmpc/qsyy/index")),
    "calendar": ("www", re.compile(r"/rmpc/api/calendar")),
    "apply": ("bsxt", re.compile(r"/apprUnionApply")),
    "form_page": ("bsxt", re.compile(r"/api/page")),
    "www": ("www", re.compile(r"/.*")),
}
"""Name of a place → host and path; a scenario of one item strikes only requests that name the item."""


@dataclass(frozen=True, kw_only=True)
class Strike:
    """One thing that happens at one place; ``hits`` are the requests that it befalls, counted from 1; none: all."""

    place: str
    act: Act
    hits: frozenset[int] = frozenset()

    def befalls(self, host: str, path: str) -> bool:
        """Say whether a request comes to this place."""
        where, form = PLACES[self.place]
        return host == where and form.fullmatch(path) is not None


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """A fault with its truth: ``truth`` is the verdict of a fair judge, ``also`` are verdicts that are as fair.

    ``everywhere`` strikes all items and the home page at once: then nobody can be blamed for the one that is looked at.
    """

    name: str
    why: str  # why the truth is what it is
    truth: ProbeOutcome
    probe: str = "booking-calendar"
    need: Need = "booking"
    strikes: tuple[Strike, ...] = ()
    misbehaviours: tuple[str, ...] = ()  # of sandbox/misbehaviours.py
    change: Mapping[str, object] = field(default_factory=dict)  # path in the detail document → value, see changes.py
    also: tuple[ProbeOutcome, ...] = ()
    everywhere: bool = False
    announced: bool = False  # the owner announced a pause for today beforehand

    def to_json(self) -> dict[str, object]:
        """Write what a bench needs to know."""
        return {
            "name": self.name,
            "why": self.why,
            "truth": self.truth,
            "also": list(self.also),
            "probe": self.probe,
            "need": self.need,
            "everywhere": self.everywhere,
            "announced": self.announced,
        }
