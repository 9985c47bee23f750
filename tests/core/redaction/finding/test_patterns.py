"""Identifiers by their shape: each kind as people write it, and what only looks like it."""

import re
import time

import pytest

from kithwork.core.redaction.finds import CERTAIN, Kind
from kithwork.core.redaction.patterns import patterns


def seen(text: str, label: str = "") -> set[tuple[str, str]]:
    return {(text[one.start : one.end], one.kind.value) for one in patterns(text, label) if one.confidence >= CERTAIN}


FOUND = {
    Kind.PHONE: [
        "01632 960123", "(01632) 960 123", "07700 900461", "07700900461", "+44 7700 900461", "+44 (0)20 7946 0018",
        "0044 1632 960123", "020 7946 0018", "0117-496-0123", "+48 601 234 567", "07700.900.461",
    ],
    Kind.EMAIL: [
        "cid@example.org", "cid.o'neil@mail.example.co.uk", "cid+home@example.com", "cid at example dot org",
        "cid(at)example(dot)com", "ĉid_ŵ@example.wales", "cid@example,org", "cid @ example . org",
        "cid@example.co. uk", "cid,leigh@example.org", "cid.leighGexample.org", "cid.leigh@example",
        "cid-at-example.org", "cid dot leigh at example dot org", "cidATexample.org", "cid＠example.org",
        "cid.le igh@example.org", "ci d.leigh@example.org", "cid.leigh@examp le.org", "cid.leigh@example.o rg",
        "cid.leigh@example.c o.uk", "cid.leigh@example.co uk", "cid . leigh @ example . org", "cid;leigh@example.org",
        "cid.leigh(Q)example.org", "cid.leigh[@]example.org", "cid.leigh€example.org",
    ],
    Kind.POSTCODE: ["SW1A 1AA", "M1 1AE", "EC1A1BB", "cf10 3at", "ZZ99 9ZZ", "GIR 0AA", "ZZ1 lAB"],
    Kind.NI: ["QQ 12 34 56 C", "QQ123456C", "AB-12-34-56-D", "ab123456a", "QQ l2 34 S6 C"],
    Kind.NHS: ["943 476 5919", "999 123 4560", "943-476-5919", "9434765919"],
    Kind.BANK: [
        "12-34-56 12345678", "GB82 WEST 1234 5698 7654 32", "4111 1111 1111 1111", "GB82WEST12345698765432",
        "378282246310005",
    ],
    Kind.WEB: ["@leila_h", "facebook.com/leila.h", "https://www.linkedin.com/in/leila-h", "https://example.org/~leila"],
    Kind.PLATE: ["AB12 CDE", "BD51SMR"],
    Kind.ADDRESS: [
        "12 Larch Close", "Flat 3, 14 Mill Lane", "14a Sparrow Road, Wexcombe", "2 Heol y Bryn, Llanfaes",
        "Top Flat, 9 St John's Road", "7 The Shambles, Wexcombe ZZ1 1AB", "Rose Cottage, Mill Lane, Wexcombe",
        "Block C, Flat 31, 9 Tower Street", "Flat 12 on Larch Road", "Larch Close, number 14", "5 Maes y Dre, Llanfaes",
        "the flat above 12 Larch Street", "PO Box 112", "22b larch st",
        "12 Larch C1ose", "12 Larch Strcet", "12 Larch Clo5e, Wexcombe", "44 mill rd flat 2", "2 Tan-y-Bryn, Llanfaes",
        "4 Priory Mead", "12 Canal Street, Leeds LS1 4AB",
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "value"), [(kind, value) for kind, values in FOUND.items() for value in values], ids=str
)
def test_a_shape_is_found_whole(kind: Kind, value: str) -> None:
    text = f"Please note: {value}"
    found = [one for one in patterns(text) if one.kind is kind and one.confidence >= CERTAIN]
    whole = re.sub(r" \w{2,3} \d\w\w$", "", text) if kind is Kind.ADDRESS else text  # a postcode is a find of its own
    covered = {at for one in found for at in range(one.start, one.end)}
    assert {at for at in range(len("Please note: "), len(whole)) if whole[at].isalnum()} <= covered


@pytest.mark.parametrize(
    "text",
    [
        "DOB: 04/05/2009", "d.o.b. 4.5.09", "born on 4 May 2009", "born in Leeds on 4th May 2009", "Birthday: 4 May",
        "date of birth (dd/mm/yyyy) 04-05-2009", "turned 15 on 4 May", "2009-05-04 (DOB)",
        "her birthday is the 4th of May",
        "D0B 04/O5/2009", "DOB? 4/5/09", "turned 16 last Tuesday 4 May", "he'll be 21 on the 22nd of November",
        "She came into the world on 5 August 1975", "Ganwyd: 14 Chwefror 2010", "sweet sixteen on 30 August",
        "On 12 July 2011 she was born in Hull.", "3 May: she turns 18", "DO8: 12/7/11", "DOB 12 Marcb 2011",
        "her bday is the 9th", "(16 on 12 July)", "birthday on Christmas Day",
        "born 1948", "(b. 1981)", "YOB: 2009", "Subject: Referral: Cid Leigh (04/05/2009)", "Cid (4.5.09) attended",
        "RE: Cid Leigh – 04-May-2009", "Cid Leigh, male, 04/05/2009", "Child: Cid Leigh 04/05/2009 M",
        "DateofBirth: 04/05/2009", "DOR: 04/05/2009", "D.o.B. – 4th May, 2009", "his eighteenth is on 4 May",
        "Subject: cid leigh 04/05/2009", "RE: NHS 943 / 4 May 2009 / Leigh", "DOB?? 4 May", "4 May - Cid's 16th",
        "8orn 4 May 2009", "Date 0f Bi rth: 4 May 2009", "DOB: 04|05|2009", "Cid turns 16, 4 May",
    ],
)  # fmt: skip
def test_a_date_of_birth_is_a_date_that_something_says_is_one(text: str) -> None:
    assert [kind for _, kind in seen(text)] == ["birth"]


@pytest.mark.parametrize(
    "text",
    [
        "we r at 3 station approach", "its no 8 chapel row", "Address: 14 Southgate", "im at 3 Kingsway, Wexcombe",
        "can u come 2 22 mill lane x", "its flat 9 tower house", "Subject: Visit to 14 Larch Close, Wexcombe",
    ],
)  # fmt: skip
def test_an_address_in_a_message_is_one_address(text: str) -> None:
    assert len({one for one in seen(text) if one[1] == "address"}) == 1


@pytest.mark.parametrize(
    "text", ["Ebury Terrace, Shrewsbury SY3 7AB", "15 Ffordd Pentre, Mold ZZ7 1UG", "12 High Street\nWexcombe\nZZ6 5BB"]
)
def test_no_address_ends_inside_a_postcode(text: str) -> None:
    code = text[-7:]
    assert (code, "postcode") in seen(text)
    ends = [one.end for one in patterns(text) if one.kind is Kind.ADDRESS]
    assert ends
    assert all(end <= len(text) - 7 for end in ends)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("DBS certificate 001234567890", "dbs"), ("Disclosure number: 0012 3456 7890", "dbs"),
        ("NHS no: 943 476 5918", "nhs"), ("sort code 123456", "bank"), ("account number 12345678", "bank"),
        ("her car reg is A123 BCD", "plate"), ("tel 960123", "phone"), ("Insta: leila_07", "web"),
    ],
)  # fmt: skip
def test_the_word_before_a_number_says_what_it_is(text: str, kind: str) -> None:
    assert kind in {one for _, one in seen(text)}


def test_a_columns_heading_says_what_a_cell_is() -> None:
    assert seen("04/05/2009") == set()
    assert seen("04/05/2009", "Date of birth") == {("04/05/2009", "birth")}
    table = "Name\tDOB\tSeen\nA\t04/05/2009\t01/02/2026\nB\t06/07/2010\t03/02/2026"
    assert {text for text, kind in seen(table) if kind == "birth"} == {"04/05/2009", "06/07/2010"}


@pytest.mark.parametrize(
    "text",
    [
        "Met on 4 May 2026 at 10.30am.", "Next review: 03/02/2027", "It cost £1,204.50, page 12 of 40.",
        "Charity number 1123456. Policy v3.2.", "Score 42 out of 70; attendance 94%.", "Case LM-2026-0417",
        "Room 12, second floor", "3 days on the road", "Year 10, Group B, Week 6 of 12", "Aged 15, she is in Year 10.",
        "2024-2026", "10:30-11:30", "Section 47 enquiry", "16 to 24 year olds", "6 sessions in the park",
        "Article 6 § 1 of Act 2709",
        "Chapter 4 The Green Road Ahead", "the 62 bus on Leith Walk", "Cid (seen 04/05/2026)", "Policy (04/05/2009)",
        "Subject: Meeting 04/05/2026", "He turned 20 pages on Tuesday", "Fwd: minutes of 4 May 2026",
        "Policy born of need. Reviewed 4 May 2026", "Re: visit on 4 May", "won 3 to 1 at Field House", "5 a side @ 12",
        "We met 12 on 3 May", "ask the 3rd of them", "1,000,000 people", "call 999 or 111", "ISBN 978-0-00",
    ],
)  # fmt: skip
def test_ordinary_numbers_are_left(text: str) -> None:
    assert seen(text) == set()


def test_a_check_digit_raises_how_sure_it_is_and_no_more() -> None:
    good, bad = (max(one.confidence for one in patterns(text)) for text in ("943 476 5919", "943 476 5918"))
    assert good > bad >= CERTAIN
    good, bad = (
        max(one.confidence for one in patterns(text)) for text in ("4111 1111 1111 1111", "4111 1111 1111 1112")
    )
    assert good > bad >= CERTAIN


@pytest.mark.parametrize(
    "piece", ["a", "1", "1/", "QQ", "a.", "O.", "12 a ", "\n1 A", "A,", "x@", "born 1 ", "\n", "1 "]
)
def test_a_long_run_of_anything_takes_no_longer_than_its_length(piece: str) -> None:
    """Measured against a text a quarter as long, so that the machine does not matter: squared is sixteen times."""

    def took(count: int) -> float:
        text = piece * (count // len(piece))
        begin = time.process_time()
        patterns(text)
        return time.process_time() - begin

    assert took(16_000) < 10 * max(took(4_000), 0.02)
