"""Adds up what the pages of one application form ask of a citizen (methodology.md §5, measures kept raw)."""

from domain.measure_name import MeasureName
from domain.observation import Measure
from portals.citizen import FormPage
from probes.journey import Journey


class FormEffort:
    """The sums over the pages seen so far."""

    def __init__(self) -> None:
        self._pages: list[FormPage] = []

    @property
    def pages(self) -> int:
        """Pages seen, the confirm page included."""
        return len(self._pages)

    def add(self, page: FormPage) -> None:
        """Count one page in."""
        self._pages.append(page)

    def measures(self, journey: Journey) -> dict[str, Measure]:
        """Return the figures; what no page asked for is ``None`` where yes or no would mislead."""
        with_uploads = [page for page in self._pages if page.uploads]
        return {
            MeasureName.PAGES: self.pages,
            MeasureName.FIELDS: sum(page.fields for page in self._pages),
            MeasureName.PREFILLED: sum(page.prefilled for page in self._pages),
            MeasureName.PREFILLABLE: sum(page.prefillable for page in self._pages),
            MeasureName.UPLOADS: sum(page.uploads for page in self._pages),
            MeasureName.LIMITS_TOLD: all(page.limits_told for page in with_uploads) if with_uploads else None,
            MeasureName.COMMON_FORMATS: all(page.common_formats for page in with_uploads) if with_uploads else None,
            "required": sum(page.required for page in self._pages),
            "clicks": journey.clicks,
            "chars_typed": journey.chars_typed,
        }
