"""Attachments of a message: read once, and the copy made of what was read."""

from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from kithwork.core.documents.kinds import Kind
from kithwork.core.redaction.files import Reading, Unreadable, entrance, pdf, read, remake
from kithwork.files.redacting import packing
from kithwork.gate import scans
from tests.core.redaction.files.ground import cuts_of
from tests.core.redaction.files.mutating import Blind, pdf_of
from tests.core.redaction.files.planting import mail
from tests.core.redaction.files.planting.names import Planted


def message(text: str = "Dear all\n") -> tuple[bytes, Planted]:
    """One with attachments of four kinds, forwarded in another that has a document before it and one behind."""
    names = Planted()
    outer = EmailMessage()
    outer["From"], outer["Subject"] = "Ada <ada@example.org>", "Fwd: papers"
    outer.set_content(text)
    outer.add_attachment(pdf_of("first Zebrandora"), maintype="application", subtype="pdf", filename="first.pdf")
    outer.add_attachment(message_from_bytes(mail.planted(names), policy=policy.default))
    outer.add_attachment(pdf_of("last Zebrandora"), maintype="application", subtype="pdf", filename="last.pdf")
    names["a page of an attachment"] = "Zebrandora"
    return outer.as_bytes(), names


def attached(content: bytes) -> list[bytes]:
    """The attachments of a copy, and of the copies within it; of a PDF, which has a number of its own, the page."""
    found = []
    for part in message_from_bytes(content, policy=policy.default).iter_attachments():
        data = part.get_payload(decode=True)
        assert isinstance(data, bytes)
        within = attached(data) if part.get_content_type() == "application/octet-stream" else []
        found += within or [pdf.picture(data, 1) if data.startswith(b"%PDF") else data]
    return found


def kept(reading: Reading) -> Reading:
    """As it comes back out of the process apart and from where the gate keeps it."""
    then = packing.unpacked(packing.packed(reading))
    document = scans.Document(then.passages, (), then.pages, then.notes, then.look, sizes=then.sizes, parts=then.parts)
    again = scans.unpacked(scans.packed(document))
    return Reading(again.passages, again.pages, again.notes, again.look, again.sizes, again.parts)


def test_an_attachment_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    content, names = message()
    reading = kept(read(content, Kind.EML, "mail.eml", Blind()))
    anew = remake(content, Kind.EML, cuts_of(reading, names), Blind(), reading=replace(reading, parts=None))

    def never(*_: object) -> Reading:
        raise AssertionError("read again")

    monkeypatch.setattr(entrance, "_read", never)
    made = remake(content, Kind.EML, cuts_of(reading, names), Blind(), reading=reading)
    assert len(attached(made.content)) > 5
    assert attached(made.content) == attached(anew.content)
    assert [name for name in names.values() if name.encode() in made.content] == []


def test_what_was_kept_of_another_message_is_no_ground_for_a_copy() -> None:
    content, _ = message()
    reading = read(content, Kind.EML, "mail.eml", Blind())
    other, _ = message("Dear Zebrandora\n")
    with pytest.raises(Unreadable):
        remake(other, Kind.EML, {}, Blind(), reading=reading)
    assert reading.parts
    fewer = replace(reading, parts=reading.parts[:-1])
    with pytest.raises(Unreadable):
        remake(content, Kind.EML, {}, Blind(), reading=fewer)


def test_a_reading_from_before_parts_were_kept_is_read_anew() -> None:
    content, names = message()
    told = scans.packed(scans.Document(read(content, Kind.EML, "mail.eml", Blind()).passages))
    del told["parts"]
    older = scans.unpacked(told)
    assert older.parts is None
    then = Reading(older.passages, older.pages, parts=older.parts)
    made = remake(content, Kind.EML, cuts_of(then, names), Blind(), reading=then)
    assert len(attached(made.content)) > 5
