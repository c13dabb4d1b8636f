"""A kept trace opens in Playwright's own reader and holds none of what was confidential, in no way of writing it."""

import io
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from probe_stage import TRACED, Guides, task_of

from portals.citizen import Account
from portals.synthetic_identity import NOBODY
from probes.proof.trace_scrubbing import SCRUBBED, Json, Scrubber, scrub_trace, written_forms
from probes.run_probe import ProbeRunner
from storage.evidence_store import EvidenceStore

SETTINGS = TRACED

TOOL = Path(sys.executable).with_name("playwright")
CODE = "1144170071709436613442105007000"  # a public item code, 31 characters


@pytest.mark.parametrize(
    "text",
    [
        "http://a/sso/callback?to=1&code=0123456789abcdef01234567",
        "http://a/x?access_token=eyJhbGciOi.J9&b=1",
        "redirect=%2Fx%3Ftoken%3Ddeadbeef42",
        '{"id":"44179919900101999X"}',
        "%2244179919900101999X%22",
        "mobile=19900000000&",
        "%3D19900000000",
        "（参考已办件：陈志强，身份证号44179919900101999X）",
        "联系手机19900000000。",
    ],
)
def test_tokens_and_numbers_go(text: str) -> None:
    scrubbed = Scrubber(()).text(text)
    assert SCRUBBED in scrubbed
    assert not re.search(r"0123456789abcdef|eyJhbGciOi|deadbeef|44179919900101|19900000000", scrubbed)


@pytest.mark.parametrize(
    "text",
    [
        f"http://a/apprUnionApply?code={CODE}",
        f"/portal/v2/guide/{CODE}01",
        "咨询电话：0662-3366123、020-12345",
        '"timestamp":1763885712345.123,"wallTime":1763885712345',
        "sha1 c1a75a904cec495ca21446c5e970ace5",
        "统一社会信用代码 124417006806141796",
        "0.15912345678",
    ],
)
def test_public_facts_stay(text: str) -> None:
    assert Scrubber(("password-1",)).text(text) == text


@pytest.mark.parametrize("secret", ['pa"ss\\w/ö 1', "密码一二三", "<b>&x</b>"])
def test_a_secret_goes_however_it_is_written(secret: str) -> None:
    scrubber = Scrubber((secret,))
    for form in written_forms(secret):
        assert form not in scrubber.text(f"vor{form}nach")
    body = f"a {secret} b".encode()
    assert secret.encode() not in scrubber.member("resources/x.html", body)
    line = json.dumps({"params": {"value": secret}, "nested": json.dumps({"v": secret})})
    assert json.loads(scrubber.line(line))["params"]["value"] == SCRUBBED


def test_cookies_and_secret_headers_go_by_structure() -> None:
    entry = {
        "request": {
            "headers": [{"name": "Cookie", "value": "a=1"}, {"name": "Accept", "value": "*/*"}],
            "cookies": [{"name": "a", "value": "1"}],
        },
        "response": {"headers": {"Set-Cookie": "b=2", "Server": "x"}},
    }
    scrubbed = json.loads(Scrubber(()).line(json.dumps(entry)))
    assert scrubbed["request"]["headers"] == [
        {"name": "Cookie", "value": SCRUBBED},
        {"name": "Accept", "value": "*/*"},
    ]
    assert scrubbed["request"]["cookies"] == []
    assert scrubbed["response"]["headers"] == {"Set-Cookie": SCRUBBED, "Server": "x"}


HARMFUL = (
    "http://a/x?token=deadbeef42",
    "code=0123456789abcdef",
    "身份证号44179919900101999X",
    "\n19900000000\n",
    "\x0119900000000",
    "%E519900000000",
    'pa"ss\\w ö',
    "Set-Cookie",
)
TEXTS = st.one_of(st.text(max_size=12), st.sampled_from(HARMFUL))
VALUES = st.recursive(
    TEXTS | st.integers(0, 10**11) | st.none(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(TEXTS | st.sampled_from(["name", "value", "cookies", "Authorization"]), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(VALUES)
def test_a_line_is_scrubbed_like_the_value_that_it_holds(value: Json) -> None:
    secrets = ('pa"ss\\w ö', "密码")
    line = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    assert json.loads(Scrubber(secrets).line(line)) == Scrubber(secrets).value(json.loads(line))


def test_a_changed_resource_gets_a_new_name_everywhere() -> None:
    """The SHA-1 of a login body would let anybody try passwords against it."""
    old = "0123456789012345678901234567890123456789"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("trace.network", json.dumps({"_sha1": f"{old}.dat"}))
        archive.writestr(f"resources/{old}.dat", "user=a&pass=geheim-77")
        archive.writestr("resources/kept.css", "body{}")
    with zipfile.ZipFile(io.BytesIO(scrub_trace(buffer.getvalue(), Scrubber(("geheim-77",))))) as archive:
        named = json.loads(archive.read("trace.network"))["_sha1"]
        assert old not in named
        assert archive.read(f"resources/{named}").decode() == f"user=a&pass={SCRUBBED}"
        assert archive.read("resources/kept.css") == b"body{}"


def test_a_broken_trace_is_refused() -> None:
    with pytest.raises(zipfile.BadZipFile):
        scrub_trace(b"PK\x03\x04 cut short", Scrubber(()))


@pytest.mark.slow  # test_evidence_manifest.py looks through the whole of an application's evidence
@pytest.mark.browser
def test_a_real_application_leaves_no_secret(
    runner: ProbeRunner, guides: Guides, evidence: EvidenceStore, account: Account, tmp_path: Path
) -> None:
    observation, _evidence = runner.run(task_of(guides.plain("application"), "online-application"))
    assert observation.measures["reached_confirm"] is True
    trace = evidence.get(str(observation.trace))
    prefilled = ("测试员甲", "44179919900101999", "19900000000")  # what the sandbox knows of its test citizen
    secrets = (account.username, account.password, *prefilled, NOBODY.id_number)
    forms = {form for secret in secrets for form in written_forms(secret)}
    with zipfile.ZipFile(io.BytesIO(trace)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    for name, data in members.items():
        text = data.decode("latin-1")
        assert not [form for form in forms if form in text or form.encode().decode("latin-1") in text], name
        assert not re.search(r"bsxt_token=[0-9a-f]{8}|[?&]code=[0-9a-f]{24}\b", text), name
    assert not [form for form in forms if form in observation.model_dump_json()]
    read_with_playwright(trace, tmp_path)


def read_with_playwright(trace: bytes, folder: Path) -> None:
    """Open the trace with Playwright's command line: actions with our step names, requests, and a DOM snapshot."""
    file = folder / "trace.zip"
    file.write_bytes(trace)

    def ask(*words: str) -> str:
        answer = subprocess.run(
            [TOOL, "trace", *words], cwd=folder, capture_output=True, text=True, timeout=60, check=True
        )
        return answer.stdout

    ask("open", str(file))
    try:
        actions = ask("actions")
        assert "打开办事指南" in actions
        assert "使用测试账号登录" in actions
        assert "getAuditItemDetailCur" in ask("requests")
    finally:
        ask("close")
