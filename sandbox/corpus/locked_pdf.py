"""PDF files with a password: one that asks for it, and one that only guards its owner's rights."""

import hashlib
import struct

from sandbox.corpus.attachments import PDF_FONT_DESCRIPTOR, draw_pdf_page, join_pdf

PASSWORD_PAD = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
PERMISSIONS = -44  # print and copy allowed, change not (ISO 32000-1, table 22)


def rc4(key: bytes, data: bytes) -> bytes:
    """Encrypt or decrypt with RC4, as old PDF writers do."""
    box, at = list(range(256)), 0
    for here in range(256):
        at = (at + box[here] + key[here % len(key)]) & 0xFF
        box[here], box[at] = box[at], box[here]
    out, here, at = bytearray(), 0, 0
    for byte in data:
        here = (here + 1) & 0xFF
        at = (at + box[here]) & 0xFF
        box[here], box[at] = box[at], box[here]
        out.append(byte ^ box[(box[here] + box[at]) & 0xFF])
    return bytes(out)


def lock_pdf(lines: tuple[str, ...], *, user: bytes, owner: bytes) -> bytes:
    """Make a PDF with 40-bit encryption (ISO 32000-1, 7.6.3): an empty user password opens without being asked."""
    user_pad, owner_pad = ((word + PASSWORD_PAD)[:32] for word in (user, owner))
    file_id = hashlib.md5("|".join(lines).encode()).digest()
    entry_o = rc4(hashlib.md5(owner_pad).digest()[:5], user_pad)
    seed = user_pad + entry_o + struct.pack("<i", PERMISSIONS) + file_id
    key = hashlib.md5(seed).digest()[:5]

    def lock(number: int, data: bytes) -> bytes:
        return rc4(hashlib.md5(key + struct.pack("<I", number)[:3] + b"\0\0").digest()[:10], data)

    page = lock(4, draw_pdf_page(lines))
    names = tuple(b"<%b>" % lock(6, word).hex().encode() for word in (b"Adobe", b"GB1"))
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(page), page),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [6 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /FontDescriptor 7 0 R"
        b" /CIDSystemInfo << /Registry %b /Ordering %b /Supplement 2 >> >>" % names,
        PDF_FONT_DESCRIPTOR,
        b"<< /Filter /Standard /V 1 /R 2 /O <%b> /U <%b> /P %d >>"
        % (entry_o.hex().encode(), rc4(key, PASSWORD_PAD).hex().encode(), PERMISSIONS),
    )
    known = file_id.hex().encode()
    return join_pdf(objects, trailer=b" /Encrypt 8 0 R /ID [<%b> <%b>]" % (known, known))
