"""What an attacker tries on a redacted copy: every program that gets text out of a file, and the bytes themselves.

None of it is ours: poppler, qpdf, exiftool, Tesseract, LibreOffice, pypdf, zip.
"""

import io
import re
import subprocess
import tempfile
import warnings
import zipfile
from email import message_from_bytes
from pathlib import Path

import pypdf

_OFFICE = {".docx", ".xlsx", ".odt"}


def _run(*command: str, at: Path | None = None) -> bytes:
    return subprocess.run(command, capture_output=True, check=False, timeout=180, cwd=at).stdout


def _strings(content: bytes) -> str:
    """Letters in the bytes, one byte or two to a letter, and in hexadecimal."""
    said = [content.decode("latin-1"), content.decode("utf-8", "replace")]
    said += [content[start:].decode(code, "replace") for code in ("utf-16-le", "utf-16-be") for start in (0, 1)]
    for digits in re.findall(rb"(?:[0-9A-Fa-f]{2}\s?){4,}", content):
        raw = bytes.fromhex(re.sub(rb"\s", b"", digits).decode())
        said += [raw.decode("latin-1"), raw.decode("utf-16-be", "replace")]
    return "\n".join(said)


def loot(content: bytes, ending: str) -> str:
    """All text that comes out of a copy, by any means."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / f"copy{ending}"
        path.write_bytes(content)
        said = [_strings(content), _run("exiftool", "-a", "-u", "-G", "-ee", str(path)).decode("utf-8", "replace")]
        if ending == ".pdf":
            said += _pdf(path, folder)
        elif ending in {".png", ".jpg", ".jpeg"}:
            said.append(_seen(path))
        elif ending in _OFFICE:
            said += _archive(content, folder)
            said += _office(path, folder)
        elif ending == ".eml":
            said += _mail(content)
        return "\n".join(said)


def _seen(path: Path) -> str:
    return _run("tesseract", str(path), "-", "-l", "eng").decode("utf-8", "replace")


def _pdf(path: Path, folder: Path) -> list[str]:
    plain = _run("qpdf", "--qdf", "--object-streams=disable", "--decode-level=all", str(path), "-")
    joined = re.sub(rb"\)\s*-?[\d.]*\s*\(", b"", plain)
    said = [_strings(plain), joined.decode("latin-1")]
    said += [
        _run("pdftotext", *mode, str(path), "-").decode("utf-8", "replace") for mode in ([], ["-raw"], ["-layout"])
    ]
    said.append(_run("pdfinfo", "-meta", str(path)).decode("utf-8", "replace"))
    said.append(_run("pdfinfo", "-struct-text", str(path)).decode("utf-8", "replace"))
    said.append(_run("pdfdetach", "-list", str(path)).decode("utf-8", "replace"))
    _run("pdfdetach", "-saveall", "-o", str(folder), str(path))
    _run("pdfimages", "-all", str(path), str(folder / "image"))
    _run("pdftoppm", "-r", "150", "-png", str(path), str(folder / "page"))
    for found in sorted(folder.iterdir()):
        if found != path:
            said.append(_run("exiftool", "-a", "-u", str(found)).decode("utf-8", "replace"))
            said.append(_strings(found.read_bytes()) if found.stat().st_size < 200_000 else "")
            said.append(_seen(found))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        reader = pypdf.PdfReader(path)
        said += [page.extract_text() for page in reader.pages]
        said += [repr(reader.metadata), repr(reader.xmp_metadata), repr(reader.outline), repr(reader.get_fields())]
        said += [repr(page.get("/Annots")) for page in reader.pages]
    return said


def _archive(content: bytes, folder: Path, depth: int = 0) -> list[str]:
    """Every part, with its tags and without, and every archive in it."""
    said: list[str] = []
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        said.append(repr(archive.comment))
        for info in archive.infolist():
            data = archive.read(info)
            said += [info.filename, repr(info.comment), repr(info.extra), _strings(data)]
            said.append(re.sub(r"<[^>]*>", "", data.decode("utf-8", "replace")))
            if data.startswith(b"PK") and depth < 3:
                said += _archive(data, folder, depth + 1)
            if data.startswith((b"\x89PNG", b"\xff\xd8")):
                path = folder / f"part{len(said)}.{'jpg' if data[:1] == bytes([0xFF]) else 'png'}"
                path.write_bytes(data)
                said += [_run("exiftool", "-a", "-u", str(path)).decode("utf-8", "replace"), _seen(path)]
    return said


def _office(path: Path, folder: Path) -> list[str]:
    """As LibreOffice prints it."""
    profile = (folder / "profile").as_uri()
    _run(
        "soffice",
        f"-env:UserInstallation={profile}",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
        str(path),
    )
    printed = path.with_suffix(".pdf")
    if not printed.exists():
        raise AssertionError("LibreOffice cannot open the copy")
    return [_run("pdftotext", str(printed), "-").decode("utf-8", "replace")]


def _mail(content: bytes) -> list[str]:
    said = []
    for part in message_from_bytes(content).walk():
        data = part.get_payload(decode=True)
        said.append("\n".join(f"{name}: {value}" for name, value in part.items()))
        if isinstance(data, bytes):
            said.append(_strings(data))
            name = part.get_filename()
            if name:
                said.append(loot(data, Path(name).suffix))
    return said


def come_back(content: bytes, ending: str, names: dict[str, str]) -> dict[str, str]:
    """The planted names that an attacker gets, by where they were planted. Two letters may be misread in pixels."""
    plain = re.sub(r"[\s\x00]+", "", loot(content, ending)).lower()
    return {place: name for place, name in names.items() if name.lower() in plain}
