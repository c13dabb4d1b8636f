"""What one way in for a telephone turned out to be, and what all ways of one item amount to."""

import re
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from domain.entrance import ENTRANCE_TITLES_ZH, WORKING, EntranceKind
from domain.failure import BLAME, REASON_TITLES_ZH, FailureReason
from domain.frozen import Frozen
from domain.guide_fields import FieldName
from domain.known_facts import KnownFacts
from domain.measure_name import MeasureName
from domain.observation import Measure, ObservedRow
from domain.outcome import Outcome
from probes.probe import ProbeResult

ADDRESS = re.compile(r"https?://[^\s，。；、）)“”\"']+")
DECLARED = "declared"  # kind of the row about the address that the guide gives; the others bear a portal's id
APP_ONLY_SAID = "只能在手机应用内办理，网页探测到此为止"
WORST_FIRST = (Outcome.FAIL, Outcome.ERROR, Outcome.INCONCLUSIVE, Outcome.BLOCKED)


class Declaration(Frozen):
    """What the guide says about telephones: its words, and the address in them if there is one."""

    words: str
    url: str

    @property
    def made(self) -> bool:
        return bool(self.words)

    def names(self, *, title: str, origin: str) -> bool:
        """Say whether it means a platform, by name or by an address of its host."""
        parts = urlsplit(self.url)
        return title in self.words or (bool(origin) and f"{parts.scheme}://{parts.netloc}" == origin)


def read_declaration(known: KnownFacts) -> Declaration:
    """Take the mobile address out of the guide's facts; a platform named in 办理形式 is declared as well."""
    words = known.text(FieldName.MOBILE_URL).strip()
    form = known.text(FieldName.HANDLING_FORM)
    named = "、".join(title for title in ("粤省事", "粤商通") if title in form)
    found = ADDRESS.search(words)
    return Declaration(words="；".join(filter(None, (words, named))), url=found[0] if found else "")


class MobileEntry(Frozen):
    """One way in: ``None`` figures were not observed. ``trouble`` is what kept the citizen out."""

    kind: str  # "declared", or the id of the platform
    title: str
    asked: str
    declared: bool
    carried: bool = True  # False: the platform says that it has no such service
    rank: int | None = None  # place among the search results; None also where nothing was searched
    searched: bool = False
    opens: bool | None = None
    sideways_px: int | None = None  # how far the page reaches beyond a window of 390 px
    scaled: bool | None = None  # the page tells a telephone its width (meta viewport)
    entrance: EntranceKind | None = None
    trouble: FailureReason | None = None
    said: str = ""

    @property
    def outcome(self) -> Outcome:
        """Judge it by the failure table; an app is our blindness, a platform that never promised it no fault."""
        if self.trouble is not None:
            return BLAME[self.trouble]
        if not self.carried:
            return Outcome.NOT_APPLICABLE
        return Outcome.BLOCKED if self.entrance is EntranceKind.APP_ONLY else Outcome.PASS

    @property
    def tried(self) -> bool:
        """Say whether it tells something about whether mobile entries open."""
        return self.outcome.counts

    @property
    def grade(self) -> float | None:
        """Share of what was looked at that is as it should be: found, opens, fits, leads on; ``None``: not observed."""
        if not self.tried:
            return None
        fits = None if self.sideways_px is None else self.sideways_px <= 0
        leads_on = None if self.entrance is None else self.entrance in WORKING
        found = self.rank is not None if self.searched else None
        told = [one for one in (found, self.opens, fits, leads_on) if one is not None]
        return round(sum(told) / len(told), 4) if told else None

    def row(self) -> ObservedRow:
        """Return it as it is stored."""
        measures: dict[str, Measure] = {
            "rank": self.rank,
            "opens": self.opens,
            "sideways_px": self.sideways_px,
            "scaled": self.scaled,
            "entrance": self.entrance.value if self.entrance else None,
            "failure": self.trouble.value if self.trouble else None,
        }
        return ObservedRow(
            kind=self.kind,
            asked=self.asked,
            expected="指南已声明" if self.declared else "指南未声明",
            seen=tell(self),
            grade=self.grade,
            measures={name: figure for name, figure in measures.items() if figure is not None},
        )


def tell(entry: MobileEntry) -> str:
    """Say in a few words what one way in is like."""
    if not entry.carried and entry.trouble is None:
        return f"{entry.title}未上架此服务"
    if entry.trouble is not None:
        return f"{entry.title}：{entry.said or REASON_TITLES_ZH[entry.trouble]}"
    if entry.entrance is EntranceKind.APP_ONLY:
        return f"{entry.title}：{APP_ONLY_SAID}"
    found = f"检索第 {entry.rank} 位，" if entry.rank else ""
    leads = f"，在线办理通向{ENTRANCE_TITLES_ZH[entry.entrance]}" if entry.entrance else ""
    wide = f"，页面比 390 像素宽 {entry.sideways_px} 像素，需左右滑动" if (entry.sideways_px or 0) > 0 else ""
    return f"{entry.title}：{found}可以打开{leads}{wide}"


def conclude(entries: Sequence[MobileEntry], declaration: Declaration) -> ProbeResult:
    """Fail on a way in that is promised and missing or broken; pass when one works and nothing is left in doubt."""
    met = [entry for entry in entries if entry.carried or entry.trouble]
    if not met:
        said = "指南只写了文字，没有可打开的地址" if declaration.made else "指南未声明移动端入口"
        return ProbeResult(outcome=Outcome.NOT_APPLICABLE, reason=f"{said}，移动平台也没有上架此服务")
    worst = find_worst(met)
    return ProbeResult(
        outcome=worst.outcome,
        failure=worst.trouble,
        reason="；".join(map(tell, met)),
        value=float(sum(entry.outcome is Outcome.PASS for entry in met)),
        measures=figures(met, declaration),
        rows=tuple(entry.row() for entry in entries),
    )


def find_worst(met: Sequence[MobileEntry]) -> MobileEntry:
    """Return the entry that decides: a fault first, then what is in doubt; a page beside an app is a way in."""
    settled = [entry for entry in met if entry.entrance is not EntranceKind.APP_ONLY] or list(met)
    for outcome in WORST_FIRST:
        for entry in settled:
            if entry.outcome is outcome:
                return entry
    return settled[0]


def figures(met: Iterable[MobileEntry], declaration: Declaration) -> dict[str, Measure]:
    """Return what scoring and exports read."""
    entries = list(met)
    widths = [entry.sideways_px for entry in entries if entry.sideways_px is not None]
    return {
        MeasureName.MOBILE_DECLARED: declaration.made,
        MeasureName.MOBILE_TRIED: sum(entry.tried for entry in entries),
        MeasureName.MOBILE_OPEN: sum(entry.outcome is Outcome.PASS for entry in entries),
        MeasureName.MOBILE_APP_ONLY: sum(entry.entrance is EntranceKind.APP_ONLY for entry in entries),
        MeasureName.SIDEWAYS_SCROLLING: any(width > 0 for width in widths) if widths else None,
    }
