"""The reports, read with lxml, python-docx, pypdf, sqlite3: the store's own numbers, and nothing from outside."""

import asyncio
import base64
import io
import json
import re
import sqlite3
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from docx import Document
from lxml import etree, html
from PIL import Image
from pypdf import PdfReader

sys.path.insert(0, str(Path(__file__).parent))

from filled_store import RULE_TITLES, SCRIPT
from report_reading import charts, facts, marks, number, parse, table, walk
from reported_store import BODIES, COUNTIES, DEPARTMENTS, FIRST, SALT_HASH, SECOND, SEEN, TELL_TALE, fill_two_periods

from domain.errors import PublishRefusedError, RefusedError, UsageError
from domain.run import RunState
from domain.unit import find_unit
from exports.language import Language
from exports.report.run_facts import Setting
from exports.report.written_report import write_reports
from probes.browser.page_print import print_page
from storage.store import Store
from web.application import create_app
from yuece import make_app

A4_POINTS = (595, 842)
SETTING = Setting(rule_titles=RULE_TITLES, workbench_url="http://127.0.0.1:8780")
NAMES = {unit: find_unit(unit).name for unit in BODIES}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("reported") / "home"
    with Store.open(place) as store:
        fill_two_periods(store)
    return place


@pytest.fixture(scope="module")
def store(home: Path) -> Iterator[Store]:
    with Store.open(home) as opened:
        yield opened


@pytest.fixture(scope="module")
def rows(home: Path) -> sqlite3.Connection:
    """The database as a stranger reads it."""
    connection = sqlite3.connect(home / "yuece.db")
    connection.row_factory = sqlite3.Row
    return connection


@pytest.fixture(scope="module")
def folder(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every report that the tests below read, written once."""
    out = tmp_path_factory.mktemp("reports")
    run, unit = store.runs.get(SECOND), find_unit(SEEN)
    write_reports(store, run, format="html", out=out, setting=SETTING)
    write_reports(store, run, format="html", out=out, setting=SETTING, units=[unit, find_unit("dept-01")])
    write_reports(store, run, format="docx", out=out, setting=SETTING, units=[unit])
    return out


@pytest.fixture(scope="module")
def unit_page(folder: Path) -> html.HtmlElement:
    return parse(folder / f"{SECOND}-report-{SEEN}.html")


@pytest.fixture(scope="module")
def period_page(folder: Path) -> html.HtmlElement:
    return parse(folder / f"{SECOND}-report.html")


def test_the_score_table_holds_the_numbers_of_the_store(unit_page: html.HtmlElement, rows: sqlite3.Connection) -> None:
    kept = rows.execute('select * from score where run = ? and unit = ? order by "row"', (SECOND, SEEN)).fetchall()
    shown = table(unit_page, "scores")
    assert len(shown) == len(kept) > 30
    states = {"scored": "已计分", "not_applicable": "不适用", "insufficient": "数据不足"}
    for cells, row in zip(shown, kept, strict=True):
        assert cells[0] == f"D{row['row']}"
        assert cells[1] == row["title"]
        assert number(cells[2]) == row["weight"]
        assert cells[3] == states[row["state"]]
        for cell, figure, half in ((6, "value", 0.0005), (7, "points", 0.005), (8, "coverage", 0.0006)):
            assert (number(cells[cell]) is None) == (row[figure] is None)
            if row[figure] is not None:
                assert number(cells[cell]) == pytest.approx(row[figure], abs=half * 1.01)
        parts = [number(part.strip()) for part in cells[4].split("/")]
        expected = [row["numerator"], row["denominator"]] if row["denominator"] is not None else [None]
        assert parts == [pytest.approx(one, abs=0.0051) for one in expected]


def test_intervals_stand_below_the_scores_that_were_sampled(
    unit_page: html.HtmlElement, rows: sqlite3.Connection
) -> None:
    notes = ["".join(row.xpath("./td[7]/small//text()")) for row in unit_page.xpath('//table[@id="scores"]/tbody/tr')]
    kept = rows.execute('select interval from score where run = ? and unit = ? order by "row"', (SECOND, SEEN))
    expected = [json.loads(row["interval"]) if row["interval"] else None for row in kept]
    assert any(expected)
    for note, interval in zip(notes, expected, strict=True):
        shown = [number(part) for part in note.split("–")] if note else None
        assert shown == (None if interval is None else [pytest.approx(one, abs=0.0011) for one in interval])


def test_the_cover_tells_a_part_from_a_total(
    unit_page: html.HtmlElement, folder: Path, rows: sqlite3.Connection
) -> None:
    totals = {row["unit"]: row for row in rows.execute("select * from unit_total where run = ?", (SECOND,)).fetchall()}
    partial, full = facts(unit_page), facts(parse(folder / f"{SECOND}-report-dept-01.html"))
    assert (totals[SEEN]["kind"], totals["dept-01"]["kind"]) == ("partial", "full")
    assert number(partial["用户视角部分得分"]) == float(totals[SEEN]["published"])
    assert "总分" not in partial
    assert number(full["总分"]) == float(totals["dept-01"]["published"])
    assert "不是总分" in unit_page.text_content()
    assert SECOND in partial["运行"]
    assert partial["快照时间"].startswith("2026-11-23 01:30")


def test_rankings_hold_the_standings(period_page: html.HtmlElement, rows: sqlite3.Connection) -> None:
    query = "select * from standing where run = ? and reading = 'narrow' order by unit"
    for standing in rows.execute(query, (SECOND,)).fetchall():
        name = f"ranking-{standing['table']}-{standing['in_list']}-{standing['kind']}"
        line = next(cells for cells in table(period_page, name) if cells[1] == NAMES[standing["unit"]])
        interval = json.loads(standing["interval"]) if standing["interval"] else None
        shown = None if line[3] == "—" else [float(part) for part in line[3].split("–")]
        assert (int(line[0]), float(line[2]), int(line[5])) == (standing["rank"], standing["total"], standing["band"])
        assert line[4] == f"{standing['rank_low']}–{standing['rank_high']}"
        assert shown == (None if interval is None else [pytest.approx(one, abs=0.0051) for one in interval])


def test_every_fault_stands_in_the_list_with_rule_sentence_and_proof(
    unit_page: html.HtmlElement, rows: sqlite3.Connection
) -> None:
    kept = rows.execute("select * from finding where run = ? and unit = ?", (SECOND, SEEN)).fetchall()
    shown = {(cells[1], cells[2], cells[-1]) for cells in table(unit_page, "findings")}
    assert len(kept) >= 7
    for row in kept:
        proof = (row["picture"] or row["document"])[:16]
        assert (RULE_TITLES[row["rule_id"]], row["reason"], proof) in shown
    links = unit_page.xpath('//table[@id="findings"]//td[last()]/a/@href')
    assert all(link.startswith(f"http://127.0.0.1:8780/runs/{SECOND}/guides/gdzwfw/") for link in links)
    assert [cells[2] for cells in table(unit_page, "failures")].count(TELL_TALE) == 1


def test_pictures_are_inside_the_page(unit_page: html.HtmlElement) -> None:
    sources = unit_page.xpath("//img/@src")
    assert len(sources) == 2  # of the failed probe and of the marked place
    for source in sources:
        kind, _, data = source.partition(";base64,")
        assert kind == "data:image/jpeg"
        with Image.open(io.BytesIO(base64.b64decode(data))) as picture:
            assert 200 < picture.width <= 640


def test_nobody_is_asked_for_anything(folder: Path) -> None:
    for path in folder.glob("*.html"):
        text = path.read_text(encoding="utf-8")
        page = html.document_fromstring(text)
        assert not page.xpath("//script | //link | //iframe | //object | //embed | //base | //form | //image")
        for element in page.iter(etree.Element):
            for name, value in element.attrib.items():
                if name.rpartition("}")[2] in ("src", "srcset", "data", "poster") or name == "xlink:href":
                    assert value.startswith(("data:", "#"))
        (style,) = page.xpath("//head/style/text()")
        assert "@import" not in style
        assert all(inner.startswith("#") for inner in re.findall(r"url\(([^)]*)\)", text))
        assert "default-src 'none'" in text


def test_crawled_markup_stays_text(folder: Path) -> None:
    text = (folder / f"{SECOND}-report-{SEEN}.html").read_text(encoding="utf-8")
    assert SCRIPT not in text
    assert "onerror=" not in re.sub(r"&[a-z#0-9]+;[^<]*", "", text)


def test_charts_have_one_mark_per_body(folder: Path, rows: sqlite3.Connection) -> None:
    drawn = charts(folder / f"{SECOND}-report.html")
    ranked = rows.execute(
        'select "table", in_list, kind, unit from standing where run = ? and reading = ?', (SECOND, "narrow")
    ).fetchall()
    for name in {f"ranking-{row['table']}-{row['in_list']}-{row['kind']}" for row in ranked}:
        expected = [row["unit"] for row in ranked if name == f"ranking-{row['table']}-{row['in_list']}-{row['kind']}"]
        assert sorted(marks(drawn[name])) == sorted(expected)
    assert sorted(marks(drawn["heat-1"])) == sorted(BODIES)
    assert sorted(marks(drawn["changes-D"])) == sorted(DEPARTMENTS)
    assert sorted(marks(drawn["changes-C"])) == sorted(COUNTIES)
    assert len(marks(charts(folder / f"{SECOND}-report-{SEEN}.html")["trend"])) == 2
    ids = [id for svg in drawn.values() for id in svg.xpath("//@id")]
    assert len(ids) == len(set(ids))


def test_the_change_is_the_difference_of_both_periods(unit_page: html.HtmlElement, rows: sqlite3.Connection) -> None:
    value = 'select value from score where run = ? and unit = ? and "row" = ?'
    changed = 0
    for cells in table(unit_page, "comparison"):
        pair = [rows.execute(value, (run, SEEN, int(cells[0][1:]))).fetchone()["value"] for run in (FIRST, SECOND)]
        assert float(cells[4]) == pytest.approx((pair[1] - pair[0]) * 100, abs=0.051)
        changed += pair[0] != pair[1]
    assert changed


def copy_of(store: Store, place: Path) -> sqlite3.Connection:
    """Copy the database alone; what is in the evidence is not asked for."""
    place.mkdir()
    connection = sqlite3.connect(place / "yuece.db")
    with sqlite3.connect(store.home / "yuece.db") as source:
        source.backup(connection)
    return connection


def test_what_was_measured_otherwise_is_not_subtracted(store: Store, tmp_path: Path) -> None:
    where = "where run = ? and unit = ? and indicator = ?"
    with copy_of(store, tmp_path / "home") as connection:
        connection.execute(f"update score set version = 77 {where}", (FIRST, SEEN, "booking"))
        connection.execute(f"update score set weight_entered = 0 {where}", (FIRST, SEEN, "instant"))
    with Store.open(tmp_path / "home") as changed:
        (path,) = write_reports(
            changed, changed.runs.get(SECOND), format="html", out=tmp_path, setting=SETTING, units=[find_unit(SEEN)]
        )
    page = parse(path)
    (line,) = [cells for cells in table(page, "comparison") if cells[0] == "D27"]
    assert line[4] == "—"
    assert "指标版本不同" in line[5]
    assert "v77" in line[5]
    assert "只在一期计入的行：D38" in page.text_content()


def test_what_nobody_is_to_blame_for_stands_apart(unit_page: html.HtmlElement, period_page: html.HtmlElement) -> None:
    for page in (unit_page, period_page):
        assert ["门户首页打不开", "1"] in [cells[3:] for cells in table(page, "services")]
        lost = [cells for cells in table(page, "troubles") if cells[1] == "读取办事指南"]
        assert [cells[4:] for cells in lost] == [[str(len(BODIES)), str(len(BODIES))]]  # one captcha a body
    unseen = table(unit_page, "unseen")
    assert not {"门户首页打不开", TELL_TALE} & {cells[4] for cells in unseen}
    assert {cells[3] for cells in unseen} == {"受阻", "未能采集"}


def test_provenance_names_seed_settings_and_the_promise_of_the_sample(unit_page: html.HtmlElement) -> None:
    told = facts(unit_page)
    assert told["设置哈希"] == "5e771465"
    assert told["随机种子"].startswith("2021")
    assert SALT_HASH in told["抽查承诺"]
    assert "0f0f" not in unit_page.text_content()  # the salt itself is secret still


def test_the_document_has_the_same_tables(folder: Path, unit_page: html.HtmlElement) -> None:
    document = Document(str(folder / f"{SECOND}-report-{SEEN}.docx"))
    grids = [
        one for one in document.tables if one.style is not None and one.style.name == "Table Grid" and len(one.rows) > 1
    ]
    scores = next(one for one in grids if one.rows[0].cells[2].text == "权重" and len(one.columns) == 10)
    shown = table(unit_page, "scores")
    read = [[cell.paragraphs[0].text for cell in row.cells] for row in scores.rows[1:]]
    assert read == shown
    assert all(one.rows[0]._tr.xpath("./w:trPr/w:tblHeader") for one in grids)
    assert [one.text for one in document.paragraphs if one.style is not None and one.style.name == "Heading 1"] == [
        one.text_content() for one in unit_page.xpath("//h2")
    ]
    assert NAMES[SEEN] in document.sections[0].header.paragraphs[0].text


def test_charts_of_the_document_are_vectors_with_pixels_beside(folder: Path) -> None:
    with zipfile.ZipFile(folder / f"{SECOND}-report-{SEEN}.docx") as archive:
        drawings = [name for name in archive.namelist() if name.endswith(".svg")]
        assert len(drawings) == 1  # the trend
        for name in drawings:
            etree.fromstring(archive.read(name))
        body = archive.read("word/document.xml").decode()
    assert body.count("svgBlip") == len(drawings)


def test_english_words_where_english_is_asked_for(store: Store, tmp_path: Path) -> None:
    setting = Setting(language=Language.EN, rule_titles=RULE_TITLES)
    (path,) = write_reports(
        store, store.runs.get(SECOND), format="html", out=tmp_path, setting=setting, units=[find_unit(SEEN)]
    )
    assert path.name == f"{SECOND}-report-{SEEN}-en.html", "beside the Chinese one, not over it"
    page = parse(path)
    assert page.get("lang") == "en"
    assert not [one for one in page.xpath("//h2/text() | //th/text()") if re.search("[\u4e00-\u9fff]", one)]


def test_a_secret_keeps_the_report_in(store: Store, tmp_path: Path) -> None:
    for format in ("html", "docx"):
        with pytest.raises(RefusedError):
            write_reports(
                store, store.runs.get(SECOND), format=format, out=tmp_path, setting=SETTING,
                units=[find_unit(SEEN)], secrets=["zx81"],
            )  # fmt: skip
    assert not list(tmp_path.iterdir())


def test_a_run_in_quarantine_is_not_reported(store: Store, tmp_path: Path) -> None:
    run = store.runs.get(SECOND).model_copy(update={"state": RunState.QUARANTINED, "note": "半数字段不见了"})
    with pytest.raises(PublishRefusedError, match="quarantine"):
        write_reports(store, run, format="html", out=tmp_path, setting=SETTING, force=True)
    assert not list(tmp_path.iterdir())


def test_bad_asking_is_told_in_one_sentence(store: Store, tmp_path: Path) -> None:
    run = store.runs.get(SECOND)
    with pytest.raises(UsageError, match="docx, html, pdf"):
        write_reports(store, run, format="odt", out=tmp_path, setting=SETTING)
    with pytest.raises(UsageError, match="dept-02"):
        write_reports(store, run, format="html", out=tmp_path, setting=SETTING, units=[find_unit("dept-02")])


def test_the_command_reports_the_named_period(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("YUECE_HOME", str(home))
    app = make_app(["report", "score"])  # a lone command has no name
    with pytest.raises(SystemExit) as left:
        app(["report", "--period", "2026H1", "--unit", SEEN, "--out", str(tmp_path)])
    assert left.value.code == 0
    assert f"{FIRST}-report-{SEEN}.html" in capsys.readouterr().out
    assert "没有更早一期" in parse(tmp_path / f"{FIRST}-report-{SEEN}.html").text_content()
    with pytest.raises(UsageError, match="2026H1, 2026H2"):
        app(["report", "--period", "2021H1", "--out", str(tmp_path)])


@pytest.mark.browser
def test_a_report_is_printed_with_text_page_numbers_and_outline(store: Store, tmp_path: Path) -> None:
    (path,) = write_reports(
        store,
        store.runs.get(SECOND),
        format="pdf",
        out=tmp_path,
        setting=SETTING,
        units=[find_unit(SEEN)],
        printer=print_page,
    )
    document = PdfReader(path)
    pages = [page.extract_text() for page in document.pages]
    assert len(pages) > 4
    assert find_unit(SEEN).name in pages[0]
    assert any(TELL_TALE.split("，")[0] in page for page in pages)
    for place, page in enumerate(pages, start=1):
        assert f"{place} / {len(pages)}" in page
        assert SECOND in page  # the running head
    for page in document.pages:
        assert (round(float(page.mediabox.width)), round(float(page.mediabox.height))) == pytest.approx(
            A4_POINTS, abs=1
        )
    titles = {entry.title for entry in walk(document.outline)}
    assert {"得分表", "需要整改的事项", "方法与覆盖", "版本与溯源"} <= titles


def test_the_workbench_hands_the_report_out(home: Path, store: Store) -> None:
    quarantined = store.runs.get(SECOND).model_copy(
        update={"id": "20261123T000000Z-cccc", "state": RunState.QUARANTINED, "note": "半数字段不见了"}
    )
    store.runs.add(quarantined)
    app = create_app(home, rule_titles=RULE_TITLES)

    async def ask(run: str, **query: str) -> httpx.Response:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            return await client.get(f"/runs/{run}/report", params=query)

    taken = asyncio.run(ask(SECOND, unit=SEEN))
    refused, unknown = asyncio.run(ask(quarantined.id)), asyncio.run(ask(SECOND, unit="dept-99"))
    assert taken.headers["content-disposition"] == f'attachment; filename="{SECOND}-report-{SEEN}.html"'
    assert table(html.document_fromstring(taken.text), "scores")
    assert (refused.status_code, unknown.status_code) == (403, 404)
    assert "quarantine" in refused.text
