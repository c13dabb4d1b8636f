"""Things that look like defects and are legitimate: a checker that reports them cries wolf."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sandbox.corpus.defects.registry import always, unchanged
from sandbox.corpus.document import Draft
from sandbox.corpus.plan import Facts, GuidePlan

Write = Callable[[Draft], None]


@dataclass(frozen=True, kw_only=True)
class NearMiss:
    """A legitimate oddity: why it is no defect, which guides can show it, how it is written."""

    kind: str
    why: str
    write: Write
    touches: frozenset[str]
    fits: Callable[[GuidePlan], bool] = always
    claim: Callable[[Facts], Facts] = unchanged
    standard: bool = False  # the province sets it: every body with the same thing writes the same

    def suits(self, host: Draft, kin: Iterable[Draft]) -> bool:
        """Say whether it can go there; a matter of the standard needs all its kin unspoilt in it."""
        concerned = (host, *kin) if self.standard else (host,)
        return self.fits(host.plan) and not any(self.touches & one.touched for one in concerned)

    def plant(self, host: Draft, kin: Iterable[Draft]) -> None:
        """Write the oddity and note it; where it is a matter of the standard, in all guides about the same thing."""
        for draft in (host, *kin) if self.standard else (host,):
            self.write(draft)
            draft.facts = self.claim(draft.facts)
            draft.touched |= self.touches
            draft.near_misses.append((self.kind, self.why))


NEAR_MISSES: dict[str, NearMiss] = {}


def near_miss(
    kind: str,
    why: str,
    *touches: str,
    fits: Callable[[GuidePlan], bool] = always,
    claim: Callable[[Facts], Facts] = unchanged,
    standard: bool = False,
) -> Callable[[Write], Write]:
    """Register a function that writes an oddity under its kind."""

    def register(write: Write) -> Write:
        NEAR_MISSES[kind] = NearMiss(
            kind=kind, why=why, write=write, touches=frozenset(touches), fits=fits, claim=claim, standard=standard
        )
        return write

    return register


def note(
    kind: str, why: str, *touches: str, fits: Callable[[GuidePlan], bool] = always, write: Write, standard: bool = False
) -> None:
    """Register an oddity that is written in one expression."""
    near_miss(kind, why, *touches, fits=fits, standard=standard)(write)
