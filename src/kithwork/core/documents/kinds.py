"""The closed list of kinds of file that are kept, and the shape of the answer."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """A kind of file that Kithwork keeps."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    ODT = "odt"
    PNG = "png"
    JPEG = "jpeg"
    CSV = "csv"
    TEXT = "text"
    EML = "eml"

    @property
    def media_type(self) -> str:
        """The media type to serve it under."""
        return _MEDIA_TYPES[self]

    @property
    def called(self) -> str:
        """The kind in a person's words, with its article."""
        return _CALLED[self]

    @property
    def endings(self) -> frozenset[str]:
        """The endings of a file name that agree with this kind: lower case, with their dot."""
        return _ENDINGS[self]


_MEDIA_TYPES = {
    Kind.PDF: "application/pdf",
    Kind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Kind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Kind.ODT: "application/vnd.oasis.opendocument.text",
    Kind.PNG: "image/png",
    Kind.JPEG: "image/jpeg",
    Kind.CSV: "text/csv",
    Kind.TEXT: "text/plain",
    Kind.EML: "message/rfc822",
}
_CALLED = {
    Kind.PDF: "a PDF",
    Kind.DOCX: "a Word document",
    Kind.XLSX: "an Excel workbook",
    Kind.ODT: "an OpenDocument text",
    Kind.PNG: "a PNG picture",
    Kind.JPEG: "a JPEG picture",
    Kind.CSV: "a table in CSV",
    Kind.TEXT: "plain text",
    Kind.EML: "an e-mail",
}
_ENDINGS = {
    Kind.PDF: frozenset({".pdf"}),
    Kind.DOCX: frozenset({".docx"}),
    Kind.XLSX: frozenset({".xlsx"}),
    Kind.ODT: frozenset({".odt"}),
    Kind.PNG: frozenset({".png"}),
    Kind.JPEG: frozenset({".jpg", ".jpeg", ".jpe", ".jfif"}),
    Kind.CSV: frozenset({".csv"}),
    Kind.TEXT: frozenset({".txt", ".text", ".md"}),
    Kind.EML: frozenset({".eml"}),
}
# of files with programs in them, of which only a copy without those is ever handed on
WITH_PROGRAMS = {Kind.DOCX: frozenset({".docm"}), Kind.XLSX: frozenset({".xlsm"})}

WELCOME = "PDF, Word (.docx), Excel (.xlsx), OpenDocument text (.odt), PNG, JPEG, CSV, an e-mail (.eml) or plain text"


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a file turned out to be.

    When `ok`, `kind` and `media_type` are set and `reason` is None; `pages` is the page count of a PDF, else None.
    When not, `reason` says in plain English what is wrong and what to do; `kind` is set when it could still be told.
    """

    ok: bool
    kind: Kind | None = None
    media_type: str | None = None
    pages: int | None = None
    reason: str | None = None

    @classmethod
    def refused(cls, reason: str, kind: Kind | None = None) -> "Inspection":
        """A refusal with its reason: plain English, one or two sentences, the last one saying what to do."""
        return cls(False, kind, kind.media_type if kind else None, None, reason)

    @classmethod
    def kept(cls, kind: Kind, pages: int | None = None) -> "Inspection":
        """An acceptance; `pages` only for a PDF."""
        return cls(True, kind, kind.media_type, pages, None)


class Refusal(Exception):  # a refusal is an answer to the sender, not a fault of ours
    """Raised inside this package to stop an inspection; the message is the reason shown to the person."""


def ending_of(name: str) -> str:
    """The ending of a file name, lower case with its dot ('.pdf'), or '' when it has none."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1].rstrip(" .")
    stem, dot, ending = last.rpartition(".")
    ending = "".join(letter for letter in ending.lower() if letter.isprintable())
    return f".{ending}" if dot and stem and ending else ""
