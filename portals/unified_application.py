"""统一申办 behind 在线办理, to which every portal leads: entrance, sign-in and the form (portals.md §1.2, §1.3)."""

import re
from collections.abc import Mapping

from domain.entrance import EntranceKind
from domain.failure import FailureReason
from portals.adapter import ReadOnlyRequest
from portals.citizen import Account, CitizenBrowser, Entrance, FormPage, Obstacle, SlotDay
from portals.entrance_kinds import look_at_entrance
from portals.following_links import enter
from portals.site import Site
from portals.slot_calendar import read_calendar
from portals.synthetic_identity import NOBODY, answer_for, file_for
from portals.theme_pages import open_link, start_theme

LOGIN_ROLE = "tyrz"
PROGRESS_WORD = "进度"
SIZE_LIMIT = re.compile(r"(?P<amount>\d+)\s*(?P<unit>MB|KB|兆)")
Row = dict[str, str]


SIGN_IN_REQUEST = ReadOnlyRequest(
    method="POST", role=LOGIN_ROLE, path="/tif/sso/login", media_type="application/x-www-form-urlencoded"
)


class UnifiedApplication:
    """The verbs of ``CitizenSite`` from 在线办理 onwards, alike on all portals."""

    def start_application(self, browser: CitizenBrowser, site: Site) -> Entrance:
        """Press 在线办理 on the open guide page; raise ``NotOffered`` when there is no such button."""
        enter(browser, site, "online_word", site.selectors["form_page"], site.selectors["app_only"])
        return name_entrance(browser, site)

    def sign_in(self, browser: CitizenBrowser, site: Site, account: Account) -> Entrance:
        """Sign in at the unified login; an entrance of kind ``login_unified`` means that the account was not let in."""
        self.pass_login(browser, site, account)
        return name_entrance(browser, site)

    def pass_login(self, browser: CitizenBrowser, site: Site, account: Account) -> None:
        """Sign in at the unified login and wait until the page behind it stands."""
        browser.fill(site.selectors["login_name"], account.username, secret=True)
        browser.fill(site.selectors["login_password"], account.password, secret=True)
        browser.click(site.selectors["login_button"])
        browser.settle()

    def read_calendar(self, browser: CitizenBrowser, site: Site) -> tuple[SlotDay, ...]:
        """Read the calendar of the open booking page."""
        return read_calendar(browser, site)

    def open_theme_link(self, browser: CitizenBrowser, site: Site, url: str) -> None:
        """Open what a theme page links to."""
        open_link(browser, site, url)

    def start_theme(self, browser: CitizenBrowser, site: Site, url: str) -> Entrance:
        """Follow a way into the joint application of a themed service."""
        return start_theme(browser, site, url)

    def read_form(self, browser: CitizenBrowser, site: Site) -> FormPage:
        """Read what the open page asks for, before anything is filled in."""
        rows, state = read_rows(browser, site.selectors), read_state(browser, site.selectors)
        for row in rows:
            browser.keep_secret(row["value"])
        fields = [row for row in rows if row["name"] or row["choice"]]
        uploads = [row for row in rows if row["file"]]
        return FormPage(
            title=state["title"],
            fields=len(fields),
            required=sum(bool(row["must"] or row["required"]) for row in fields),
            prefilled=sum(bool(row["value"] or row["taken"]) for row in fields),
            uploads=len(uploads),
            prefillable=sum(is_known_by_login(row["label"]) for row in fields),
            limits_told=bool(uploads) and all(tells_limit(row["hint"]) for row in uploads),
            common_formats=bool(uploads) and all(takes_common_formats(row) for row in uploads),
            last=bool(state["submit"]),
            progress_entry=PROGRESS_WORD in state["links"],
            rating_entry="评价" in state["links"],
        )

    def fill_form(self, browser: CitizenBrowser, site: Site) -> int:
        """Fill what is required and still empty, choose a file for each upload; return the characters typed."""
        typed = 0
        for row in read_rows(browser, site.selectors):
            required = row["must"] or row["required"]
            if required and row["name"] and not row["value"]:
                typed += type_answer(browser, site.selectors, row)
            if required and row["choice"] and not row["taken"]:
                browser.click(f"{site.selectors['form_choice']}[name='{row['choice']}']")
            if row["file"]:
                browser.upload(f"[id='{row['file']}']", file_for(row["accept"]))
        return typed

    def next_form_page(self, browser: CitizenBrowser, site: Site) -> None:
        """Go on; raise ``Obstacle`` for a dead end, a lost session or answers that the page does not take."""
        selectors = site.selectors
        before = read_state(browser, selectors)
        if not before["next"]:
            raise Obstacle(FailureReason.DEAD_END, "表单页没有“下一步”，也不是确认页")
        browser.click(f"{selectors['form_root']} {selectors['form_next']}")
        browser.wait_for_change(selectors["form_root"], before["text"])
        if browser.wait_for(selectors["form_page"], selectors["login_name"]) == selectors["login_name"]:
            raise Obstacle(FailureReason.SESSION_LOST, "填写途中被退回登录页")
        if read_state(browser, selectors)["title"] == before["title"]:
            raise Obstacle(FailureReason.REFUSED_BY_POLICY, "表单没有接受合成数据，停在原页")

    def open_progress(self, browser: CitizenBrowser, site: Site) -> None:
        """Follow the link to 办件进度查询; nothing is asked there."""
        with browser.expect_new_page():
            browser.click(f"{site.selectors['form_root']} a", text=PROGRESS_WORD)
        browser.settle()


def name_entrance(browser: CitizenBrowser, site: Site) -> Entrance:
    """Say where the citizen has arrived, and keep secret what a form already holds."""
    entrance = look_at_entrance(browser, site)
    if entrance.kind is EntranceKind.FORM:
        for row in read_rows(browser, site.selectors):
            browser.keep_secret(row["value"])  # what came filled in belongs to the holder of the account
    return entrance


def read_state(browser: CitizenBrowser, selectors: Mapping[str, str]) -> Row:
    """Read the form as a whole: its text and title, its links, and whether it can be gone on with or handed in."""
    parts = {
        "text": "",
        "title": selectors["form_title"],
        "links": selectors["form_links"],
        "next": f"{selectors['form_next']}@class",
        "submit": f"{selectors['form_submit']}@class",
    }
    found = browser.rows(selectors["form_root"], parts)
    return found[0] if found else dict.fromkeys(parts, "")


def read_rows(browser: CitizenBrowser, selectors: Mapping[str, str]) -> list[Row]:
    """Read the rows of the form: label, mark and hint of each, and the text field, choice or file field in it."""
    text, choice, upload = selectors["form_text"], selectors["form_choice"], selectors["form_upload"]
    parts = {
        "label": selectors["form_label"],
        "must": selectors["form_must"],
        "hint": selectors["form_hint"],
        "name": f"{text}@name",
        "required": f"{text}@required",
        "value": f"{text}@value",
        "choice": f"{choice}@name",
        "taken": f"{choice}:checked@value",
        "file": f"{upload}@id",
        "accept": f"{upload}@accept",
    }
    return browser.rows(selectors["form_row"], parts)


def type_answer(browser: CitizenBrowser, selectors: Mapping[str, str], row: Row) -> int:
    """Type the synthetic answer into one text field; return its length."""
    answer = answer_for(row["label"], row["name"])
    personal = answer in (NOBODY.id_number, NOBODY.mobile)
    browser.fill(f"{selectors['form_text']}[name='{row['name']}']", answer, secret=personal)
    return len(answer)


def tells_limit(hint: str) -> bool:
    """Say whether the words beside an upload name a size limit."""
    return SIZE_LIMIT.search(hint) is not None


def takes_common_formats(row: Row) -> bool:
    """Say whether an upload takes jpg, png and pdf of at least 5 MB (methodology.md §5, 材料提交)."""
    told = f"{row['accept']} {row['hint']}".lower()
    size = SIZE_LIMIT.search(row["hint"])
    large = size is not None and int(size["amount"]) >= (5 if size["unit"] in ("MB", "兆") else 5120)
    return large and all(kind in told for kind in ("jpg", "png", "pdf"))


def is_known_by_login(label: str) -> bool:
    """Say whether the login already knows what a field asks for: name, identity number or mobile number."""
    return any(word in label for word in ("姓名", "身份证", "手机"))
