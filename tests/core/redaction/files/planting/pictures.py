"""Pictures with names in their pixels and in all that they say of themselves."""

import io
import zlib

from PIL import Image, ImageDraw, ImageFont, PngImagePlugin

from tests.core.redaction.files.planting.names import Planted


def drawn(
    lines: list[str], size: tuple[int, int] = (900, 260), *, paper: str = "white", ink: str = "black"
) -> Image.Image:
    """A picture of lines of text, as a screen shows them."""
    picture = Image.new("RGB", size, paper)
    draw = ImageDraw.Draw(picture)
    for number, line in enumerate(lines):
        draw.text((30, 30 + number * 62), line, font=ImageFont.load_default(38), fill=ink)
    return picture


def _exif(names: Planted, where: str) -> Image.Exif:
    exif = Image.Exif()
    exif[0x010E] = f"At the park with {names[f'{where}: EXIF description']}"
    exif[0x013B] = names[f"{where}: EXIF artist"]
    exif[0x8298] = f"(c) {names[f'{where}: EXIF copyright']}"
    exif[0x9C9C] = f"{names[f'{where}: XP comment']}\0".encode("utf-16-le")
    exif.get_ifd(0x8769)[0x9286] = b"ASCII\0\0\0" + names[f"{where}: EXIF user comment"].encode()
    return exif


def jpeg(names: Planted, where: str = "JPEG") -> bytes:
    picture = drawn(["Mentoring session notes", f"Present: {names[f'{where}: pixels']} and two others", "Next: Friday"])
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=92, exif=_exif(names, where), comment=names[f"{where}: comment"].encode())
    data = out.getvalue()
    xmp = (
        b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/"
        b"22-rdf-syntax-ns#'><rdf:Description xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:creator>"
        + names[f"{where}: XMP"].encode()
        + b"</dc:creator></rdf:Description></rdf:RDF></x:xmpmeta>"
    )
    app1 = b"\xff\xe1" + (len(xmp) + 2).to_bytes(2) + xmp
    iptc_said = names[f"{where}: IPTC by-line"].encode()
    iptc = b"\x1c\x02\x50" + len(iptc_said).to_bytes(2) + iptc_said
    block = b"8BIM\x04\x04\x00\x00" + len(iptc).to_bytes(4) + iptc + b"\0" * (len(iptc) % 2)
    photoshop = b"Photoshop 3.0\0" + block
    app13 = b"\xff\xed" + (len(photoshop) + 2).to_bytes(2) + photoshop
    return data[:2] + app1 + app13 + data[2:] + b"\0\0 " + names[f"{where}: after its end"].encode() + b" \0"


def png(names: Planted, where: str = "PNG") -> bytes:
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", names[f"{where}: tEXt"])
    info.add_text("Comment", f"seen by {names[f'{where}: zTXt']} and others", zip=True)
    info.add_itxt("Description", f"with {names[f'{where}: iTXt']}", zip=True)
    info.add_itxt("XML:com.adobe.xmp", f"<x:xmpmeta><dc:creator>{names[f'{where}: XMP']}</dc:creator></x:xmpmeta>")
    picture = drawn(
        [
            "Attendance, week four",
            f"{names[f'{where}: pixels']} came twice",
            f"and {names[f'{where}: second line']} once",
        ]
    )
    out = io.BytesIO()
    picture.save(out, "PNG", pnginfo=info, exif=_exif(names, where))
    data = out.getvalue()
    said = b"note\0" + names[f"{where}: a chunk of its own"].encode()
    own = len(said).to_bytes(4) + b"prVt" + said + zlib.crc32(b"prVt" + said).to_bytes(4)
    return data[:33] + own + data[33:] + names[f"{where}: after its end"].encode()
