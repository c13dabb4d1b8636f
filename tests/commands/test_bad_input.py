"""Bad input gets one sentence that names it and what is allowed, the documented exit code, and leaves no trace."""

import json
import socket
import sqlite3
from pathlib import Path

import pytest

from storage.store import Store
from tests.commands.conftest import Left, call_here, call_process


def complaint(done: Left, code: int) -> str:
    assert done.returncode == code, (done.returncode, done.stdout, done.stderr)
    assert "Traceback" not in done.stderr
    assert done.stdout.strip() == ""
    return done.stderr


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("nightly", "--portal", "gdzwfw.gov"), ("gdzwfw.gov", "sandbox", "live")),
        (("nightly", "--units", "市教育厅"), ("市教育厅", "dept-06")),
        (("nightly", "--period", "2021Q3"), ("2021Q3", "2021H1")),
        (("crawl", "--portal", "ysss"), ("ysss", "yss")),
        (("list", "ruls"), ("ruls", "rules")),
        (("import", "--template", "observation"), ("observation", "observations")),
        (("import", "observation", "x.xlsx", "--by", "张"), ("observation", "observations")),
        (("import",), ("nothing to import", "--template")),
        (("audit", "--rule", "no.such"), ("no.such", "allowed")),
        (("audit", "--input", "x.jsonl"), ("--mapping",)),
        (("export", "findings"), ("no store",)),
        (("replay", "a/b/c/d"), ("no store",)),
        (("schedule", "--at", "25:00"), ("25:00", "23:59")),
        (("score", "--table", "E"), ("E", "D, C")),
        (("doctor", "--portal", "gdzwf"), ("gdzwf", "gdzwfw, yss, yst, sandbox, live")),
    ],
)
def test_unknown_names_are_named(tmp_path: Path, arguments: tuple[str, ...], named: tuple[str, ...]) -> None:
    said = complaint(call_here(tmp_path, *arguments), 2)
    assert all(word in said for word in named), said
    assert not (tmp_path / "yuece.db").exists()


def test_a_corpus_that_does_not_fit(tmp_path: Path) -> None:
    corpus = tmp_path / "list.jsonl"
    corpus.write_text('{"name": "x"}\n', encoding="utf-8")
    said = complaint(
        call_here(tmp_path, "crawl", "--portal", "gdzwfw", "--corpus", str(corpus), "--region", "440000"), 2
    )
    assert "TASK_CODE" in said
    assert not (tmp_path / "evidence").exists() or not list((tmp_path / "evidence").rglob("*.*"))


def test_a_mapping_that_does_not_fit(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("编码,名称\n1,a\n", encoding="utf-8")
    (tmp_path / "map.toml").write_text('[fields]\nno_such_field = "名称"\n', encoding="utf-8")
    said = complaint(call_here(tmp_path, "audit", "--input", "list.csv", "--mapping", "map.toml"), 2)
    assert "no_such_field" in said or "map.toml" in said


def test_a_store_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "yuece.db") as connection:
        connection.execute("create table alembic_version (version_num varchar(32) primary key)")
        connection.execute("insert into alembic_version values ('9999_from_tomorrow')")
    before = dump(tmp_path / "yuece.db")
    said = complaint(call_here(tmp_path, "verify"), 1)
    assert "9999_from_tomorrow" in said
    assert dump(tmp_path / "yuece.db") == before


def dump(store: Path) -> list[str]:
    with sqlite3.connect(store) as connection:
        return list(connection.iterdump())


def test_no_browser(tmp_path: Path) -> None:
    said = complaint(call_here(tmp_path, "nightly", "--size", "60", YUECE_BROWSER="/nowhere/chromium"), 1)
    assert "/nowhere/chromium" in said


def test_taken_ports(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = call_process(tmp_path, "sandbox", "--port", str(port), "--size", "small")
    assert done.returncode in (1, 2)
    assert str(port) in done.stderr
    assert "Traceback" not in done.stderr


def test_a_live_night_without_a_mandate_is_refused(tmp_path: Path) -> None:
    said = complaint(call_process(tmp_path, "nightly", "--portal", "live"), 5)
    assert "authorisation" in said


def test_a_setting_that_does_not_fit(tmp_path: Path) -> None:
    said = complaint(call_here(tmp_path, "verify", YUECE_WORKERS="many"), 2)
    assert "workers" in said
    assert "many" in said


def test_the_doctor_of_a_machine_says_what_is_missing_as_json_too(tmp_path: Path) -> None:
    done = call_here(tmp_path, "doctor", "--json", YUECE_BROWSER="/nowhere/chromium")
    lines = {line["name"]: line for line in json.loads(done.stdout)["lines"]}
    assert done.returncode == 1
    assert (lines["browser"]["state"], lines["store"]["state"]) == ("missing", "ok")
    assert "/nowhere/chromium" in lines["browser"]["said"]


def test_an_empty_list_says_so(tmp_path: Path) -> None:
    with Store.open(tmp_path):
        pass
    assert call_here(tmp_path, "list", "runs").stdout.strip() == "the store holds no runs yet"
    assert json.loads(call_here(tmp_path, "list", "runs", "--json").stdout) == []
