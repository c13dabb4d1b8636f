"""Reads the open page of the unified application form: its rows, its controls and what its words offer."""

from collections.abc import Callable, Mapping

from portals.citizen import CitizenBrowser, FormPage
from portals.form_words import (
    DELIVERY,
    DRAFT_CONTROL,
    DRAFT_TOLD,
    LICENCE,
    MESSAGES,
    RECEIPT,
    SITUATION,
    takes_common_formats,
    tells_limits,
)

PROGRESS_WORD = "进度"
RATING_WORD = "评价"
OPTION = {"name": "@name", "value": "@value", "shown": "^label"}
CONTROLS = "button, a, [role=button]"
LIST = "select"
Row = dict[str, str]
Asks = Callable[[str], object]


def read_page(browser: CitizenBrowser, selectors: Mapping[str, str]) -> FormPage:
    """Read what the open page asks for and offers, before anything is filled in."""
    rows, state = read_rows(browser, selectors), read_state(browser, selectors)
    for row in rows:
        browser.keep_secret(row["value"])
    fields = [row for row in rows if row["name"] or row["choice"] or row["list"]]
    last = bool(state["submit"])
    return FormPage(
        title=state["title"],
        fields=len(fields),
        required=sum(is_required(row) for row in fields),
        prefilled=sum(bool(row["value"] or row["taken"] or row["picked"]) for row in fields),
        prefillable=sum(is_known_by_login(row["label"]) for row in fields),
        last=last,
        progress_entry=PROGRESS_WORD in state["links"],
        rating_entry=RATING_WORD in state["links"],
        draft=keeps_draft(browser, selectors, state["text"]),
        messages=MESSAGES.search(state["text"]) is not None,
        receipt=last and RECEIPT.search(state["text"]) is not None,
        deliveries=read_options(browser, selectors, rows, DELIVERY.search),
        situations=len(read_options(browser, selectors, rows, SITUATION.search)),
        **read_uploads(rows, state["text"]),
    )


def read_uploads(rows: list[Row], text: str) -> dict[str, bool | int | None]:
    """Read what the page says about its uploads."""
    uploads = [row for row in rows if row["file"]]
    taken = [takes_common_formats(row["accept"], row["hint"]) for row in uploads]
    return {
        "uploads": len(uploads),
        "limits_told": bool(uploads) and all(tells_limits(row["hint"]) for row in uploads),
        "common_formats": None if not taken or (None in taken and False not in taken) else False not in taken,
        "licence": bool(uploads) and LICENCE.search(text) is not None,
    }


def read_state(browser: CitizenBrowser, selectors: Mapping[str, str]) -> Row:
    """Read the form as a whole: its text and title, its links, and whether it can be gone on with or handed in."""
    parts = {
        "text": "",
        "title": selectors["form_title"],
        "links": selectors["form_links"],
        "next": f"{selectors['form_next']}@class",
        "previous": f"{selectors['form_previous']}@class",
        "submit": f"{selectors['form_submit']}@class",
    }
    found = browser.rows(selectors["form_root"], parts)
    return found[0] if found else dict.fromkeys(parts, "")


def read_rows(browser: CitizenBrowser, selectors: Mapping[str, str]) -> list[Row]:
    """Read the rows of the form: label, mark and hint of each, and the text field, choice or file field in it."""
    text, choice, upload = selectors["form_text"], selectors["form_choice"], selectors["form_upload"]
    parts = {
        "text": "",
        "label": selectors["form_label"],
        "must": selectors["form_must"],
        "hint": selectors["form_hint"],
        "name": f"{text}@name",
        "required": f"{text}@required",
        "bubble": f"{text}@bubble",
        "value": f"{text}@value",
        "choice": f"{choice}@name",
        "taken": f"{choice}:checked@value",
        "list": f"{LIST}@name",
        "list_required": f"{LIST}@required",
        "picked": f"{LIST}@value",
        "file": f"{upload}@id",
        "accept": f"{upload}@accept",
    }
    return browser.rows(selectors["form_row"], parts)


def read_options(
    browser: CitizenBrowser, selectors: Mapping[str, str], rows: list[Row], about: Asks
) -> tuple[str, ...]:
    """Read the options of the first choice or list whose label is about something, as displayed."""
    row = next((row for row in rows if (row["choice"] or row["list"]) and about(row["label"])), None)
    if row is None:
        return ()
    if row["list"]:
        return tuple(shown for _, shown in list_options(browser, selectors, row["list"]))
    options = browser.rows(f"{selectors['form_root']} {selectors['form_choice']}", OPTION)
    return tuple(option["shown"] or option["value"] for option in options if option["name"] == row["choice"])


def list_options(browser: CitizenBrowser, selectors: Mapping[str, str], name: str) -> tuple[tuple[str, str], ...]:
    """Return value and text of a list's options; one without a value only asks to choose."""
    found = browser.rows(f"{selectors['form_root']} {LIST}[name='{name}'] option", {"value": "@value", "shown": ""})
    return tuple((option["value"], option["shown"]) for option in found if option["value"])


def title_place(selectors: Mapping[str, str], state: Row) -> str:
    """Return where the page's title stands, or the whole form for pages without a title."""
    return f"{selectors['form_root']} {selectors['form_title']}" if state["title"] else selectors["form_root"]


def keeps_draft(browser: CitizenBrowser, selectors: Mapping[str, str], text: str) -> bool:
    """Say whether a draft can be kept: a control for it is shown, which nobody presses, or the page says so."""
    controls = ", ".join(f"{selectors['form_root']} {control}" for control in CONTROLS.split(", "))
    shown = browser.rows(controls, {"text": ""})
    return any(DRAFT_CONTROL.search(control["text"]) for control in shown) or DRAFT_TOLD.search(text) is not None


def is_required(row: Row) -> bool:
    """Say whether a row is marked as one that must be answered."""
    return bool(row["must"] or row["required"] or row["list_required"])


def is_known_by_login(label: str) -> bool:
    """Say whether the login already knows what a field asks for: name, identity number or mobile number."""
    return any(word in label for word in ("姓名", "身份证", "手机"))
