"""The rules against the sandbox's truth file, which was written from its plans and knows nothing of our rules."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime

import orjson
import pytest

from crawler.audit import audit_guides
from domain.finding import Finding
from domain.guide import Guide
from portals.documents import DocumentContext
from portals.gdzwfw.documents import GdzwfwDocuments
from sandbox.corpus.demo import make_demo
from sandbox.model import Corpus, Item, Json, Origins

WINDOW = {"complete.place", "complete.hours", "window.given"}
FOUND_BY: dict[str, set[str]] = {
    "basic-code-blank": {"complete.codes"},
    "basic-code-mismatch": {"code.basic-part"},
    "blank-form-missing": {"complete.blank-form"},
    "body-blank": {"complete.basic-facts"},
    "booking-without-address": {"booking.address-given"},
    "charged-without-rows": {"charge.rows-given"},
    "code-level-mismatch": {"code.level"},
    "code-type-mismatch": {"code.item-type"},
    "complaint-phone-blank": {"phone.complaint-given"},
    "condition-blank": {"complete.basic-facts"},
    "condition-double-encoded": {"text.double-encoding"},
    "condition-placeholder": {"complete.basic-facts"},
    "condition-with-tags": {"text.markup"},
    "credit-code-check-failed": {"code.credit-check"},
    "delegated-without-delegate": {"department.delegate-named"},
    "depth-four-with-visits": {"visits.depth-four"},
    "enquiry-equals-complaint": {"phone.distinct"},
    "enquiry-phone-blank": {"complete.enquiry"},
    "enquiry-phone-double-dash": {"phone.enquiry-dialable"},
    "enquiry-phone-long": {"phone.enquiry-dialable"},
    "enquiry-phone-short": {"phone.enquiry-dialable"},
    "flow-blank": {"complete.flow"},
    "flow-placeholder": {"complete.flow"},
    "handling-code-mismatch": {"code.handling-prefix"},
    "hours-blank": WINDOW,
    "hours-placeholder": WINDOW,
    "instant-with-many-days": {"limit.immediate"},
    "intermediary-placeholder": {"complete.intermediary"},
    "law-content-placeholder": {"law.content-given"},
    "law-in-future": {"law.in-force"},
    "law-missing": {"complete.legal-basis"},
    "law-without-clause": {"law.clause-given"},
    "law-without-number": {"law.numbered"},
    "legal-limit-blank": {"complete.legal-limit"},
    "legal-limit-placeholder": {"complete.legal-limit"},
    "material-catch-all": {"material.no-catch-all"},
    "material-copies-blank": {"complete.material-count"},
    "material-copies-zero": {"material.count-positive"},
    "material-duplicate": {"material.unique"},
    "material-issuer-blank": {"material.issuer-named"},
    "material-medium-blank": {"complete.material-medium"},
    "material-name-blank": {"complete.material-name"},
    "material-source-blank": {"complete.material-source"},
    "name-with-markup": {"text.markup", "text.double-encoding"},
    "online-address-intranet": {"online.address-sound"},
    "online-without-address": {"online.address-given"},
    "permit-with-few-steps": {"flow.permit-steps"},
    "person-without-theme": {"audience.natural-theme"},
    "phone-foreign-area": {"phone.enquiry-region"},
    "place-blank": WINDOW,
    "place-outside-region": {"window.in-region"},
    "place-placeholder": WINDOW,
    "place-without-number": {"window.located"},
    "project-type-blank": {"complete.handling-type"},
    "promise-blank": {"complete.promise-limit"},
    "promise-exceeds-legal": {"limit.promise-within-legal"},
    "promise-placeholder": {"complete.promise-limit"},
    "promise-without-unit": {"limit.promise-unit"},
    "sample-missing": {"complete.sample-form"},
    "served-blank": {"complete.basic-facts"},
    "steps-exceed-promise": {"limit.steps-within-promise"},
    "type-text-mismatch": {"code.type-text"},
    "visits-blank": {"complete.flow"},
    "visits-without-reason": {"visits.reason-given"},
    "way-contradicts-online": {"online.form-agrees"},
    "window-handling-without-window": WINDOW,
    "zero-visits-with-reason": {"visits.no-reason-at-zero"},
}
BEYOND_THE_GUIDE = {
    "blank-form-broken-link",  # needs the file itself
    "blank-form-empty-file",
    "sample-equals-blank",
    "sample-not-what-it-says",
    "result-without-sample",  # the guide's normal form has no result sample
    "special-procedure-without-limit",  # … and no limit of a special procedure
}
PUBLIC_SERVICE = "21"
NOW = datetime(2026, 11, 23, tzinfo=UTC)
HOSTS = ("www", "static", "tyrz", "bsxt", "yss", "yst", "dept", "control")
ORIGINS = Origins(**{host: f"http://127.0.0.1:{8700 + port}" for port, host in enumerate(HOSTS)})


def parse(item: Item) -> Guide:
    """Read an item's document as the crawler would."""
    code = item.list_record["TASK_CODE"]
    page = f"{ORIGINS.www}/portal/v2/guide/{code}"
    context = DocumentContext(
        unit=item.body, item_id=item.item_id, code=code, url=page, document="0" * 64, captured_at=NOW
    )
    return GdzwfwDocuments().parse(orjson.dumps(item.detail), context)


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return make_demo(seed=20261123, size=1500, origins=ORIGINS)


@pytest.fixture(scope="module")
def findings(corpus: Corpus) -> dict[str, tuple[Finding, ...]]:
    audits = audit_guides(map(parse, corpus.items), "r")
    return {audit.item_id: found for audit, found in audits}


def is_legitimate(kind: str, guide: Mapping[str, Json], item: Item) -> bool:
    """Say whether a planted "defect" is in order by portals.md §0.7 (public services) and §5 (counts)."""
    if kind in ("enquiry-phone-blank", "complaint-phone-blank"):
        return bool(guide["task_type"] == PUBLIC_SERVICE)
    rows = item.detail["AUDIT_MATERIAL"]
    if kind == "material-copies-blank":
        return bool(rows[1]["ZZHDZB"] == "2")  # an electronic material has no number of copies
    if kind == "material-copies-zero":
        zero = [row for row in rows if (row["PAGE_NUM"], row["PAGE_COPYNUM"]) == ("0", "0")]
        return all(row["SUBMISSIONREQUIRED"] == "1" for row in zero)  # what need not be handed in
    return False


def test_every_planted_kind_is_known(corpus: Corpus) -> None:
    assert set(corpus.truth["defect_kinds"]) == set(FOUND_BY) | BEYOND_THE_GUIDE


def test_every_planted_defect_is_found(corpus: Corpus, findings: dict[str, tuple[Finding, ...]]) -> None:
    items = {item.item_id: item for item in corpus.items}
    planted, found, missed = Counter[str](), Counter[str](), defaultdict(list)
    for guide in corpus.truth["guides"]:
        rules = {finding.rule_id for finding in findings[guide["item_id"]]}
        for kind in (defect["kind"] for defect in guide["defects"]):
            if kind in BEYOND_THE_GUIDE or is_legitimate(kind, guide, items[guide["item_id"]]):
                continue
            planted[kind] += 1
            found[kind] += bool(FOUND_BY[kind] & rules)
            if not FOUND_BY[kind] & rules:
                missed[kind].append(guide["item_id"])
    for kind in sorted(planted):
        print(f"{kind:36} recall {found[kind]}/{planted[kind]}")
    assert sum(planted.values()) > 400
    assert dict(missed) == {}


def test_every_finding_has_a_planted_cause(corpus: Corpus, findings: dict[str, tuple[Finding, ...]]) -> None:
    right, wrong = Counter[str](), defaultdict(list)
    for guide in corpus.truth["guides"]:
        explained = set().union(*(FOUND_BY.get(defect["kind"], set()) for defect in guide["defects"]))
        for finding in findings[guide["item_id"]]:
            if finding.rule_id in explained:
                right[finding.rule_id] += 1
            else:
                wrong[finding.rule_id].append((guide["name"], finding.reason))
    for rule in sorted(right):
        print(f"{rule:36} precision {right[rule]}/{right[rule] + len(wrong.get(rule, ()))}")
    assert dict(wrong) == {}


def test_clean_guides_and_near_misses_have_no_finding(corpus: Corpus, findings: dict[str, tuple[Finding, ...]]) -> None:
    clean = [guide for guide in corpus.truth["guides"] if not guide["defects"]]
    near = {miss["kind"] for guide in clean for miss in guide["near_misses"]}
    assert len(clean) > 500
    assert len(near) > 10
    assert {guide["name"]: findings[guide["item_id"]] for guide in clean if findings[guide["item_id"]]} == {}
