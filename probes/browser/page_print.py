"""Prints a page of our own into a PDF with the browser that this machine has; nothing is asked of any network."""

from html import escape
from pathlib import Path

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page, sync_playwright

from domain.errors import MachineError
from probes.browser.browser_discovery import find_browser

PRINT_TIMEOUT_MS = 180_000
EDGE = "font-size: 8px; width: 100%; padding: 0 14mm; color: #55626e; font-family: sans-serif;"
"""The browser gives a running head neither a size nor a margin of its own."""


def print_page(html: str, target: Path, running_head: str, *, executable: str = "") -> None:
    """Write ``html`` as A4 pages with the running head, page numbers, an outline and tags for screen readers.

    Scripts and every request are off. Raises ``MachineError`` where no browser is found or it fails.
    """
    with sync_playwright() as playwright:
        found = find_browser(executable, playwrights_own=Path(playwright.chromium.executable_path))
        try:
            browser = playwright.chromium.launch(executable_path=found.path)
        except PlaywrightError as error:
            raise MachineError(f"the browser does not start: {error.message.splitlines()[0]}") from error
        try:
            page = browser.new_context(java_script_enabled=False, offline=True, service_workers="block").new_page()
            page.route("**/*", lambda route: route.abort())
            print_content(page, html, target, running_head)
        except PlaywrightError as error:
            raise MachineError(f"the browser cannot print the report: {error.message.splitlines()[0]}") from error
        finally:
            browser.close()


def print_content(page: Page, html: str, target: Path, running_head: str) -> None:
    """Load the text into the page and print it."""
    page.set_content(html, wait_until="load", timeout=PRINT_TIMEOUT_MS)
    page.pdf(
        path=target,
        prefer_css_page_size=True,
        print_background=True,
        display_header_footer=True,
        header_template=f'<div style="{EDGE}">{escape(running_head)}</div>',
        footer_template=(
            f'<div style="{EDGE} text-align: center"><span class="pageNumber"></span> / '
            '<span class="totalPages"></span></div>'
        ),
        tagged=True,
        outline=True,
    )
