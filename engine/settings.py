"""Everything that can be set from outside, read once at the door from ``yuece.toml`` and ``YUECE_*``, then frozen."""

import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from crawler.rules.law_register import choose_register
from domain.errors import UsageError
from domain.frozen import Frozen
from domain.maintenance import MaintenanceWindow
from probes.search.life_events import load_life_events
from probes.search.query_kind import QueryKind
from readability.office_terms import load_terms
from scoring.targets import read_targets_file
from scoring.total_rules import load_total_rules

CONFIG_FILE = Path("yuece.toml")
LIVE_GAP_H_MIN = 1.0


class Authorisation(Frozen):
    """The mandate under which a live portal may be visited (architecture.md §6)."""

    mandate: str
    hosts: tuple[str, ...]
    valid_from: date
    valid_to: date


class PlanSizes(Frozen):
    """How many items of each body a night's probes visit on 广东政务服务网.

    On the mobile portals it is one item of each of the first ``mobile_bodies`` bodies of the draw. ``faces`` is the
    declared sample whose page, print and mobile page are held against the data. ``mobile`` items are looked for with a
    telephone, ``consistency`` items that another portal lists as well are compared across the portals. The service desk
    is asked about ``chatbot`` items of each of ``chatbot_bodies`` drawn bodies, three questions each; ten items make
    the whole bank. Behind ``entrance`` online items it is only looked where 在线办理 leads (a large number looks at all
    of them); ``theme`` of the themed services (一件事) are tried up to the confirm page. ``application`` items are like
    services: 4 make one of each archetype of a department, 8 all common codes of the counties.
    """

    search: int = Field(default=1, ge=0, le=200)
    search_kinds: tuple[QueryKind, ...] = tuple(QueryKind)  # of query for each searched item; T0 is always asked
    application: int = Field(default=1, ge=0, le=50)
    booking: int = Field(default=1, ge=0, le=50)
    faces: int = Field(default=1, ge=0, le=200)
    entrance: int = Field(default=1, ge=0, le=5_000)
    theme: int = Field(default=1, ge=0, le=50)
    mobile: int = Field(default=1, ge=0, le=50)
    consistency: int = Field(default=1, ge=0, le=50)
    mobile_bodies: int = Field(default=4, ge=0, le=48)
    timing: int = Field(default=4, ge=0, le=500)  # items of all bodies together whose times are taken, one at a time
    chatbot: int = Field(default=1, ge=0, le=50)
    chatbot_bodies: int = Field(default=6, ge=0, le=48)


class Pace(Frozen):
    """How gently a host is visited."""

    delay_s: float = Field(ge=0)
    concurrency: int = Field(ge=1, le=32)
    visitors: int = Field(ge=1, le=16)  # crawls and probes on one host at the same time
    part_delay_s: float = Field(
        default=0.0, ge=0
    )  # between any two requests of browsers, pictures and scripts included
    requests_max: int | None = Field(default=None, ge=1)  # to one host in one run
    bytes_max: int | None = Field(default=None, ge=1)  # from one host in one run


class PortalFile(Frozen):
    """What the owner lays over a portal's shipped configuration."""

    site_file: Path


def check_terms(path: Path) -> Path:
    """Read an owner's list of office terms, so that a bad one is refused before a night and not within it."""
    load_terms(path)
    return path


def check_life_events(path: Path) -> Path:
    """Read an owner's list of life events, likewise."""
    load_life_events(path)
    return path


def check_targets(path: Path) -> Path:
    """Read the client's target values, likewise."""
    read_targets_file(path)
    return path


def check_totals(path: Path) -> Path:
    """Read the client's rules of totals, likewise."""
    load_total_rules(path)
    return path


OwnTargets = Annotated[Path, AfterValidator(check_targets)]
OwnTotals = Annotated[Path, AfterValidator(check_totals)]
OwnEvents = Annotated[Path, AfterValidator(check_life_events)]
OwnTerms = Annotated[Path, AfterValidator(check_terms)]


class Settings(BaseSettings):
    """The settings of one process.

    ``home`` holds the store and the evidence. Live portals are visited one request at a time with a pause; the sandbox,
    being ours, is visited as fast as it answers.
    """

    model_config = SettingsConfigDict(
        env_prefix="YUECE_", env_nested_delimiter="__", toml_file=CONFIG_FILE, frozen=True, extra="forbid"
    )

    home: Annotated[Path, AfterValidator(Path.absolute)] = Path("var")  # workers and crawls start in other folders
    contact: str = ""
    browser: str = ""
    scheduler: str = ""  # tcp://… of a Dask scheduler; "" = an embedded cluster
    workers: int = Field(default_factory=lambda: (os.cpu_count() or 1) + 1, ge=1, le=256)  # a browser often waits
    sizes: PlanSizes = PlanSizes()
    live_pace: Pace = Pace(
        delay_s=2.0, concurrency=1, visitors=1, part_delay_s=0.1, requests_max=20_000, bytes_max=2 * 1024**3
    )
    sandbox_pace: Pace = Pace(delay_s=0.0, concurrency=8, visitors=3)
    probe_budget_s: float = Field(default=180.0, gt=0, le=900)  # the one budget of one visit of a probe
    page_load_s: float = Field(default=15.0, gt=0, le=120)  # a page that takes longer has timed out (methodology §3.2)
    page_wait_s: float = Field(default=8.0, gt=0, le=120)  # for something to appear on a page that has loaded
    visit_occasion_gap_h: float = Field(default=6.0, ge=0)  # between two visits that count as two; the sandbox has none
    retry_pause_s: float = Field(default=30.0, ge=0, le=3600)  # before a visit that line or server broke is made again
    maintenance: tuple[MaintenanceWindow, ...] = ()  # pauses that the portals' owners announced
    salt: str = "yuece"  # drawn into every sample; committed before a window, published after it
    anchor_salt: str = "yuece"  # of the search's anchor items: the same in every period (decision 0010)
    life_events: OwnEvents | None = None  # words for T10 of the owner's own; None: the list that is shipped
    trusted_days: int = Field(default=7, ge=0, le=365)  # a listing's unchanged version is believed so long; 0: never
    office_terms: OwnTerms | None = None  # a list of office terms of the owner's own; None: the one that is shipped
    law_register: Path | None = None  # repealed laws of the owner's own, beside the list that is shipped
    readability_calibrated: bool = False  # docs/readability.md: only then may R enter a score
    reading: Literal["narrow", "wide"] = "narrow"  # how far the notice's exemption reaches (methodology.md §3.3)
    targets_file: OwnTargets | None = None  # the client's target values; None: the placeholders that are shipped
    totals_file: OwnTotals | None = None  # the client's rules of totals; None: those of methodology.md §3.3 and §7
    ranking_seed: int = Field(default=2021, ge=0)  # the same seed gives the same intervals and places
    ranking_draws: int = Field(default=5_000, ge=100, le=100_000)  # totals that are drawn for them
    outside_links: Literal["published", "never"] = "published"  # decision 0007: hosts that guides name, and no further
    link_occasion_gap_h: float = Field(default=6.0, ge=0)  # between two looks that count as two; 0 for rehearsals
    link_budget_h: float = Field(default=4.0, gt=0, le=24)  # for all looks of a night; the rest is first the next night
    night_hour: int = Field(default=1, ge=0, le=23)
    night_minute: int = Field(default=30, ge=0, le=59)
    night_window_h: float = Field(default=5.0, gt=0, le=12)
    night_target: str = "live"
    authorisation: Authorisation | None = None
    quiet_hours: tuple[str, ...] = ("08:30-12:00", "14:30-17:30")  # Asia/Shanghai: live portals belong to citizens
    portals: Mapping[str, PortalFile] = {}  # portal → site file of the owner's own (docs/going-live.md)
    time_stamp_url: str = ""  # of an authority that stamps closed runs (RFC 3161); "": runs are not stamped
    time_stamp_roots: Path | None = None  # its root certificates (PEM), by which stamps are judged

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Let the environment win over the file, and the caller over both."""
        return (init_settings, env_settings, TomlConfigSettingsSource(settings_cls))

    def pace(self, target: str) -> Pace:
        """Return the pace for ``live`` or ``sandbox``."""
        return self.sandbox_pace if target == "sandbox" else self.live_pace

    def occasion_gap_h(self, target: str) -> float:
        """Return the hours between two looks that count as two; a live portal gets time to recover."""
        if target == "live" and self.link_occasion_gap_h < LIVE_GAP_H_MIN:
            given = f"{self.link_occasion_gap_h:g}"
            raise UsageError(f"link_occasion_gap_h is {given}; allowed for live portals: {LIVE_GAP_H_MIN:g} or more")
        return self.link_occasion_gap_h

    def visit_gap_h(self, target: str) -> float:
        """Return the hours between two visits that count as two occasions; the sandbox's truth does not change."""
        if target == "sandbox":
            return 0.0
        if self.visit_occasion_gap_h < LIVE_GAP_H_MIN:
            given = f"{self.visit_occasion_gap_h:g}"
            raise UsageError(f"visit_occasion_gap_h is {given}; allowed for live portals: {LIVE_GAP_H_MIN:g} or more")
        return self.visit_occasion_gap_h


def load_settings() -> Settings:
    """Read the settings; raise ``UsageError`` with one sentence for a value that does not fit."""
    try:
        settings = Settings()
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        # What is no setting of ours may be a secret that lies in the wrong place: it is not repeated.
        given = "" if first["type"] == "extra_forbidden" else f" (given: {first.get('input')!r})"
        raise UsageError(f"setting {place!r} does not fit: {first['msg']}{given}") from None
    except ValueError as error:  # a yuece.toml that is no TOML
        raise UsageError(f"{CONFIG_FILE} cannot be read: {error}") from error
    if settings.law_register is not None:
        choose_register(settings.law_register)
    return settings
