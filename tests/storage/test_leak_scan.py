"""The scan finds a secret however it is written and packed, and takes no public fact for one."""

import base64
import gzip
import io
import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import pytest
import stdnum.cn.ric
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.evidence import EvidenceKind
from domain.leak import LeakKind
from storage.leak_scan import EVERY_KIND, IN_EXPORTS, IN_PUBLISHED, LeakScan, is_identity_number, scan_evidence
from storage.secret_forms import forms_of
from storage.store import Store
from tests.storage.conftest import Samples

PASSWORD = "Ceshi-2021&甲"
PERSON = b"11010519491231002X"  # GB 11643-1999, appendix
CODE = b"1144170071709436613442105007000"


def find(data: bytes, *, kinds: frozenset[LeakKind] = EVERY_KIND, secrets: tuple[str, ...] = (PASSWORD,)) -> list[str]:
    scan = LeakScan(secrets)
    scan.read(data, "x", kinds=kinds)
    return sorted({leak.kind.value for leak in scan.report().leaks})


def zipped(name: str, data: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        PASSWORD.encode(),
        PASSWORD.encode("gb18030"),
        PASSWORD.encode("utf-16-le"),
        quote(PASSWORD).encode(),
        quote(quote(PASSWORD, safe=""), safe="").encode(),
        json.dumps({"body": json.dumps({"password": PASSWORD})}).encode(),
        b"Authorization: Basic " + base64.b64encode(f"user:{PASSWORD}".encode()),
        b"x" + base64.b64encode(f"ab{PASSWORD}cd".encode()),
        PASSWORD.encode().hex().encode(),
        zipped("resources/a.json", zipped("inner.txt", PASSWORD.encode())),
        gzip.compress(f"WARC {PASSWORD}".encode()),
    ],
    ids=["plain", "gb18030", "utf-16", "quoted", "quoted twice", "json", "basic", "base64", "hex", "zip", "gzip"],
)
def test_a_credential_is_found_however_it_is_written(data: bytes) -> None:
    assert "credential" in find(data)
    assert find(data, secrets=("other-secret",)) in ([], ["token"])


@settings(max_examples=50, deadline=None)
@given(before=st.binary(max_size=5), secret=st.text(min_size=6, max_size=20), after=st.binary(max_size=5))
def test_base64_is_found_wherever_the_secret_begins(before: bytes, secret: str, after: bytes) -> None:
    encoded = base64.b64encode(before + secret.encode("utf-8", "surrogatepass") + after)
    assert any(form in encoded for form in forms_of(secret))


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b'{"id":"' + PERSON + b'"}', "identity_number"),
        (b"%22" + PERSON + b"%22", "identity_number"),
        (b"tel:13800138000,", "mobile_number"),
        (b"%3D13912345678&", "mobile_number"),
        (b"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NSJ9.c2lnbmF0dXJl", "token"),
        (b"Bearer abcdefghijklmnop.qrst", "token"),
        (b"/callback?code=0123456789abcdef", "token"),
        (b'{"name":"Cookie","value":"sid=abc"}', "cookie"),
        (b'{"Set-Cookie": "sid=abc"}', "cookie"),
        (b"HTTP/1.1 200 OK\r\nSet-Cookie: sid=abc\r\n", "cookie"),
    ],
)
def test_what_looks_like_a_secret_is_found(data: bytes, kind: str) -> None:
    assert kind in find(data)
    assert find(data, kinds=IN_PUBLISHED) == []


@pytest.mark.parametrize(
    "data",
    [
        b"/portal/v2/guide/" + CODE + b" /apprUnionApply?code=" + CODE,
        "咨询电话：0662-3366123、020-12345".encode(),
        b"110105194912310021",  # a wrong check character
        b"124417006806141796 11441700MB2C912265",
        b'"timestamp":1763885712345.123,"t":1763885712',
        b'{"name":"Cookie","value":"[scrubbed]"}',
        b"0.13912345678 13912345678ab sha1 c1a75a904cec495ca21446c5e970ace5",
        b"/portal?token=[scrubbed]&x=1",
    ],
)
def test_public_facts_are_no_leak(data: bytes) -> None:
    assert find(data) == []


def test_telephones_of_offices_may_stand_in_exports() -> None:
    assert find("咨询电话 13800138000".encode(), kinds=IN_EXPORTS) == []
    assert find(zipped("xl/sharedStrings.xml", PERSON), kinds=IN_EXPORTS) == ["identity_number"]


@settings(max_examples=50, deadline=None)
@given(first=st.from_regex(r"\A[1-8][0-9]{5}(19[5-9][0-9]|20[01][0-9])(0[1-9]|1[0-2])(0[1-9]|1[0-9]|2[0-8])[0-9]{3}\Z"))
def test_the_check_character_agrees_with_a_library(first: str) -> None:
    right = stdnum.cn.ric.calc_check_digit(first + "0")
    assert is_identity_number((first + right).encode())
    assert not is_identity_number((first + ("0" if right != "0" else "1")).encode())


def test_what_is_masked_gives_nothing_away() -> None:
    scan = LeakScan((PASSWORD,))
    scan.read(PERSON + b" " + PASSWORD.encode(), "x")
    assert not any("19491231" in leak.masked or "Ceshi" in leak.masked for leak in scan.report().leaks)


def test_a_run_is_scanned_by_what_its_artefacts_are(tmp_path: Path, samples: Samples) -> None:
    with Store.open(tmp_path) as store:
        now = datetime.now(UTC)
        run = samples.run()
        store.runs.add(run)

        def keep(kind: EvidenceKind, data: bytes, media_type: str = "application/json") -> None:
            record = store.evidence.put(data, kind=kind, media_type=media_type, url="", run=run.id, captured_at=now)
            store.artefacts.save((record,))

        keep(EvidenceKind.DOCUMENT, b"published " + PERSON)
        keep(EvidenceKind.HAR, b"{}")
        keep(EvidenceKind.SCREENSHOT, b"\x89PNG....", "image/png")
        assert scan_evidence(store, run.id, secrets=(PASSWORD,)).clean
        keep(EvidenceKind.DOCUMENT, PASSWORD.encode())
        keep(EvidenceKind.TRACE, zipped("trace.network", PERSON), "application/zip")
        report = scan_evidence(store, run.id, secrets=(PASSWORD,))
        assert sorted(leak.kind.value for leak in report.leaks) == ["credential", "identity_number"]
        assert report.opaque == 1
