"""The register of defect kinds: each is one small function that spoils one thing in a clean document."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from sandbox.corpus.document import Draft
from sandbox.corpus.plan import Facts, GuidePlan, Planted
from sandbox.model import Json

EVERYTHING = "全部"
"""Touched where nothing else of a guide may be spoilt."""
Spoil = Callable[[Draft], Json | None]
"""Spoils a draft; what it returns is added to the truth about it."""
Fits = Callable[[GuidePlan], bool]
Claim = Callable[[Facts], Facts]


@dataclass(frozen=True, kw_only=True)
class Kind:
    """What every kind of defect says about itself."""

    kind: str
    fields: tuple[str, ...]  # labels on the portal that a fair report may name, the spoilt one first
    where: str  # path in the detail document
    sentence: str
    checkpoint: str | None  # G1 … G17 of the notice; None: outside the seventeen
    touches: frozenset[str]  # what no second defect of the guide may share

    @property
    def field(self) -> str:
        """Label of the spoilt field."""
        return self.fields[0]


@dataclass(frozen=True, kw_only=True)
class Defect(Kind):
    """A kind of defect of one guide, with the guides that it can be planted in."""

    fits: Fits
    spoil: Spoil
    claim: Claim  # how the statements of the document change

    def describe(self, more: Json | None = None) -> Planted:
        """Make the record of a planting."""
        return Planted(
            kind=self.kind, fields=self.fields, where=self.where, checkpoint=self.checkpoint, more=more or {}
        )

    def plant(self, draft: Draft) -> None:
        """Spoil the draft and write it down."""
        more = self.spoil(draft) or {}
        draft.facts = self.claim(draft.facts)
        draft.touched |= self.touches
        draft.defects.append(self.describe(more))


@dataclass(frozen=True, kw_only=True)
class Case:
    """One defect between guides that was just planted."""

    accused: Sequence[Draft]  # a finding on any of them is right
    partners: Sequence[Draft] = ()  # concerned without being at fault
    more: Json = field(default_factory=dict)


class Neighbourhood:
    """All guides of a corpus, with those that belong together."""

    def __init__(self, drafts: Sequence[Draft]) -> None:
        self.drafts = drafts
        self.bodies: dict[str, list[Draft]] = {}
        self._kin: dict[tuple[str, str], list[Draft]] = {}
        for draft in drafts:
            self.bodies.setdefault(draft.plan.body, []).append(draft)
            self._kin.setdefault(draft.plan.kind, []).append(draft)

    def list_kin(self, draft: Draft) -> list[Draft]:
        """List the guides of other bodies about the same thing."""
        return [other for other in self._kin[draft.plan.kind] if other.plan.body != draft.plan.body]


Arrange = Callable[[Neighbourhood, random.Random], Case | None]
"""Finds guides without any defect that suit, spoils them and says which they are; ``None`` when none suit."""


@dataclass(frozen=True, kw_only=True)
class GroupDefect(Kind):
    """A kind of defect that only a look at several guides shows."""

    arrange: Arrange

    def plant(self, around: Neighbourhood, rng: random.Random) -> bool:
        """Spoil some guides and write it down on each that may be accused; say whether any suited."""
        case = self.arrange(around, rng)
        if case is None:
            return False
        everyone = [draft.plan.item_id for draft in (*case.accused, *case.partners)]
        for draft in case.accused:
            draft.touched |= self.touches
            draft.defects.append(
                Planted(
                    kind=self.kind,
                    fields=self.fields,
                    where=self.where,
                    checkpoint=self.checkpoint,
                    partners=tuple(one for one in everyone if one != draft.plan.item_id),
                    right_on=tuple(one.plan.item_id for one in case.accused),
                    more=case.more,
                )
            )
        for draft in case.partners:
            # The same field stays sound there, or the comparison with it would lose its ground.
            draft.touched |= {"同伴", *self.fields}
        return True


DEFECTS: dict[str, Defect] = {}
GROUP_DEFECTS: dict[str, GroupDefect] = {}


def always(plan: GuidePlan) -> bool:
    """Fit every guide."""
    return bool(plan.item_id)


def unchanged(facts: Facts) -> Facts:
    """Leave the statements as they are."""
    return facts


def defect(
    kind: str,
    *,
    field: str,
    where: str,
    sentence: str,
    also: tuple[str, ...] = (),
    checkpoint: str | None = None,
    fits: Fits = always,
    claim: Claim = unchanged,
    touches: tuple[str, ...] = (),
) -> Callable[[Spoil], Spoil]:
    """Register a spoiling function under its kind.

    ``also`` names further labels by which a report may fairly call the fault, such as the other side of a
    contradiction; ``touches`` names what no second defect of the guide may share.
    """

    def register(spoil: Spoil) -> Spoil:
        DEFECTS[kind] = Defect(
            kind=kind,
            fields=(field, *also),
            where=where,
            sentence=sentence,
            checkpoint=checkpoint,
            fits=fits,
            spoil=spoil,
            claim=claim,
            touches=frozenset((field, *also, *touches)),
        )
        return spoil

    return register


def group_defect(
    kind: str,
    *,
    field: str,
    where: str,
    sentence: str,
    also: tuple[str, ...] = (),
    checkpoint: str | None = None,
    touches: tuple[str, ...] = (),
) -> Callable[[Arrange], Arrange]:
    """Register a function that plants a defect between guides."""

    def register(arrange: Arrange) -> Arrange:
        GROUP_DEFECTS[kind] = GroupDefect(
            kind=kind,
            fields=(field, *also),
            where=where,
            sentence=sentence,
            checkpoint=checkpoint,
            arrange=arrange,
            touches=frozenset((field, *also, *touches)),
        )
        return arrange

    return register
