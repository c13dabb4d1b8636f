"""The records that the sandbox's corpus makers hand to its servers, so that both sides are written against one shape.

The sandbox imports nothing of the measuring side: what it serves, and what it says is true about it, cannot agree
with that side's mistakes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from sandbox.form_traits import FormTraits

Json = dict[str, Any]
ProbeOutcome = Literal["pass", "fail", "not_applicable", "blocked", "inconclusive", "error"]


@dataclass(frozen=True, kw_only=True)
class Origins:
    """Where each host of the portals is served, as ``scheme://host:port`` without a trailing slash."""

    www: str  # www.gdzwfw.gov.cn
    static: str  # static.gdzwfw.gov.cn: attachments, guide prints
    tyrz: str  # tyrz.gd.gov.cn: unified login
    bsxt: str  # bsxt.gdzwfw.gov.cn: unified application (统一申办)
    yss: str  # 粤省事 as mobile web pages
    yst: str  # 粤商通 as mobile web pages
    dept: str  # a department's own system, outside the portal
    control: str  # the sandbox's own desk: ledger, truth, access log; no citizen ever goes there
    closed: str = "http://127.0.0.1:9"  # a machine that is switched off: the port is taken, nobody answers


@dataclass(frozen=True, kw_only=True)
class Body:
    """An evaluated body as the portal knows it: a department of the city or a county."""

    key: str  # "dept-01" … "dept-41", "county-1" … "county-7"
    notice_name: str  # as in the notice: 市教育局
    portal_name: str  # ORGNAME on the portal: 阳江市教育局
    area_code: str  # 441700 for departments, the county's own code otherwise
    org_code: str | None  # 9 characters with a valid check character; None for a county
    uscc: str | None  # 18 characters, valid
    listed: bool = True  # False: the portal does not show this body at all


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """A file on the static host."""

    guid: str  # 32 hex digits, the last part of /guide/files/{guid}
    name: str  # ATTACHNAME
    content: bytes
    media_type: str
    status: int = 200
    behaviour: Literal["plain", "huge", "endless", "drip"] = "plain"  # how it is sent, see servers/file_streams.py


@dataclass(frozen=True, kw_only=True)
class Booking:
    """The calendar of an item that can be booked; dates are made relative to the day of the visit."""

    free_by_day: tuple[int, ...]  # free slots on each of the next 10 working days
    slots_per_day: int
    fault: str | None = None  # e.g. "busy_page", "http_500", "never_loads"
    keeps_holidays: bool = True  # False: it runs from Monday to Friday, whatever the public calendar says
    missing: tuple[int, ...] = ()  # places among the 10 days that it leaves out
    cancel_told: bool = True
    login: Literal["none", "unified", "own"] = "none"  # what stands before the calendar on the web portal

    @property
    def shown_free(self) -> tuple[int, ...]:
        """Free slots of the days that are shown."""
        return tuple(free for at, free in enumerate(self.free_by_day) if at not in self.missing)


@dataclass(frozen=True, kw_only=True)
class Application:
    """What waits behind 在线办理."""

    kind: Literal[
        "form",
        "login_only",
        "login_other",
        "external",
        "external_login",
        "not_open",
        "error",
        "dead_end",
        "app_only",
        "download_only",
        "none",
    ]
    pages: tuple[str, ...] = ()  # titles of the form's pages, the last one is the confirm page
    autosave: bool = False  # the form posts a draft at each "next"
    fault: str | None = None
    traits: FormTraits = field(default_factory=FormTraits)


@dataclass(frozen=True, kw_only=True)
class SearchHabit:
    """What the portals' search understands about one item beside its own name."""

    synonyms: bool = True  # 日常用语 is indexed
    questions: bool = True  # 怎么办…, …要什么材料 around the name are read over
    places: bool = True  # a place before the name is understood
    full_pinyin: bool = True
    initials: bool = True  # of the pinyin
    slips: bool = True  # a wrong, missing or swapped character is forgiven, and loose matches are shown
    elsewhere_first: bool = False  # the same item of another place stands before it


@dataclass(frozen=True, kw_only=True)
class Item:
    """One published guide: its list record, its detail document and how the portal misbehaves about it."""

    item_id: str
    task_code: str  # 31 characters (33 for a 业务办理项)
    name: str
    body: str  # Body.key
    area_code: str
    dept_code: str  # 9-character org code that answers for it
    list_record: Json  # one element of AUDIT_ITEMLIST
    detail: Json  # the answer of getAuditItemDetailCur
    everyday_name: str | None = None
    booking: Booking | None = None
    application: Application = Application(kind="none")
    on_yss: bool = False
    on_yst: bool = False
    searchable: bool = True  # False: the portal's search never finds it
    search: SearchHabit = SearchHabit()
    misbehaviours: tuple[str, ...] = ()  # names out of the sandbox's catalogue of misbehaviours
    listed_times: int = 1  # >1: the same ITEM_ID comes again in the list
    linked: tuple[str, ...] = ()  # ITEM_IDs of the items that a themed service brings together
    faces: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # page, print, mobile → path → what it shows


@dataclass(frozen=True, kw_only=True)
class Corpus:
    """Everything one sandbox serves, and the truth about it."""

    seed: int
    bodies: tuple[Body, ...]
    items: tuple[Item, ...]
    attachments: Mapping[str, Attachment]
    truth: Json = field(default_factory=dict)
