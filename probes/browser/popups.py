"""Hears what pages say in popups and sends each away at once, since an open popup stops a page for good."""

from playwright.sync_api import Dialog, Page
from playwright.sync_api import Error as PlaywrightError

BEFORE_LEAVING = "beforeunload"


class Popups:
    """The popups of the pages that are watched."""

    def __init__(self) -> None:
        self._heard: list[str] = []
        self._watched: set[Page] = set()

    @property
    def said(self) -> bool:
        """Say whether a page has said something since the last ``take``."""
        return bool(self._heard)

    def watch(self, page: Page) -> None:
        """Listen to a page; once is enough."""
        if page not in self._watched:
            self._watched.add(page)
            page.on("dialog", self._dismiss)

    def take(self) -> str:
        """Return what was said since the last call, "" for nothing."""
        heard = " ".join(self._heard)
        self._heard.clear()
        return heard

    def _dismiss(self, dialog: Dialog) -> None:
        """Answer no, except to the question whether a page may be left."""
        try:
            if dialog.type == BEFORE_LEAVING:
                dialog.accept()
                return
            self._heard.append(dialog.message)
            dialog.dismiss()
        except PlaywrightError:
            return  # the page is gone, and its popup with it
