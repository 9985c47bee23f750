"""Broken files, always the same ones, and what reading makes of them: `python -m tests.core.redaction.files.mutating
KIND FIRST COUNT` tells it a line a file, and limits itself as the process apart does.

A file is broken in its bytes; an office document also in its parts, so that the break lies behind sums and lengths.
"""

import io
import json
import random
import re
import resource
import subprocess
import sys
import time
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

from PIL import Image

from kithwork.core.documents.kinds import Kind
from kithwork.core.redaction.files import Remade, Seen, Unreadable, read, remake
from tests.core.documents import samples

SENTINEL = "Zebrandora"
MEMORY = 2 * 1024 * 1024 * 1024
MANY = 10_000
SLOWEST = 20.0  # seconds of processor time for one
LARGEST = 2 * 1024 * 1024  # bytes of a copy: what they are made of is small
_ZIPS = {Kind.DOCX, Kind.XLSX, Kind.ODT}


class Blind:
    """Reads no picture and prints a page of the text alone: the breaks are in files, not in those programs, which take
    a hundred times as long. A sample is read by the real ones, apart.
    """

    def ocr(self, picture: Image.Image, /) -> Sequence[Seen]:
        picture.getextrema()
        return []

    def to_pdf(self, content: bytes, ending: str, /) -> bytes:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            name = next(
                one for one in ("content.xml", "word/document.xml", "xl/workbook.xml") if one in archive.namelist()
            )
            said = re.sub(rb"<[^>]*>", b" ", archive.read(name))
        return pdf_of(" ".join(said.decode("utf-8", "replace").split()))


def pdf_of(text: str) -> bytes:
    shown = "".join(letter if letter.isalnum() else " " for letter in text)[:900].encode("latin-1", "replace")
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 90]/Contents 4 0 R/Resources<</Font<</F<</Type/Font/Subtype/Type1"
        b"/BaseFont/Helvetica>>>>>>>>",
        b"<</Length %d>>stream\nBT /F 9 Tf 10 60 Td (%s) Tj ET\nendstream" % (len(shown) + 30, shown),
        b"<</Title(Review)/Author(%s)>>" % SENTINEL.encode(),
    ]
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + table + b"trailer<</Size 6/Root 1 0 R/Info 5 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(out)


def seed(kind: Kind) -> bytes:
    """A small whole file with one name in its text."""
    said = f"{SENTINEL} came on Monday"
    match kind:
        case Kind.PDF:
            return pdf_of(said)
        case Kind.DOCX:
            return samples.zipped(
                {**samples.docx_parts(f"<w:p><w:r><w:t>{said}</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>"),
                 "docProps/core.xml": f"<x>{SENTINEL}</x>".encode(), "word/media/a.png": _picture("PNG")}
            )  # fmt: skip
        case Kind.XLSX:
            import openpyxl

            book = openpyxl.Workbook()
            book.active.append(["Who", "Notes"])
            book.active.append([said, 7])
            out = io.BytesIO()
            book.save(out)
            return out.getvalue()
        case Kind.ODT:
            return samples.zipped(samples.odt_parts(f"<text:p>{said}</text:p>"))
        case Kind.PNG | Kind.JPEG:
            return _picture(kind.name)
        case Kind.CSV:
            return f"Who;Notes\r\n{said};7\r\n".encode()
        case Kind.TEXT:
            return f"Notes\n\n{said}\n".encode()
        case Kind.EML:
            head = f"From: a@example.org\r\nSubject: {SENTINEL}\r\nMIME-Version: 1.0\r\n"
            head += "Content-Type: multipart/mixed; boundary=xx\r\n\r\n"
            plain = f"--xx\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{said}\r\n"
            table = "--xx\r\nContent-Type: text/csv\r\nContent-Disposition: attachment; filename=a.csv\r\n\r\n"
            table += f"Who,7\r\n{said},1\r\n--xx--\r\n"
            return (head + plain + table).encode()


def _picture(kind: str) -> bytes:
    out = io.BytesIO()
    picture = Image.new("RGB", (60, 40), "white")
    picture.save(out, kind, exif=_exif())
    return out.getvalue()


def _exif() -> Image.Exif:
    exif = Image.Exif()
    exif[0x013B] = SENTINEL
    return exif


def mutated(kind: Kind, number: int) -> bytes:
    """The broken file of that number."""
    chance = random.Random(f"{kind} {number}")
    whole = seed(kind)
    if kind in _ZIPS and chance.random() < 0.6:
        return _in_parts(whole, chance)
    return _in_bytes(whole, chance, kind)


def _in_bytes(data: bytes, chance: random.Random, kind: Kind) -> bytes:
    out = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        at = chance.randrange(len(out)) if out else 0
        size = chance.choice((1, 4, 30, 200))
        match chance.randrange(9):
            case 0 | 1 if out:
                out[at] ^= 1 << chance.randrange(8)
            case 2:
                del out[at:]
            case 3:
                del out[at : at + size]
            case 4:
                out[at:at] = out[at : at + size] * chance.choice((1, 3, 50))
            case 5:
                out[at : at + size] = bytes(size)
            case 6:
                out[at:at] = chance.randbytes(size)
            case 7:
                out[at:at] = chance.choice(
                    (b"(", b"<<", b"[", b"<w:p>", b'"', b"--xx\r\n", b"=?utf-8?b?")
                ) * chance.choice((1, 50, 3000))
            case 8 if chance.random() < 0.2:  # the bytes of another kind, by this one's name
                return seed(chance.choice([one for one in Kind if one is not kind]))
            case _:
                pass
    return bytes(out)


def _in_parts(data: bytes, chance: random.Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice(sorted(parts))
    part = parts[name]
    match chance.randrange(8):
        case 0:
            del parts[name]
        case 1 | 2 | 3:
            parts[name] = _in_bytes(part, chance, Kind.TEXT)
        case 4:
            parts[name] = b"<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;'>]>" + part
        case 5:
            deep = chance.choice((50, 300, 5_000))
            parts[name] = part.replace(b"<w:p>", b"<w:sdt>" * deep + b"<w:p>").replace(
                b"</w:p>", b"</w:p>" + b"</w:sdt>" * deep
            )
            parts[name] = (
                parts[name].replace(b"<text:p>", b"<text:span>" * deep).replace(b"</text:p>", b"</text:span>" * deep)
            )
        case 6:
            parts[name] = part + b" " * chance.choice((1_000, 3_000_000, 20_000_000))
        case 7:
            parts[f"word/{chance.randrange(99)}.xml"] = b"<x " + b"a='b' " * chance.choice((1, 5_000)) + b"/>"
    return samples.zipped(parts)


def text_in(content: bytes, kind: Kind) -> bool:
    """Whether somebody else's program gets the name out of a broken file."""
    name = SENTINEL.encode()
    if kind is Kind.PDF:
        done = subprocess.run(
            ["pdftotext", "-q", "-", "-"], input=content, capture_output=True, check=False, timeout=30
        )
        return name in done.stdout
    if kind in _ZIPS:
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                return any(name in archive.read(one) for one in archive.namelist())
        except (
            zipfile.BadZipFile,
            zlib.error,
            OSError,
            ValueError,
            EOFError,
            NotImplementedError,
            RuntimeError,
            IndexError,
        ):
            return False
    return name in content


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a broken file. `told`: `refused`; `read`, with the name; `without`, where no other program gets it
    out of the broken file or its copy; `passed`: somebody can read it, and we did not; `died`: it ended the process.
    """

    number: int
    told: str
    seconds: float  # of processor time
    memory: float  # megabytes that the process has taken at most, so far
    copy: int  # bytes


def outcome(kind: Kind, number: int) -> Outcome:
    """A picture counts by its copy: its pixels alone are in that."""
    content = mutated(kind, number)
    made: Remade | None = None
    began = time.process_time()
    try:
        reading = read(content, kind, "file", Blind())
        told = "read" if any(SENTINEL in passage.text for passage in reading.passages) else "without"
        made = remake(content, kind, {}, Blind(), reading=reading)
    except Unreadable:
        told = "refused"
    taken = time.process_time() - began
    if told == "without" and made is not None:
        pixels = kind in {Kind.PNG, Kind.JPEG}
        if text_in(made.content, made.kind) or (not pixels and text_in(content, kind)):
            told = "passed"
    # not ru_maxrss: a process begins with what its parent had taken
    most = int(re.findall(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[0]) / 1024
    return Outcome(number, told, round(taken, 3), round(most, 1), len(made.content) if made else 0)


def outcomes(kind: Kind, count: int) -> list[Outcome]:
    """What became of each, in a process with limits; one that ends with it has died, and the next goes on."""
    told: list[Outcome] = []
    while len(told) < count:
        words = [kind.value, str(len(told)), str(count - len(told))]
        try:
            done = subprocess.run(
                [sys.executable, "-m", "tests.core.redaction.files.mutating", *words],
                capture_output=True,
                check=False,
                timeout=900,
            )
            said = done.stdout
        except subprocess.TimeoutExpired as late:
            said = late.stdout or b""
        told += [Outcome(*json.loads(line)) for line in said.decode().splitlines()]
        if len(told) < count:
            told.append(Outcome(len(told), "died", 0.0, 0.0, 0))
    return told


def main() -> None:
    kind, first, count = Kind(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for number in range(first, first + count):
        sys.stdout.write(json.dumps(astuple(outcome(kind, number))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
