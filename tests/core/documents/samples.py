"""Real files, made here: the smallest of each kind that the programs of the trade open."""

import io
import zipfile
import zlib

import pikepdf
from PIL import Image

CT = "http://schemas.openxmlformats.org/package/2006/content-types"
REL = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
Parts = dict[str, bytes]


def zipped(parts: Parts, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in parts.items():
            archive.writestr(name, data, zipfile.ZIP_STORED if name == "mimetype" else method)
    return out.getvalue()


def types(main: str, part: str) -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><Types xmlns="{CT}">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/{part}" ContentType="{main}"/></Types>'
    ).encode()


def rels(*links: tuple[str, str, str]) -> bytes:
    """Relationships: (type's last word, target, '' or 'External')."""
    rows = "".join(
        f'<Relationship Id="r{n}" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="{mode or "Internal"}"/>'
        for n, (kind, target, mode) in enumerate(links)
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="{REL}">{rows}</Relationships>'.encode()


def docx_parts(body: str = "<w:p><w:r><w:t>Contact policy</w:t></w:r></w:p>") -> Parts:
    return {
        "[Content_Types].xml": types(WORD, "word/document.xml"),
        "_rels/.rels": rels(("officeDocument", "word/document.xml", "")),
        "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'.encode(),
    }


def xlsx_parts() -> Parts:
    return {
        "[Content_Types].xml": types(EXCEL, "xl/workbook.xml"),
        "_rels/.rels": rels(("officeDocument", "xl/workbook.xml", "")),
        "xl/workbook.xml": f'<workbook xmlns="{S}" xmlns:r="{OFFICE}"><sheets><sheet name="H" sheetId="1" r:id="r0"/>'
        "</sheets></workbook>".encode(),
        "xl/_rels/workbook.xml.rels": rels(("worksheet", "worksheets/sheet1.xml", "")),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{S}"><sheetData><row r="1"><c r="A1"><v>7</v></c></row>'
        "</sheetData></worksheet>".encode(),
    }


def odt_parts(body: str = "<text:p>Contact policy</text:p>", manifest: str = "") -> Parts:
    office = "urn:oasis:names:tc:opendocument:xmlns"
    kind = "application/vnd.oasis.opendocument.text"
    return {
        "mimetype": kind.encode(),
        "META-INF/manifest.xml": f'<m:manifest xmlns:m="{office}:manifest:1.0"><m:file-entry m:full-path="/" '
        f'm:media-type="{kind}"/><m:file-entry m:full-path="content.xml" m:media-type="text/xml">{manifest}'
        "</m:file-entry></m:manifest>".encode(),
        "content.xml": f'<office:document-content xmlns:office="{office}:office:1.0" xmlns:text="{office}:text:1.0" '
        f'xmlns:draw="{office}:drawing:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"><office:body><office:text>{body}'
        "</office:text></office:body></office:document-content>".encode(),
    }


def pdf(pages: int = 2, encryption: pikepdf.Encryption | bool = False) -> bytes:
    with new_pdf(pages) as document:
        return saved(document, encryption)


def new_pdf(pages: int = 1) -> pikepdf.Pdf:
    document = pikepdf.new()
    for _ in range(pages):
        document.add_blank_page(page_size=(595, 842))
    for page in document.pages[:3]:
        page.Contents = document.make_stream(b"BT /F1 12 Tf 72 720 Td (Contact policy) Tj ET")
    return document


def saved(document: pikepdf.Pdf, encryption: pikepdf.Encryption | bool = False) -> bytes:
    out = io.BytesIO()
    document.save(out, encryption=encryption, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def picture(kind: str, size: tuple[int, int] = (40, 30)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (59, 47, 99)).save(out, kind)
    return out.getvalue()


def png_that_claims(width: int, height: int) -> bytes:
    """A PNG of a few bytes whose header promises width x height."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)

    header = width.to_bytes(4) + height.to_bytes(4) + b"\x08\x02\x00\x00\x00"
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\x00" * 99))
        + chunk(b"IEND", b"")
    )


GOOD: dict[str, bytes] = {
    "policy.pdf": pdf(),
    "policy.docx": zipped(docx_parts()),
    "hours.xlsx": zipped(xlsx_parts()),
    "policy.odt": zipped(odt_parts()),
    "stall.png": picture("PNG"),
    "stall.JPG": picture("JPEG"),
    "hours.csv": "name,hours\r\nBefriending café,7\r\n".encode(),
    "letter.eml": b"From: ada@lanternside.example\r\nSubject: A match\r\n\r\nThey met on Monday.\r\n",
    "note.txt": "Zażółć gęślą jaźń: £550".encode(),
}
