"""The register of repealed laws: what is in it counts from its day on, and the owner can add to it."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from crawler.rules import law_register
from crawler.rules.example_guide import LAW, example
from crawler.rules.law_history import check_superseded
from crawler.rules.law_register import read_register, register, superseded_by_day
from domain.errors import UsageError
from domain.guide_fields import FieldName
from domain.outcome import Outcome

TODAY = date(2026, 7, 1)
CIVIL_CODE = date(2021, 1, 1)  # 民法典第一千二百六十条


@pytest.fixture
def fresh_register() -> Iterator[None]:
    caches = (law_register.register, law_register.fingerprint)
    for one in caches:
        one.cache_clear()
    yield
    for one in caches:
        one.cache_clear()


@pytest.mark.parametrize(
    "name", ["婚姻法", "继承法", "民法通则", "收养法", "担保法", "合同法", "物权法", "侵权责任法", "民法总则"]
)
def test_the_nine_laws_that_the_civil_code_replaced(name: str) -> None:
    entry = superseded_by_day(f"《中华人民共和国{name}》", TODAY)
    assert entry is not None
    assert (entry.repealed, entry.replaced_by) == (CIVIL_CODE, "中华人民共和国民法典")
    assert superseded_by_day(name, date(2020, 12, 31)) is None


@pytest.mark.parametrize(
    "name",
    [
        "中华人民共和国民法典",
        "中华人民共和国劳动合同法",
        "中华人民共和国行政许可法（2019年修正）",
        "婚姻登记条例",
        "中华人民共和国公司法",
        "最高人民法院关于适用《中华人民共和国担保法》若干问题的解释",
    ],
)
def test_laws_in_force_are_not_accused(name: str) -> None:
    assert superseded_by_day(name, TODAY) is None


def test_editions_of_a_repealed_law_are_the_same_law() -> None:
    assert superseded_by_day("中华人民共和国婚姻法（2001年修正）", TODAY) is not None


@pytest.mark.parametrize(
    ("captured", "outcome"),
    [(datetime(2020, 12, 31, 15, tzinfo=UTC), Outcome.PASS), (datetime(2021, 1, 1, tzinfo=UTC), Outcome.FAIL)],
)
def test_a_guide_captured_before_the_repeal_is_not_accused(captured: datetime, outcome: Outcome) -> None:
    guide = example(laws=(LAW.model_copy(update={"name": "中华人民共和国合同法"}),), captured_at=captured)()
    assert check_superseded(guide).outcome is outcome


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("依照《中华人民共和国合同法》签订租赁合同，场所符合卫生标准。", Outcome.FAIL),
        ("2020年以前依照原《中华人民共和国合同法》签订的合同继续有效，场所符合卫生标准。", Outcome.PASS),
        ("依照《中华人民共和国合同法》（2021年1月1日废止）签订的合同继续有效。", Outcome.PASS),
        ("依照《中华人民共和国民法典》签订租赁合同，场所符合卫生标准。", Outcome.PASS),
    ],
)
def test_prose_is_accused_of_a_basis_not_of_history(text: str, outcome: Outcome) -> None:
    assert check_superseded(example({FieldName.CONDITION: text})()).outcome is outcome


OWN_TOML = """[[law]]
name = "阳江市城市绿化办法"
repealed = 2025-03-01
replaced_by = "阳江市园林绿化条例"
source = "阳江市人民政府令第1号"
"""
OWN_CSV = (
    "name,number,repealed,replaced_by,source\n阳江市城市绿化办法,,2025-03-01,阳江市园林绿化条例,阳江市人民政府令第1号\n"
)


@pytest.mark.parametrize(("file", "text"), [("own.toml", OWN_TOML), ("own.csv", "\ufeff" + OWN_CSV)])
def test_the_owner_s_list_is_added(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fresh_register: None, file: str, text: str
) -> None:
    before = law_register.fingerprint()
    (tmp_path / file).write_text(text, encoding="utf-8")
    monkeypatch.setenv(law_register.VARIABLE, str(tmp_path / file))
    register.cache_clear()
    law_register.fingerprint.cache_clear()
    entry = superseded_by_day("阳江市城市绿化办法", TODAY)
    assert entry is not None
    assert entry.replaced_by == "阳江市园林绿化条例"
    assert superseded_by_day("合同法", TODAY) is not None
    assert law_register.fingerprint() != before


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("bad.toml", "[[law]\n", "neither TOML nor CSV"),
        ("bad.toml", '[[law]]\nname = "某办法"\nsource = "x"\n', "repealed"),
        ("bad.toml", 'law = "某办法"\n', "[[law]] tables"),
        ("bad.csv", "name,when\n某办法,2020\n", "allowed: name"),
    ],
)
def test_a_wrong_list_is_told_in_one_sentence(tmp_path: Path, file: str, text: str, said: str) -> None:
    (tmp_path / file).write_text(text, encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        read_register(tmp_path / file)
    assert file in str(caught.value)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_list_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        read_register(tmp_path / "none.toml")


def test_a_list_that_is_chosen_reaches_other_processes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fresh_register: None
) -> None:
    monkeypatch.setenv(law_register.VARIABLE, "")
    path = tmp_path / "own.csv"
    path.write_text(OWN_CSV, encoding="utf-8")
    law_register.choose_register(path)
    ask = "from crawler.rules.law_register import register, law_key; print(law_key('阳江市城市绿化办法') in register())"
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "True"
    path.write_text("name\n某办法\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"own\.csv"):
        law_register.choose_register(path)
