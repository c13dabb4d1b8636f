"""The codes that a column may hold, with the words that people read for them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from exports.language import Language
from exports.vocabulary import PORTAL_TITLES, PROBE_TITLES, TITLES_ZH, title


@dataclass(frozen=True, kw_only=True)
class CodeList:
    """Codes in order; an open list may hold others as well, which are then shown as they are.

    A code may be added to an open list at any time; one is added to a closed list only with a major version.
    """

    id: str
    zh: Mapping[str, str]
    en: Mapping[str, str]
    open: bool = False

    def title(self, code: str | None, language: Language) -> str:
        """Name a code; ``""`` for ``None``, an unknown one stays as it is."""
        if code is None:
            return ""
        return (self.zh if language is Language.ZH else self.en).get(code, code)


@cache
def codes_of(kind: type[StrEnum], *, open: bool = False) -> CodeList:
    """Make the list of a stored vocabulary; raise ``LookupError`` for one that nobody has named in Chinese."""
    if kind not in TITLES_ZH:
        raise LookupError(f"the vocabulary {kind.__name__} has no Chinese titles")
    spelled = {language: {member.value: title(member, language) for member in kind} for language in Language}
    return CodeList(id=kind.__name__, zh=spelled[Language.ZH], en=spelled[Language.EN], open=open)


READINGS = CodeList(
    id="Reading", zh={"narrow": "从严（窄）", "wide": "从宽（宽）"}, en={"narrow": "narrow", "wide": "wide"}
)
PORTALS = CodeList(id="Portal", zh=PORTAL_TITLES[Language.ZH], en=PORTAL_TITLES[Language.EN], open=True)
PROBES = CodeList(id="Probe", zh=PROBE_TITLES[Language.ZH], en=PROBE_TITLES[Language.EN], open=True)
