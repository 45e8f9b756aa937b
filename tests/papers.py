"""Small files in every format that the library reads, made on the spot so that a test shows what it tests."""

import io


def pdf(*pages: list[tuple[float, str]], password: str = "") -> bytes:
    """A PDF with one line of text for each (size of its letters, text)."""
    from pypdf import PdfReader, PdfWriter

    raw = _plain_pdf([_page(lines) for lines in pages])
    if not password:
        return raw
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(raw)))
    writer.encrypt(user_password=password, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _page(lines: list[tuple[float, str]]) -> bytes:
    height, written = 800.0, []
    for size, text in lines:
        height -= size * 1.4
        escaped = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        written.append(f"BT /F1 {size} Tf 40 {height:.1f} Td ({escaped}) Tj ET")
    return "\n".join(written).encode("latin-1")


def _plain_pdf(contents: list[bytes]) -> bytes:
    count = len(contents)
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(count))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, content in enumerate(contents):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {5 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream")
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode()
    return out + f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()


def docx(*blocks: tuple[str, str]) -> bytes:
    """A Word file with one paragraph for each (style, text)."""
    import docx

    document = docx.Document()
    for style, text in blocks:
        document.add_paragraph(text, style=style)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
