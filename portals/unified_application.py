"""统一申办 behind 在线办理, to which every portal leads: entrance, sign-in and the form (portals.md §1.2, §1.3)."""

from collections.abc import Mapping

from domain.entrance import EntranceKind
from domain.failure import FailureReason
from portals.adapter import ReadOnlyRequest
from portals.citizen import (
    Account,
    CitizenBrowser,
    Entrance,
    FilledForm,
    FormComplaint,
    FormFault,
    FormPage,
    Obstacle,
    SlotDay,
)
from portals.entrance_kinds import look_at_entrance
from portals.following_links import enter
from portals.form_faults import provoke_fault
from portals.form_reading import (
    LIST,
    PROGRESS_WORD,
    Row,
    is_required,
    list_options,
    read_page,
    read_rows,
    read_state,
    title_place,
)
from portals.form_words import ENQUIRY
from portals.site import Site
from portals.slot_calendar import read_calendar
from portals.synthetic_identity import NOBODY, answer_for
from portals.theme_pages import open_link, start_theme
from portals.upload_samples import fitting_file

LOGIN_ROLE = "tyrz"
PAGE = "body"
ANSWER_MS = 1500  # a page that has not moved by then, and asks its server for nothing, stays


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
        """Read what the open page asks for and offers, before anything is filled in."""
        return read_page(browser, site.selectors)

    def fill_form(self, browser: CitizenBrowser, site: Site) -> FilledForm:
        """Fill what is required and still empty, and choose a file for each upload."""
        texts: list[str] = []
        choices = uploads = 0
        for row in read_rows(browser, site.selectors):
            if is_required(row) and row["name"] and not row["value"]:
                texts.append(type_answer(browser, site.selectors, row))
            if is_required(row) and row["choice"] and not row["taken"]:
                browser.click(f"{site.selectors['form_choice']}[name='{row['choice']}']")
                choices += 1
            if is_required(row) and row["list"] and not row["picked"]:
                pick_option(browser, site.selectors, row)
                choices += 1
            if row["file"]:
                browser.upload(f"[id='{row['file']}']", fitting_file(row["accept"] or row["hint"]))
                uploads += 1
        return FilledForm(texts=tuple(texts), choices=choices, uploads=uploads)

    def provoke(self, browser: CitizenBrowser, site: Site, fault: FormFault) -> FormComplaint | None:
        """Answer one field wrongly, read what the page says and put the answer right; nothing leaves the machine."""
        return provoke_fault(browser, site.selectors, fault)

    def next_form_page(self, browser: CitizenBrowser, site: Site) -> None:
        """Go on; raise ``Obstacle`` for a dead end, a lost session or answers that the page does not take."""
        selectors = site.selectors
        before = read_state(browser, selectors)
        if not before["next"]:
            raise Obstacle(FailureReason.DEAD_END, "表单页没有“下一步”，也不是确认页")
        browser.click(f"{selectors['form_root']} {selectors['form_next']}")
        if not browser.changes_within(title_place(selectors, before), before["title"] or before["text"], ANSWER_MS):
            # The page's own text may have changed for another reason, such as a file that has arrived.
            browser.wait_for_change(selectors["form_root"], before["text"])
            if read_state(browser, selectors)["title"] == before["title"]:
                raise Obstacle(FailureReason.REFUSED_BY_POLICY, "表单没有接受合成数据，停在原页")
        if browser.wait_for(selectors["form_page"], selectors["login_name"]) == selectors["login_name"]:
            raise Obstacle(FailureReason.SESSION_LOST, "填写途中被退回登录页")

    def open_progress(self, browser: CitizenBrowser, site: Site) -> None:
        """Follow the link to 办件进度查询; raise ``Obstacle`` where nothing can be asked there, which nobody does."""
        with browser.expect_new_page():
            browser.click(f"{site.selectors['form_root']} a", text=PROGRESS_WORD)
        browser.settle()
        shown = browser.text(PAGE)
        if not ENQUIRY.search(shown):
            browser.changes_within(PAGE, shown, ANSWER_MS)
            if not ENQUIRY.search(browser.text(PAGE)):
                raise Obstacle(FailureReason.DEAD_END, "进度查询链接打开的页面上无法查询办件进度")


def name_entrance(browser: CitizenBrowser, site: Site) -> Entrance:
    """Say where the citizen has arrived, and keep secret what a form already holds."""
    entrance = look_at_entrance(browser, site)
    if entrance.kind is EntranceKind.FORM:
        for row in read_rows(browser, site.selectors):
            browser.keep_secret(row["value"])  # what came filled in belongs to the holder of the account
    return entrance


def type_answer(browser: CitizenBrowser, selectors: Mapping[str, str], row: Row) -> str:
    """Type the synthetic answer into one text field and return it."""
    answer = answer_for(row["label"], row["name"])
    personal = answer in (NOBODY.id_number, NOBODY.mobile)
    browser.fill(f"{selectors['form_text']}[name='{row['name']}']", answer, secret=personal)
    return answer


def pick_option(browser: CitizenBrowser, selectors: Mapping[str, str], row: Row) -> None:
    """Pick the first option of a list; raise ``Obstacle`` for one that offers nothing."""
    options = list_options(browser, selectors, row["list"])
    if not options:
        raise Obstacle(FailureReason.DEAD_END, f"必选的列表没有选项：{row['label']}")
    browser.choose(f"{selectors['form_root']} {LIST}[name='{row['list']}']", options[0][0])
