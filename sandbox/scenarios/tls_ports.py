"""Hosts with a certificate that no browser accepts, each for another reason, on free loopback ports."""

import asyncio
import ipaddress
import ssl
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

LOOPBACK = "127.0.0.1"
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 15\r\nConnection: close\r\n\r\n<html>ok</html>"
FLAWS = ("self_signed", "expired", "wrong_host", "no_tls")


def make_certificate(flaw: str) -> tuple[bytes, bytes]:
    """Make a key and a certificate that is its own issuer, expired or for another host."""
    key = ec.generate_private_key(ec.SECP256R1())
    host = "other.example.org" if flaw == "wrong_host" else "localhost"
    names: list[x509.GeneralName] = [x509.DNSName(host)]
    if flaw != "wrong_host":
        names.append(x509.IPAddress(ipaddress.ip_address(LOOPBACK)))
    end = datetime.now(UTC) + timedelta(days=-30 if flaw == "expired" else 30)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(end - timedelta(days=60))
        .not_valid_after(end)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    form = serialization.PrivateFormat.PKCS8
    return key.private_bytes(pem, form, serialization.NoEncryption()), certificate.public_bytes(pem)


def make_context(flaw: str) -> ssl.SSLContext | None:
    """Make the server's side of TLS; ``None`` for the host that does not speak it."""
    if flaw == "no_tls":
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.TemporaryDirectory(prefix="yuece-sandbox-tls-") as name:
        file = Path(name) / "both.pem"
        file.write_bytes(b"".join(make_certificate(flaw)))
        context.load_cert_chain(file)
    return context


async def greet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer whoever comes in all the same."""
    try:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(ANSWER)
        await writer.drain()
    except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, ConnectionError):
        pass
    finally:
        writer.close()


async def open_tls_ports() -> dict[str, str]:
    """Open one port per flaw and return their origins by name, ``tls_expired`` and the like."""
    origins = {}
    for flaw in FLAWS:
        server = await asyncio.start_server(greet, LOOPBACK, 0, ssl=make_context(flaw))
        origins[f"tls_{flaw}"] = f"https://{LOOPBACK}:{server.sockets[0].getsockname()[1]}"
    return origins
