"""What every page needs of its request: the store, the language and a way to answer in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from domain.measure_title import MEASURE_TITLES_ZH
from exports import links, vocabulary
from exports.dataset import UNIT_NAMES
from exports.language import Language, parse_language
from storage.store import Store
from web import presentation
from web.messages import message

TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).with_name("templates")),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
TEMPLATES.filters.update(
    moment=presentation.spell_moment,
    number=presentation.spell_number,
    share=presentation.spell_share,
    measure=presentation.spell_measure,
    duration=presentation.spell_duration,
    web_address=presentation.web_address,
)
TEMPLATES.globals.update(links=links, glyphs=presentation.GLYPHS, measure_titles=MEASURE_TITLES_ZH)


@dataclass(frozen=True, kw_only=True)
class Workbench:
    """What the application holds for all its requests."""

    store: Store
    rule_titles: Mapping[str, str]
    has_viewer: bool
    tool_commit: str = "unknown"


@dataclass(frozen=True, kw_only=True)
class Visit:
    """One request being answered."""

    request: Request
    language: Language
    workbench: Workbench

    @property
    def store(self) -> Store:
        return self.workbench.store

    def link(self, path: str, **query: object) -> str:
        """Address of a page in the visitor's language; empty query values are left out."""
        asked = {name: value for name, value in query.items() if value not in ("", None)}
        if self.language is not Language.ZH:
            asked["lang"] = self.language.value
        return f"{path}?{urlencode(asked)}" if asked else path

    def render(self, template: str, *, status: int = 200, **values: object) -> HTMLResponse:
        """Fill a template; the words of both languages and of the stored vocabularies come with it."""
        words = {
            "t": partial(message, language=self.language),
            "title_of": partial(vocabulary.title, language=self.language),
            "portal_title": partial(vocabulary.portal_title, language=self.language),
            "probe_title": partial(vocabulary.probe_title, language=self.language),
            "row_kind": partial(vocabulary.row_kind_title, language=self.language),
            "unit_name": lambda unit: UNIT_NAMES.get(unit, unit) if unit else "—",
            "rule_title": lambda rule: self.workbench.rule_titles.get(rule, ""),
            "link": self.link,
            "language": self.language,
            "switch_address": self._switch_address(),
        }
        return HTMLResponse(TEMPLATES.get_template(template).render(**words, **values), status_code=status)

    def _switch_address(self) -> str:
        other = Language.ZH if self.language is Language.EN else Language.EN
        return str(self.request.url.include_query_params(lang=other.value).replace(scheme="", netloc=""))


def receive(request: Request) -> Visit:
    """Read the request; a language that does not exist raises ``UsageError``."""
    language = parse_language(request.query_params.get("lang", Language.ZH.value))
    return Visit(request=request, language=language, workbench=request.app.state.workbench)


Visiting = Annotated[Visit, Depends(receive)]
