"""One value of every domain type, each field off its default, with the text that portals really send."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

from domain.address_visit import AddressOutcome, AddressUse, AddressVisit
from domain.crawl import GuideOutcome, GuideVisit, ListedGuide, Listing
from domain.evidence import Evidence, EvidenceKind
from domain.failure import FailureReason
from domain.field_coverage import FieldCoverage
from domain.file_report import FileKind, FileProblem, FileReport, PersonalDatum
from domain.finding import Audit, Finding, RuleSet
from domain.guide import (
    AttachmentLink,
    Charge,
    Field,
    FlowStep,
    Guide,
    HandlingResult,
    Intermediary,
    Law,
    Material,
    Question,
    RangeScope,
    Remedy,
    SpecialProcedure,
    Window,
)
from domain.guide_face import Difference, FaceReading, GuideFace
from domain.guide_fields import FieldName, FieldState
from domain.imported_figure import ImportChannel, ImportedFigure
from domain.observation import Channel, Observation, ObservedRow, Refusal, Step, StepStatus, Visit
from domain.outcome import Outcome
from domain.review import Review, ReviewVerdict
from domain.run import Run, RunKind, RunState
from domain.score import Score, ScoreState, UnitTotal
from domain.spread import SampledShare, Spread, SpreadTerm
from domain.total import GapChannel, MissingPart, ReadingTotal, TotalKind, TotalList

ODD = (
    "阳江市𠮷祥里“一件事”\u3000\t\r\n\u200b\ufeff\x00\x1b\u2028é\U0001f600 "
    "O'Neil \"; DROP TABLE run;-- %s :x {} \\u5e7f &nbsp;<b>"
)
AT = datetime(2026, 11, 23, 9, 30, 0, 123457, tzinfo=timezone(timedelta(hours=8)))
LATER = datetime(2026, 11, 23, 4, 0, 0, 1, tzinfo=UTC)
SHA = "ab" * 32
FIELD = Field(raw=f"  {ODD} ", value=ODD, state=FieldState.PLACEHOLDER)
LINK = AttachmentLink(name=ODD, url="https://static/表.doc?a=1&b=%20")
RUN = Run(
    id="20261123T013000Z-4f2a",
    kind=RunKind.PROBE,
    period="2026H2",
    target="live",
    state=RunState.PARTIAL,
    started_at=AT,
    finished_at=LATER,
    units=("dept-01", "county-7"),
    portals=("gdzwfw", "yss"),
    tool_version="0.1.0",
    tool_commit="96eb339+",
    packages={"scrapy": "2.19.0"},
    browser="chromium 156",
    settings_hash="0f",
    settings={"rate": 0.5, "units": ["dept-01"], "deep": {"on": True, "none": None, "text": ODD}},
    vantage="阳江",
    counts={"pass": 3, "fail": 2},
    note=ODD,
    manifest=SHA,
    time_stamp=SHA,
)
RULE_SET = RuleSet(id="rs-1", members=(("limit.promise-within-legal", 3), ("fee.stated", 1)))
MATERIAL = Material(
    name=ODD,
    kind="原件",
    necessity="必要",
    source="申请人自备",
    source_note=ODD,
    originals="1",
    copies="0",
    medium="纸质",
    paper_format="A4",
    exempt="否",
    licence="居民身份证",
    forms=(LINK, LINK),
    samples=(),
)
GUIDE = Guide(
    portal="gdzwfw",
    unit="dept-01",
    item_id="item/1 甲",
    code="11441700MB2C123456",
    title=ODD,
    listed_title=f"列表{ODD}",
    url="https://www/portal/v2/guide/1",
    document=SHA,
    captured_at=AT,
    parser="gdzwfw-item/2",
    kind="package",
    area_code="441700",
    fields=dict.fromkeys(FieldName, FIELD) | {FieldName.NAME: Field(raw=None, value="", state=FieldState.BLANK)},
    materials=(MATERIAL, Material(name="x")),
    laws=(
        Law(
            name=ODD,
            number="令第1号",
            clause="第三条",
            content=ODD,
            issuer="国务院",
            effective_text="2020年",
            effective=date(2020, 2, 29),
        ),
    ),
    windows=(Window(name="1号", address=ODD, hours="9:00", phone="0662-1", transport="公交"),),
    steps=(FlowStep(name="受理", handler="张三", limit="1个工作日", result="通过"),),
    charges=(Charge(name="费", standard="10元", basis=ODD),),
    questions=(Question(question=ODD, answer=ODD),),
    intermediaries=(Intermediary(name=ODD, catalogue_code="1", price="面议"),),
    special_procedures=(SpecialProcedure(name="专家评审", limit="5个工作日"),),
    results=(HandlingResult(name=ODD, kind="证照", document="10", samples=(LINK,)),),
    ranges=(RangeScope(range="省内", divisions=("阳江市", ODD)),),
    reconsideration=Remedy(department="市政府", address=ODD, phone="0662-1"),
    litigation=Remedy(department="法院", address=ODD, phone="0662-2"),
)
AUDIT = Audit(
    run=RUN.id,
    portal="gdzwfw",
    unit="dept-01",
    item_id=GUIDE.item_id,
    subject=GUIDE.code,
    document=SHA,
    rule_set=RULE_SET.id,
    basis="0f1e",
    outcomes="fb",
    shares={"fee.stated": (10, 3)},
)
FINDING = Finding(
    run=RUN.id,
    portal="gdzwfw",
    unit="dept-01",
    subject=GUIDE.code,
    item_id=GUIDE.item_id,
    rule_id="limit.promise-within-legal",
    rule_version=3,
    field=FieldName.PROMISE_LIMIT,
    outcome=Outcome.ERROR,
    state=FieldState.INCONSISTENT,
    reason=ODD,
    excerpt=ODD,
    checked=10,
    failed=3,
    document=SHA,
    url="https://www/1",
    picture=SHA,
)
STEP = Step(
    index=1,
    title="打开首页",
    status=StepStatus.FAILED,
    url="https://www/",
    started_at=AT,
    duration_ms=1234,
    screenshot=SHA,
    note=ODD,
    failure=FailureReason.CAPTCHA,
)
READING = FaceReading(
    face=GuideFace.PRINT,
    url="https://static/print?code=1",
    document=SHA,
    compared=(FieldName.PLACE, FieldName.HOURS),
    differences=(Difference(field=FieldName.PLACE, label="办理地点", published=ODD, shown="无", picture=SHA),),
)
REFUSAL = Refusal(at=AT, method="POST", url="https://x/", resource="beacon", rule=ODD, body_bytes=7)
ROW = ObservedRow(
    kind="T2",
    asked=ODD,
    expected=ODD,
    seen=ODD,
    grade=0.5,
    review=True,
    measures={"rank": 2, "seconds": 0.25, "found": True},
)
PROBE_VISIT = Visit(
    number=2,
    run=RUN.id,
    started_at=AT,
    finished_at=LATER,
    outcome=Outcome.FAIL,
    failure=FailureReason.NOT_OPEN,
    reason=ODD,
    control_healthy=True,
    screenshot=SHA,
    trace=SHA,
    manifest=SHA,
    retried=(FailureReason.RESET,),
)
OBSERVATION = Observation(
    run=RUN.id,
    portal="gdzwfw",
    unit="dept-01",
    subject=GUIDE.code,
    item_id=GUIDE.item_id,
    probe_id="keyword-search",
    probe_version=4,
    attempt=3,
    outcome=Outcome.BLOCKED,
    failure=FailureReason.WAF,
    reason=ODD,
    value=0.1,
    unit_of_value="ms",
    measures={"rank": 3, "share": 3.0, "found": True, "word": ODD, "none": None, "tiny": 1e-300},
    steps=(STEP, STEP.model_copy(update={"index": 2})),
    refusals=(REFUSAL,),
    trace=SHA,
    faces=(READING,),
    started_at=AT,
    finished_at=LATER,
    browser="chromium 156",
    channel=Channel.MANUAL,
    recorded_by=ODD,
    rows=(ROW,),
    visits=(PROBE_VISIT,),
    inputs={"title": ODD, "known": {"texts": {}, "materials": None}, "declared_online": True},
    manifest=SHA,
)
SCORE = Score(
    run=RUN.id,
    period="2026H2",
    unit="dept-01",
    table="D",
    row=37,
    indicator="fewer-visits",
    version=2,
    rule_set="0af3",
    title=ODD,
    weight=2.5,
    weight_entered=1.25,
    state=ScoreState.SCORED,
    value=1 / 3,
    points=2.5 / 3,
    numerator=1.0,
    denominator=3.0,
    coverage=0.97,
    minimum_coverage=0.8,
    measured_share=0.5,
    interval=(0.1, 0.7),
    spread=Spread(
        terms=(SpreadTerm(name=ODD, weight=0.7, value=1 / 3, blocks=(0.0, 2 / 3), sizes=(2.0, 2.0)),),
        factors=(SampledShare(name="k", confirmed=1, sampled=2, population=3, enough=False, looks="1.|0?"),),
    ),
    parts={"p": 0.1 + 0.2, "q": None},
    note=ODD,
    inputs=(GUIDE.item_id, OBSERVATION.id),
    excluded=(ODD,),
)
TOTAL = UnitTotal(
    run=RUN.id,
    period="2026H2",
    unit="dept-01",
    table="D",
    value=88.125,
    weight_scored=20.5,
    weight_applicable=40.0,
    rank=7,
    kind=TotalKind.FULL,
    reading="wide",
    published=Decimal("88.13"),
    base=85.125,
    bonus=Decimal("5.50"),
    penalty=Decimal("2.50"),
    applicable_points=Decimal(83),
    in_list=TotalList.B,
    missing=(
        MissingPart(
            row=19,
            title=ODD,
            channel=GapChannel.STATISTICS,
            figures=("mobile_cases",),
            share=0.2,
            blocking=False,
            note=ODD,
        ),
    ),
    readings=(
        ReadingTotal(
            reading="wide",
            kind=TotalKind.FULL,
            base=85.125,
            value=88.125,
            published=Decimal("88.13"),
            weight_scored=20.5,
            weight_applicable=40.0,
            applicable_points=Decimal(83),
            in_list=TotalList.B,
            rank=7,
        ),
    ),
)
FIGURE = ImportedFigure(
    period="2026H2",
    unit="county-7",
    table="C",
    row=29,
    figure="cases_in_time",
    value=Decimal("123456789012.345"),
    channel=ImportChannel.STATISTICS,
    source=ODD,
    recorded_by=ODD,
    version=3,
    imported_at=LATER,
    file_sha256=SHA,
)
LISTING = Listing(
    portal="yss", unit="county-7", total=12, rows=11, guides=10, offered=False, failure=FailureReason.HTTP_5XX
)
LISTED = ListedGuide(
    portal="gdzwfw", unit="dept-01", item_id="i'1", code="c", title=ODD, url="https://www/表", version=ODD
)
VISIT = GuideVisit(
    portal="gdzwfw",
    unit="dept-01",
    item_id=GUIDE.item_id,
    code=GUIDE.code,
    title=GUIDE.listed_title,
    url=GUIDE.url,
    outcome=GuideOutcome.MEASURED,
    failure=FailureReason.TIMEOUT,
    status=503,
    document=SHA,
    fetched_at=AT,
    attempts=3,
    version=ODD,
    etag=ODD,
    last_modified=ODD,
    unchanged=True,
)
ADDRESS_VISIT = AddressVisit(
    run=RUN.id,
    url="http://210.0.0.1:8080/表.doc?a=1",
    uses=(AddressUse.FORM, AddressUse.SAMPLE),
    outcome=AddressOutcome.DEAD,
    failure=FailureReason.HTTP_5XX,
    status=503,
    final_url="https://www/",
    reached_login=True,
    file_name=ODD,
    media_type="text/html",
    sha256=SHA,
    bytes=7,
    etag=ODD,
    last_modified=ODD,
    unchanged=True,
    too_large=True,
    visited_at=AT,
    duration_ms=12,
)
REPORT = FileReport(
    sha256=SHA,
    inspector="files/1",
    kind=FileKind.DOCX,
    bytes=7,
    problems=(FileProblem.ENCRYPTED, FileProblem.DAMAGED),
    note=ODD,
    pages=3,
    characters=9,
    text_sha256=SHA,
    text=ODD,
    personal=(PersonalDatum(kind="mobile_number", masked="138****0000"),),
)
COVERAGE = FieldCoverage(
    run=RUN.id,
    portal="gdzwfw",
    field=FieldName.PLACE,
    guides=10,
    filled=5,
    blank=3,
    unseen=2,
    filled_example=GUIDE.item_id,
    blank_example="b",
    compared_with="run-0",
    held_before=9,
    lost=4,
    lost_bodies=3,
    gained=1,
    vanished=True,
)
REVIEW = Review(about=FINDING.id, reviewer="王五", verdict=ReviewVerdict.DISPUTE, note=ODD, at=AT)
EVIDENCE = Evidence(
    sha256=SHA, kind=EvidenceKind.TRACE, media_type="application/zip", bytes=9, url=ODD, captured_at=AT, run=RUN.id
)
