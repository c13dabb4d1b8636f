"""Adds up what the pages of one application form ask of a citizen (methodology.md §5, measures kept raw)."""

from collections.abc import Callable

from domain.measure_name import MeasureName
from domain.observation import Measure
from portals.citizen import FilledForm, FormPage
from portals.form_words import without_visit
from probes.application.keystroke_model import count_keys, predict_s

SLOW_S = 15.0
"""A page that takes longer is slow (methodology.md §2.2, §5)."""


class FormEffort:
    """The sums over the pages seen so far on one walk."""

    def __init__(self) -> None:
        self._pages: list[FormPage] = []
        self._filled: list[FilledForm] = []
        self._waits_s: list[float] = []

    @property
    def pages(self) -> int:
        """Pages seen, the confirm page included."""
        return len(self._pages)

    @property
    def reached_confirm(self) -> bool:
        """Say whether the confirm page was seen."""
        return bool(self._pages) and self._pages[-1].last

    @property
    def slow_pages(self) -> int:
        """Count the pages that took more than 15 s."""
        return sum(wait_s > SLOW_S for wait_s in self._waits_s)

    def add(self, page: FormPage) -> None:
        """Count one page in."""
        self._pages.append(page)

    def fill(self, filled: FilledForm) -> None:
        """Count in what was put into a page."""
        self._filled.append(filled)

    def wait(self, wait_s: float) -> None:
        """Count in how long a page was waited for."""
        self._waits_s.append(wait_s)

    def figures(self) -> dict[str, Measure]:
        """Return the raw figures of a walk: everything that is a number."""
        return {
            MeasureName.PAGES: self.pages,
            MeasureName.FIELDS: sum(page.fields for page in self._pages),
            "required": sum(page.required for page in self._pages),
            MeasureName.PREFILLED: sum(page.prefilled for page in self._pages),
            MeasureName.PREFILLABLE: sum(page.prefillable for page in self._pages),
            MeasureName.UPLOADS: sum(page.uploads for page in self._pages),
            "chars_typed": sum(filled.chars for filled in self._filled),
            "keys": sum(count_keys(text) for filled in self._filled for text in filled.texts),
            MeasureName.WAITING_S: round(sum(self._waits_s), 3),
            MeasureName.SLOW_PAGES: self.slow_pages,
            MeasureName.KLM_S: self.klm_s,
        }

    @property
    def klm_s(self) -> float | None:
        """Seconds by the Keystroke-Level Model; ``None`` for a form that was not walked to its end."""
        return round(predict_s(self._filled, sum(self._waits_s)), 2) if self.reached_confirm else None

    def offers(self) -> dict[str, Measure]:
        """Return what the form tells and offers; ``None`` is what no page could show, or what came too late to be seen.

        That something is missing can be said only of a form that was seen to its end.
        """
        uploading = [page for page in self._pages if page.uploads]
        deliveries = [delivery for page in self._pages for delivery in page.deliveries]
        common = [page.common_formats for page in uploading]
        return {
            MeasureName.LIMITS_TOLD: all(page.limits_told for page in uploading) if uploading else None,
            MeasureName.COMMON_FORMATS: None if not common or (None in common and False not in common) else all(common),
            MeasureName.LICENCE_OFFERED: any(page.licence for page in uploading) if uploading else None,
            MeasureName.RESULT_WITHOUT_VISIT: any(map(without_visit, deliveries)) if deliveries else None,
            MeasureName.DRAFT_KEPT: self._shown(lambda page: page.draft),
            MeasureName.MESSAGES_OFFERED: self._shown(lambda page: page.messages),
            MeasureName.RECEIPT_PROMISED: self._shown(lambda page: page.receipt),
            MeasureName.RATING_ENTRY: self._shown(lambda page: page.rating_entry),
            MeasureName.SCENARIO_CHOICE: self._shown(lambda page: page.situations >= 2),
        }

    def _shown(self, shows: Callable[[FormPage], bool]) -> bool | None:
        if any(map(shows, self._pages)):
            return True
        return False if self.reached_confirm else None
