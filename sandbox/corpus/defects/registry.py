"""The register of defect kinds: each is one small function that spoils one thing in a clean document."""

from collections.abc import Callable
from dataclasses import dataclass

from sandbox.corpus.document import Draft
from sandbox.corpus.plan import Facts, GuidePlan, Planted

Spoil = Callable[[Draft], None]
Fits = Callable[[GuidePlan], bool]
Claim = Callable[[Facts], Facts]


@dataclass(frozen=True, kw_only=True)
class Defect:
    """A kind of defect: what it is, where it shows, which guides it can be planted in."""

    kind: str
    field: str  # label on the portal
    where: str  # path in the detail document
    sentence: str
    checkpoint: str | None  # G1 … G17 of the notice; None: outside the seventeen
    fits: Fits
    spoil: Spoil
    claim: Claim  # how the statements of the document change
    touches: frozenset[str]

    def plant(self, draft: Draft) -> None:
        """Spoil the draft and write it down."""
        self.spoil(draft)
        draft.facts = self.claim(draft.facts)
        draft.touched |= self.touches
        draft.defects.append(Planted(kind=self.kind, field=self.field, where=self.where))


DEFECTS: dict[str, Defect] = {}


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
    checkpoint: str | None = None,
    fits: Fits = always,
    claim: Claim = unchanged,
    touches: tuple[str, ...] = (),
) -> Callable[[Spoil], Spoil]:
    """Register a spoiling function under its kind; ``touches`` names what no second defect of the guide may share."""

    def register(spoil: Spoil) -> Spoil:
        DEFECTS[kind] = Defect(
            kind=kind,
            field=field,
            where=where,
            sentence=sentence,
            checkpoint=checkpoint,
            fits=fits,
            spoil=spoil,
            claim=claim,
            touches=frozenset((field, *touches)),
        )
        return spoil

    return register
