"""Finds accessibility faults with axe-core: faults only, since no tool can say that a page has none."""

import json
from functools import cache
from importlib.resources import files

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page

from domain.frozen import Frozen
from portals.citizen import Obstacle
from probes.browser.named_trouble import named_trouble

STANDARD = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa")
IMPACTS = frozenset({"serious", "critical"})
PLACES_MAX = 5
WORLD = "yuece-accessibility"
RUN = """(async () => {
  %(source)s
  const found = await axe.run(document, {
    runOnly: {type: 'tag', values: %(tags)s}, resultTypes: ['violations'], iframes: false, selectors: true,
  });
  return found.violations.map(rule => ({
    rule: rule.id, impact: rule.impact || '', help: rule.help, tags: rule.tags, nodes: rule.nodes.length,
    places: rule.nodes.slice(0, %(places)d).map(node => node.target.flat().join(' ')),
  }));
})()"""


class AxeViolation(Frozen):
    """One rule that one page breaks; ``places`` are CSS selectors of at most five elements, without their content."""

    rule: str
    impact: str
    help: str
    tags: tuple[str, ...]
    nodes: int
    places: tuple[str, ...]


@cache
def axe_script() -> str:
    """Return the script that runs axe-core; the source comes out of the installed package axe-playwright-python."""
    source = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    return RUN % {"source": source, "tags": json.dumps(STANDARD), "places": PLACES_MAX}


def axe_version() -> str:
    """Return the version of axe-core, as its first line says."""
    head = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")[:40]
    return head.removeprefix("/*! axe v").split()[0]


def find_violations(page: Page) -> tuple[AxeViolation, ...] | None:
    """Return the serious and critical rules that the page breaks; ``None`` when axe could not run.

    It runs in a world of its own beside the page's scripts: no content security policy stops it, the page can neither
    see nor change it, and nothing is fetched.
    """
    try:
        with named_trouble("检查无障碍"):
            found = run_apart(page)
    except Obstacle:
        return None
    violations = [AxeViolation.model_validate(rule) for rule in found]
    return tuple(violation for violation in violations if violation.impact in IMPACTS)


def run_apart(page: Page) -> list[object]:
    """Run axe in an isolated world of the page's main frame."""
    session = page.context.new_cdp_session(page)
    try:
        frame = session.send("Page.getFrameTree")["frameTree"]["frame"]["id"]
        world = session.send("Page.createIsolatedWorld", {"frameId": frame, "worldName": WORLD})
        question = {"expression": axe_script(), "returnByValue": True, "awaitPromise": True, "silent": True}
        answer = session.send("Runtime.evaluate", {**question, "contextId": world["executionContextId"]})
    finally:
        session.detach()
    if "exceptionDetails" in answer:
        raise PlaywrightError(f"axe failed: {answer['exceptionDetails'].get('text', '')}")
    value: list[object] = answer["result"].get("value") or []
    return value
