"""``yuece sample`` and ``yuece import checks`` from the door: from the promise to the k of a row."""

import io
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PIL import Image
from typer.testing import CliRunner, Result

sys.path.insert(0, str(Path(__file__).parents[1] / "engine"))

from sample_stage import BIG, SMALL, fill_declaring_night

from domain.errors import RefusedError, UsageError
from domain.sample import Aspect, SizeRule
from domain.unit import find_unit
from engine.facts.unit_facts import gather_facts
from engine.sampling.sample_round import commit_sample, draw_committed
from intake.filled_table import MisfitsError
from scoring.indicator import indicators
from scoring.targets import load_targets
from storage.store import Store
from storage.verification import verify
from yuece import make_app

DRAWN = datetime.now(UTC) - timedelta(days=9)
FIRST_DAY, SECOND_DAY = ((DRAWN + timedelta(days=days)).date().isoformat() for days in (2, 5))
Row = dict[str, object]
DOCUMENT = Path(__file__).parents[2] / "docs" / "sampling.md"
APP = make_app(("sample", "import"))


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("YUECE_HOME", str(tmp_path / "home"))
    with Store.open(tmp_path / "home") as store:
        fill_declaring_night(store, target="sandbox")
    return tmp_path / "home"


@pytest.fixture
def drawn(home: Path) -> Iterator[Store]:
    """A sample that was drawn nine days ago."""
    with Store.open(home) as store:
        (run,) = store.runs.all()
        made = commit_sample(store, run, by="王抽样", size=SizeRule(), now=DRAWN - timedelta(days=1))
        draw_committed(store, made, by="王抽样", now=DRAWN)
        yield store


def yuece(*arguments: object) -> Result:
    return CliRunner().invoke(APP, [str(one) for one in arguments])


def told(*arguments: object) -> dict[str, object]:
    done = yuece(*arguments, "--json")
    assert done.exit_code == 0, done.exception
    found: dict[str, object] = json.loads(done.stdout)
    return found


def fill_sheet(path: Path, answer: Callable[[Row], Row | None]) -> int:
    """Fill in the rows that are answered, as an observer would; return how many."""
    book = load_workbook(path)
    sheet = book.worksheets[0]
    columns = {str(cell.value).removesuffix("*"): number for number, cell in enumerate(sheet[1], start=1)}
    filled = 0
    for line in range(3, sheet.max_row + 1):
        row: Row = {heading: sheet.cell(row=line, column=column).value for heading, column in columns.items()}
        given = answer(row)
        if given is not None:
            filled += 1
            for heading, value in given.items():
                sheet.cell(row=line, column=columns[heading]).value = value  # type: ignore[assignment]  # any cell value
    book.save(path)
    return filled


def look(verdict: str = "属实", *, by: str = "甲", day: str = FIRST_DAY, **more: object) -> Row:
    return {
        "核验人": by,
        "结果": verdict,
        "现场所见": "有时段可约" if verdict == "属实" else "没有可约的时段",
        "核验日期": day,
        "核验时间": "10:30",
        "来源": "12 号窗口",
        **more,
    }


def test_a_stranger_repeats_the_draw_from_four_files(tmp_path: Path) -> None:
    out = tmp_path / "public"
    promised = told("sample", "commit", "--by", "王抽样", "--out", out)
    salt_hash = promised["commitment"]["salt_sha256"]  # type: ignore[index]  # JSON
    assert sorted(path.name for path in out.iterdir()) == [
        "sample-2026H2-1.commitment.json",
        "sample-2026H2-1.frame.csv",
    ]
    drawn = told("sample", "draw", "--by", "王抽样", "--out", out)
    salt = told("sample", "reveal", "--by", "王抽样", "--out", out)["reveal"]["salt"]  # type: ignore[index]  # JSON
    assert drawn["checks"]
    assert told("sample", "verify", out) == {"sample": "2026H2-1", "proved": True, "discrepancies": []}
    again = tmp_path / "again"
    told("sample", "publish", "--out", again)
    assert {one.name: one.read_bytes() for one in again.iterdir()} == {
        one.name: one.read_bytes() for one in out.iterdir()
    }

    shell = 'printf %s "$1" | sha256sum; sha256sum "$2"; printf "%s|%s|%s|%s" 2026H2 "$3" "$4" "$1" | sha256sum'
    line = (out / "sample-2026H2-1.draw.csv").read_text(encoding="utf-8").splitlines()[1].split(",")
    arguments = ["sh", "-c", shell, "-", str(salt), str(out / "sample-2026H2-1.frame.csv"), line[0], line[1]]
    hashes = subprocess.run(arguments, capture_output=True, check=True, text=True).stdout.split("\n")
    assert hashes[0].split()[0] == salt_hash
    assert hashes[1].split()[0] == promised["commitment"]["frame_sha256"]  # type: ignore[index]  # JSON
    assert hashes[2].split()[0] == line[2]

    recipe = DOCUMENT.read_text(encoding="utf-8").partition("```sh\n")[2].partition("```")[0]
    lines = subprocess.run(
        ["sh", "-c", recipe], cwd=out, capture_output=True, check=True, text=True
    ).stdout.splitlines()
    assert [lines[0].split()[0], lines[1].split()[0]] == [hash_.split()[0] for hash_ in hashes[:2]]
    ordered, published = lines[2:62], lines[62:]
    first: list[str] = []
    for kind in {line.split()[1] for line in ordered}:
        share = sum(line.split()[1] == kind for line in published)
        first += [line for line in ordered if line.split()[1] == kind][:share]
    assert sorted(first) == sorted(published)
    assert len(published) == 20

    steered = tmp_path / "steered"
    shutil.copytree(out, steered)
    listed = steered / "sample-2026H2-1.draw.csv"
    listed.write_bytes(b"\n".join(listed.read_bytes().split(b"\n")[:-2]) + b"\n")
    done = yuece("sample", "verify", steered)
    assert done.exit_code == 1
    assert "结果与公布的名单不同" in done.stdout
    listed.unlink()
    assert isinstance(yuece("sample", "verify", steered).exception, UsageError)


def test_what_cannot_be_is_said_in_one_sentence(home: Path, tmp_path: Path) -> None:
    for arguments in (
        ("draw", "--by", "王抽样"),
        ("verify",),
        ("commit", "--by", " "),
        ("commit", "--by", "王抽样", "--half-width", "2"),
        ("commit", "--by", "王抽样", "--volumes", tmp_path / "absent.xlsx"),
    ):
        assert isinstance(yuece("sample", *arguments).exception, UsageError), arguments
    with Store.open(home) as store:
        assert store.samples.commitments() == ()
    told("sample", "commit", "--by", "王抽样")
    told("sample", "draw", "--by", "王抽样")
    assert isinstance(yuece("sample", "draw", "--by", "王抽样").exception, RefusedError)


def take_in(sheet: Path, *more: object) -> Result:
    return yuece("import", "checks", sheet, "--by", "李登记", *more)


def photograph(folder: Path) -> str:
    folder.mkdir(exist_ok=True)
    target = io.BytesIO()
    Image.new("RGB", (40, 30), (200, 30, 30)).save(target, format="PNG")
    (folder / "窗口.png").write_bytes(target.getvalue())
    return "窗口.png"


def is_asked(row: Row) -> bool:
    return row["单位"] == find_unit(BIG).name and row["核验内容"] == "可预约" and str(row["角色"]).startswith("抽中")


def test_checks_move_the_row_and_refute_a_declaration(drawn: Store, tmp_path: Path) -> None:
    """20 of 60 are asked: 4 do not hold. k = 16/20, and the third mismatch refutes (methodology's table, N = 60)."""
    sheet, again, pictures = tmp_path / "一.xlsx", tmp_path / "二.xlsx", tmp_path / "pictures"
    told("sample", "sheet", "--to", sheet)
    picture = photograph(pictures)
    asked = [item.code for item in drawn.samples.items("2026H2-1", BIG) if Aspect.BOOKING in item.checks]
    false = asked[-4:]  # not among those that two observers look at
    seen: set[str] = set()

    def first(row: Row) -> Row | None:
        code = str(row["事项编码"])
        if not is_asked(row) or code in seen:
            return None
        seen.add(code)
        return look("不符", 图片文件=picture) if code in false else look()

    def second(row: Row) -> Row:
        assert row["事项编码"] in false
        return look("不符", by="乙", day=SECOND_DAY, 备注="窗口不许拍照")

    assert fill_sheet(sheet, first) == 20
    assert take_in(sheet, "--pictures", pictures).exit_code == 0
    assert refuted() == []
    assert booking_k(drawn) == (1, "人工抽查有 4 项“不符”尚待另一天复核")

    told("sample", "sheet", "--to", again, "--for", "recheck")
    assert fill_sheet(again, second) == 4
    assert take_in(again).exit_code == 0
    (found,) = refuted()
    assert (found["unit"], found["row"], found["mismatches"], found["limit"]) == (BIG, 27, 4, 3)
    assert found["mismatched"] == false
    assert told("sample", "verify")["refuted"] == [found]
    assert "不自动扣分" in yuece("sample", "refuted").stdout
    k, note = booking_k(drawn)
    assert (k, note) == (0.8, "一致性系数 k = 16/20，由人工抽查核验。")
    assert booking_looks(drawn) == {code: "0" if code in false else "1" for code in asked}
    (one,) = (row for row in told("sample", "results")["rows"] if row["unit"] == BIG and row["aspect"] == "booking")  # type: ignore[attr-defined]  # JSON
    assert (one["population"], one["sampled"], one["confirmed"]) == (60, 20, 16)
    assert len(one["observations"]) == 24
    seen_item = drawn.observations.get(one["observations"][0])
    assert seen_item.recorded_by == "李登记"
    assert seen_item.manifest is not None
    assert verify(drawn).sound
    assert {check.observer for check in drawn.samples.checks("2026H2-1")} == {"甲", "乙"}
    assert isinstance(take_in(again).exception, UsageError), "a sheet goes in once"


def refuted() -> list[dict[str, object]]:
    found: list[dict[str, object]] = told("sample", "refuted")["refuted"]  # type: ignore[assignment]  # JSON
    return found


def booking_looks(store: Store) -> dict[str, str]:
    """What the score's k says item by item, of the items that were looked at; all 60 are of one stratum."""
    run = next(one.id for one in store.runs.all() if one.kind.value == "nightly")
    (facts,) = gather_facts(store, run, [find_unit(BIG)], [])
    (k,) = indicators.get("booking").compute(facts, load_targets()).spread.factors
    codes = sorted(item.code for item in store.samples.frame("2026H2-1") if item.unit == BIG)
    return {code: sign for code, sign in zip(codes, k.looks, strict=True) if sign != "?"}


def booking_k(store: Store) -> tuple[float, str]:
    """Value and note of 预约率 of the body all of whose items can be booked and whose calendars nobody read."""
    run = next(one.id for one in store.runs.all() if one.kind.value == "nightly")
    (facts,) = gather_facts(store, run, [find_unit(BIG)], [])
    scored = indicators.get("booking").compute(facts, load_targets())
    assert scored.value is not None
    sentence = next(part for part in scored.note.split("。") if "k = " in part or "尚待" in part)
    return float(scored.value), sentence.partition("，暂")[0] + ("。" if "k = " in sentence else "")


def test_a_sheet_goes_in_whole_or_not_at_all(drawn: Store, tmp_path: Path) -> None:
    sheet = tmp_path / "表.xlsx"
    told("sample", "sheet", "--to", sheet, "--unit", BIG)
    wrong = iter(
        (
            {"结果": "还行"},
            {"核验日期": "2020-01-01"},
            {"事项编码": "11441700000000000000000000000000000"},
            {"结果": "不符"},
            {"单位": find_unit(SMALL).name},
        )
    )

    def answer(row: Row) -> Row | None:
        return look() | next(wrong, {}) if is_asked(row) and row["角色"] == "抽中" else None

    assert fill_sheet(sheet, answer) >= 10
    runs = len(drawn.runs.all())
    refused = take_in(sheet)
    assert isinstance(refused.exception, MisfitsError)
    said = [fault.say(chinese=True) for fault in refused.exception.faults]
    assert len(said) == 5
    for word in ("还行", "早于抽样时间", "不在该单位抽中的事项里", "须附图片"):
        assert any(word in line for line in said), (word, said)
    assert len(drawn.runs.all()) == runs
    assert tuple(drawn.samples.checks("2026H2-1")) == ()


def test_an_untouched_sheet_holds_nothing_to_import(drawn: Store, tmp_path: Path) -> None:
    sheet = tmp_path / "表.xlsx"
    told("sample", "sheet", "--to", sheet, "--unit", SMALL)
    asked = drawn.samples.items("2026H2-1", SMALL)
    assert count_rows(sheet) == sum(len(item.asked) for item in asked)
    told("sample", "sheet", "--to", tmp_path / "第二人.xlsx", "--unit", SMALL, "--for", "second")
    assert count_rows(tmp_path / "第二人.xlsx") == sum(len(item.checks) for item in asked if item.second)
    refused = take_in(sheet)
    assert isinstance(refused.exception, UsageError)
    assert "no row to import" in str(refused.exception)


def count_rows(sheet: Path) -> int:
    """Count the rows below the example."""
    return len(list(load_workbook(sheet).worksheets[0].iter_rows(min_row=3, values_only=True)))
