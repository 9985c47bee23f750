"""A new PDF of painted pages: each one picture, with the words that can still be seen laid over it unseen, so that they
can be searched, copied and read aloud. Nothing else is in it: no properties, no attachments, nothing of the original.

Sources: ISO 32000-1, 9.3.6 (text that is not drawn), 9.7 (composite typefaces), 14.7 and 14.8 (structure, tags).
"""

import io
import struct
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pikepdf
from PIL import Image, ImageChops

from kithwork.core.redaction.files.painting import Spot
from kithwork.core.redaction.files.seeing import UNGHOSTED

LANGUAGE = "en-GB"


@dataclass(frozen=True, slots=True)
class Placed:
    """A word of a page, in the pixels of its picture; `ends` where its line ends."""

    spot: Spot
    ends: bool


class Press:
    """Takes pages one by one, and gives the whole."""

    def __init__(self) -> None:
        self._pdf = pikepdf.new()
        self._font = self._pdf.make_indirect(_typeface(self._pdf))
        self._parts: list[pikepdf.Object] = []
        self._parents = pikepdf.Array()
        self._root = self._pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot))
        self._document = self._pdf.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name.Document, P=self._root)
        )

    def page(self, picture: Image.Image, words: Sequence[Placed], width: float, height: float) -> None:
        """Add a page of `width` and `height` points. `words` in the order in which they are read."""
        number = len(self._pdf.pages)
        page = self._pdf.add_blank_page(page_size=(width, height))
        image = self._pdf.make_indirect(_image(self._pdf, picture))
        page.obj.Resources = pikepdf.Dictionary(
            XObject=pikepdf.Dictionary(P=image), Font=pikepdf.Dictionary(T=self._font)
        )
        page.obj.StructParents = number
        page.obj.Tabs = pikepdf.Name.S
        out = [f"/Artifact BMC q {width:.2f} 0 0 {height:.2f} 0 0 cm /P Do Q EMC"]
        marked = pikepdf.Array()
        for line in _lines(words):
            element = self._pdf.make_indirect(
                pikepdf.Dictionary(
                    Type=pikepdf.Name.StructElem, S=pikepdf.Name.P, P=self._document, Pg=page.obj, K=len(marked)
                )
            )
            out.append(f"/P <</MCID {len(marked)}>> BDC BT 3 Tr")
            out += _shown(line, width / picture.width, height / picture.height, height)
            out.append("ET EMC")
            marked.append(element)
            self._parts.append(element)
        self._parents.append(number)
        self._parents.append(self._pdf.make_indirect(marked))
        page.obj.Contents = self._pdf.make_stream("\n".join(out).encode("ascii"))

    def whole(self) -> bytes:
        """The finished file."""
        self._document.K = pikepdf.Array(self._parts)
        self._root.K = self._document
        self._root.ParentTree = pikepdf.Dictionary(Nums=self._parents)
        self._root.ParentTreeNextKey = len(self._pdf.pages)
        self._pdf.Root.StructTreeRoot = self._root
        self._pdf.Root.MarkInfo = pikepdf.Dictionary(Marked=True)
        self._pdf.Root.Lang = pikepdf.String(LANGUAGE)
        if "/Info" in self._pdf.trailer:
            del self._pdf.trailer["/Info"]
        out = io.BytesIO()
        self._pdf.save(
            out, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True, compress_streams=True
        )
        self._pdf.close()
        return out.getvalue()


def _lines(words: Sequence[Placed]) -> list[list[Placed]]:
    lines: list[list[Placed]] = [[]]
    for word in words:
        lines[-1].append(word)
        if word.ends:
            lines.append([])
    return [line for line in lines if line]


def _shown(line: Sequence[Placed], across: float, down: float, height: float) -> list[str]:
    """The operators that lay the words of a line, in points; a letter of our typeface is half as wide as high."""
    out: list[str] = []
    top, bottom = min(word.spot.top for word in line), max(word.spot.bottom for word in line)
    level = bottom - top < 2 * max(word.spot.height for word in line)  # so that they are told to stand in one line
    for number, word in enumerate(line):
        spot = replace(word.spot, top=top, bottom=bottom) if level else word.spot
        text = spot.text + (" " if number + 1 < len(line) else "")
        size = max(1.0, spot.height * down)
        natural = len(spot.text) * size / 2
        stretched = max(1.0, (spot.right - spot.left) * across / natural * 100) if natural else 100.0
        codes = "".join(f"{ord(letter) if ord(letter) < 0x10000 else 0xFFFD:04X}" for letter in text)
        x, y = spot.left * across, height - spot.bottom * down + size * 0.2
        out.append(f"/T {size:.2f} Tf {stretched:.1f} Tz 1 0 0 1 {x:.2f} {y:.2f} Tm <{codes}> Tj")
    return out


def _image(pdf: pikepdf.Pdf, picture: Image.Image) -> pikepdf.Object:
    """A picture as small as it stays readable: sixteen greys where it has no colour, else JPEG."""
    grey = picture if picture.mode == "L" else _grey(picture)
    if grey is not None:
        levels = grey.point([min(15, (UNGHOSTED[value] + 8) // 17) for value in range(256)])
        levels.putpalette([value for step in range(16) for value in (step * 17,) * 3])
        packed = io.BytesIO()
        levels.save(packed, "PNG", bits=4, optimize=True)
        stream = pdf.make_stream(_idat(packed.getvalue()))
        stream.ColorSpace, stream.BitsPerComponent = pikepdf.Name.DeviceGray, 4
        stream.Filter = pikepdf.Name.FlateDecode
        stream.DecodeParms = pikepdf.Dictionary(Predictor=15, Colors=1, BitsPerComponent=4, Columns=picture.width)
    else:
        snapped = picture.point(UNGHOSTED * 3)
        packed = io.BytesIO()
        snapped.save(packed, "JPEG", quality=82, optimize=True)
        stream = pdf.make_stream(packed.getvalue())
        stream.ColorSpace, stream.BitsPerComponent = pikepdf.Name.DeviceRGB, 8
        stream.Filter = pikepdf.Name.DCTDecode
    stream.Type, stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    stream.Width, stream.Height = picture.size
    return stream


def _grey(picture: Image.Image) -> Image.Image | None:
    """The picture in grey, where it has no colour to lose."""
    small = picture.reduce(4) if min(picture.size) > 16 else picture
    red, green, blue = small.split()
    spread = ImageChops.subtract(
        ImageChops.lighter(ImageChops.lighter(red, green), blue), ImageChops.darker(ImageChops.darker(red, green), blue)
    )
    return None if sum(spread.histogram()[24:]) > small.width * small.height * 0.0005 else picture.convert("L")


def _idat(png: bytes) -> bytes:
    """The packed rows of a PNG, which PDF packs in the same way."""
    out, at = [], 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        if png[at + 4 : at + 8] == b"IDAT":
            out.append(png[at + 8 : at + 8 + length])
        at += 12 + length
    return b"".join(out)


def _typeface(pdf: pikepdf.Pdf) -> pikepdf.Object:
    """A typeface whose letters have no shape, and whose codes are Unicode's own: nothing is drawn with it."""
    program = pdf.make_stream(_shapeless())
    program.Length1 = len(_shapeless())
    descriptor = pikepdf.Dictionary(
        Type=pikepdf.Name.FontDescriptor, FontName=pikepdf.Name.Shapeless, Flags=5, FontBBox=[0, 0, 500, 1000],
        ItalicAngle=0, Ascent=1000, Descent=-1, CapHeight=1000, StemV=80, FontFile2=program,
    )  # fmt: skip
    below = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.CIDFontType2, BaseFont=pikepdf.Name.Shapeless,
        CIDSystemInfo=pikepdf.Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
        FontDescriptor=pdf.make_indirect(descriptor), DW=500, CIDToGIDMap=pdf.make_stream(b"\x00\x01" * 65_536),
    )  # fmt: skip
    return pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type0, BaseFont=pikepdf.Name.Shapeless,
        Encoding=pikepdf.Name("/Identity-H"), DescendantFonts=[pdf.make_indirect(below)],
        ToUnicode=pdf.make_stream(_unicode()),
    )  # fmt: skip


def _unicode() -> bytes:
    """Code to letter, the same for all. A range may not cross the last byte (Adobe Technical Note 5411)."""
    ranges = [f"<{high:02X}00> <{high:02X}FF> <{high:02X}00>" for high in range(256)]
    blocks = [ranges[at : at + 100] for at in range(0, 256, 100)]
    middle = "\n".join(f"{len(block)} beginbfrange\n" + "\n".join(block) + "\nendbfrange" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
        f"{middle}\nendcmap CMapName currentdict /CMap defineresource pop end end"
    ).encode("ascii")


def _shapeless() -> bytes:
    """The smallest TrueType program: two glyphs without outlines (the first stands for what is missing)."""
    head = struct.pack(
        ">IIIIHHQQhhhhHHhhh", 0x10000, 0x10000, 0, 0x5F0F3CF5, 0, 1000, 0, 0, 0, 0, 500, 1000, 0, 8, 2, 0, 0
    )
    tables = {
        b"glyf": b"\x00\x00\x00\x00",
        b"head": head,
        b"hhea": struct.pack(">IhhhHhhhhhhhhhhhH", 0x10000, 1000, -1, 0, 500, 0, 0, 500, 1, 0, 0, 0, 0, 0, 0, 0, 1),
        b"hmtx": struct.pack(">Hhh", 500, 0, 0),
        b"loca": struct.pack(">HHH", 0, 0, 0),
        b"maxp": struct.pack(">IHHHHHHHHHHHHHH", 0x10000, 2, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0),
    }
    directory, body = struct.pack(">IHHHH", 0x10000, len(tables), 64, 2, len(tables) * 16 - 64), b""
    at = 12 + 16 * len(tables)
    for tag, data in tables.items():
        padded = data + b"\x00" * (-len(data) % 4)
        total = sum(struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF
        directory += tag + struct.pack(">III", total, at + len(body), len(data))
        body += padded
    return directory + body
