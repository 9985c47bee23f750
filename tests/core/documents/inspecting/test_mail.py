"""E-mail is kept when it is a message, and when every file attached to it could be kept by itself."""

import re
from email.message import EmailMessage

import pytest

from kithwork.core.documents import Kind, inspect
from tests.core.documents.samples import GOOD, pdf


def message(content: bytes, name: str, kind: str = "octet-stream") -> bytes:
    made = EmailMessage()
    made["From"], made["Subject"] = "ada@lanternside.example", "A match"
    made.set_content("They met on Monday.")
    made.add_attachment(content, maintype="application", subtype=kind, filename=name)
    return made.as_bytes()


def test_a_message_with_a_document_is_kept() -> None:
    found = inspect(message(pdf(1), "policy.pdf", "pdf"), "letter.eml")
    assert (found.ok, found.kind, found.media_type) == (True, Kind.EML, "message/rfc822")


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (b"MZ\x90\x00", "setup.exe", "This is a program"),
        (b"#!/bin/sh\n", "run.txt", "This is a script"),
        (b"PK\x05\x06" + bytes(18), "all.zip", "damaged|archive"),
        (GOOD["stall.png"], "list.csv", "the file is a PNG picture"),
    ],
)
def test_what_is_not_kept_by_itself_is_not_kept_within(content: bytes, name: str, reason: str) -> None:
    found = inspect(message(content, name), "letter.eml")
    assert not found.ok
    assert re.match(f"A file attached to this e-mail cannot be kept. .*(?:{reason})", found.reason or "")


@pytest.mark.parametrize(
    "content",
    [b"no headers at all", b"\x00\x01\x02", b"Content-Type: application/pkcs7-mime\r\nFrom: a@example.org\r\n\r\nMIIB"],
)
def test_what_is_no_message_or_sealed_is_refused(content: bytes) -> None:
    assert not inspect(content, "letter.eml").ok
