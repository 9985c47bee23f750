"""Certificate and invoice: the words are in the file as they were given, for eyes, screen readers and archives."""

import io
import re
import time
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kithwork.core.credentials as credentials
from kithwork.core.credentials import CertificateFacts, InvoiceFacts, InvoiceLine, Party, certificate, invoice
from kithwork.core.credentials.typesetting import settle
from tests.examples import at_most

FACTS = CertificateFacts(
    body="Befriending Networks",
    scheme="Quality in Mentoring",
    level="Excellence",
    holder="Mearns & Coastal Befriending",
    number="QiM-2027-0042",
    valid_from=date(2027, 3, 3),
    valid_until=date(2030, 3, 2),
    verify_url="https://kithwork.example.org/verify/3q7f-9k2m",
    issued_on=date(2027, 3, 5),
    number_name="Licence number",
)
BILL = InvoiceFacts(
    seller=Party("Befriending Networks", ("63 Shandwick Place", "Edinburgh")),
    buyer=Party("Mearns & Coastal Befriending", ("12 Market Square",)),
    number="BN-2027-0118",
    issued_on=date(2027, 3, 3),
    lines=(InvoiceLine("Registration", 150), InvoiceLine("Assessment", 1_050), InvoiceLine("Reduction", -50)),
    how_to_pay="Pay by bank transfer.\n\nWithin 30 days.",
)


def read(data: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(data))


def words(data: bytes) -> str:
    """All the text, without spaces and without the marks of permitted breaks: where lines break does not matter."""
    text = "".join(page.extract_text() for page in read(data).pages)
    return re.sub(r"[\s\u200b\u00ad]", "", unicodedata.normalize("NFKC", text))


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def test_the_face_is_true() -> None:
    for name in credentials.__all__:
        assert hasattr(credentials, name)


def test_a_certificate_says_what_it_was_told() -> None:
    text = words(certificate(FACTS))
    for said in (
        "Befriending Networks", "This is to certify that", "Mearns & Coastal Befriending", "Quality in Mentoring",
        "Excellence", "from 3 March 2027 until 2 March 2030", "Licence number", "QiM-2027-0042", "5 March 2027",
        "kithwork.example.org/verify/3q7f-9k2m",
    ):  # fmt: skip
        assert squeezed(said) in text


def test_without_level_or_end_it_says_neither() -> None:
    text = words(certificate(replace(FACTS, level="", valid_until=None)))
    assert "from3March2027" in text
    assert "until" not in text
    assert "Excellence" not in text


def test_a_certificate_says_what_it_is_worth_beside_the_title() -> None:
    carries = "10 credits at level 4"
    assert squeezed(carries) not in words(certificate(FACTS))
    assert squeezed(f"Excellence{carries}") in words(certificate(replace(FACTS, worth=carries)))


def test_an_invoice_says_what_it_was_told() -> None:
    text = words(invoice(BILL))
    for said in (
        "Befriending Networks", "63 Shandwick Place", "Mearns & Coastal Befriending", "BN-2027-0118", "3 March 2027",
        "£150", "£1,050", "\u2212£50", "£1,150", "Pay by bank transfer.", "Within 30 days.", "not refundable",
    ):  # fmt: skip
        assert squeezed(said) in text
    assert "Paidon" not in text
    assert "Paidon20March2027" in words(invoice(replace(BILL, paid_on=date(2027, 3, 20))))


@pytest.mark.parametrize("data", [certificate(FACTS), invoice(BILL)], ids=["certificate", "invoice"])
def test_both_are_accessible_and_lasting(data: bytes) -> None:
    reader = read(data)
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"] is True or root["/MarkInfo"]["/Marked"].value is True
    assert "/StructTreeRoot" in root
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    metadata = root["/Metadata"].get_object().get_data().decode()
    assert re.search(r"<pdfuaid:part>1<", metadata)
    assert re.search(r"<pdfaid:part>2<", metadata)
    assert re.search(r"<pdfaid:conformance>A<", metadata)
    assert reader.metadata is not None
    assert reader.metadata.title
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            descendant = font.get_object()["/DescendantFonts"][0].get_object()
            descriptor = descendant["/FontDescriptor"].get_object()
            assert {"/FontFile2", "/FontFile3"} & set(descriptor)


def _tags(data: bytes) -> list[tuple[str, str]]:
    """Every (structure type, alternative text) in reading order."""
    found: list[tuple[str, str]] = []

    def walk(node: object) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for child in node:
                walk(child)
        elif isinstance(node, dict):
            if "/S" in node:
                found.append((str(node["/S"]), str(node.get("/Alt", ""))))
            walk(node.get("/K", []))

    walk(read(data).trailer["/Root"]["/StructTreeRoot"]["/K"])
    return found


def test_the_tags_tell_headings_pictures_and_tables() -> None:
    tags = _tags(certificate(FACTS))
    assert [kind for kind, _ in tags].count("/H1") == 1
    figures = [alt for kind, alt in tags if kind == "/Figure"]
    assert len(figures) == 1
    assert FACTS.verify_url in figures[0]
    assert "/Link" in [kind for kind, _ in tags]
    kinds = [kind for kind, _ in _tags(invoice(BILL))]
    assert kinds.count("/H1") == 1
    assert kinds.count("/H2") == 2
    assert kinds.count("/TH") == 2
    assert kinds.count("/TR") == 5


def test_pages_are_a4_and_a_certificate_is_one() -> None:
    long = replace(FACTS, holder="Wide Name " * 30, scheme="M" * 300, body="W" * 300, level="W" * 200, number="9" * 120,
                   verify_url="https://example.org/" + "w" * 270)  # fmt: skip
    for facts in (FACTS, long, replace(long, worth="W" * 120)):
        pages = read(certificate(facts)).pages
        assert len(pages) == 1
        assert [round(float(side)) for side in pages[0].mediabox[2:]] == [842, 595]
    assert [round(float(side)) for side in read(invoice(BILL)).pages[0].mediabox[2:]] == [595, 842]
    many = replace(BILL, lines=tuple(InvoiceLine("A long description " * 9, n) for n in range(60)))
    assert len(read(invoice(many)).pages) > 2
    assert squeezed("£1,770") in words(invoice(many))


def test_the_same_facts_make_the_same_bytes_in_any_order_and_thread() -> None:
    others = [replace(FACTS, holder=f"Holder {n}") for n in range(6)]
    alone = [certificate(facts) for facts in others]
    bill = invoice(BILL)
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(certificate, others * 3))
        assert invoice(BILL) == bill
    assert together == alone * 3
    assert len(set(alone)) == 6
    assert certificate(replace(FACTS, issued_on=date(2027, 3, 6))) != certificate(FACTS)


HOSTILE = [
    '"quotes" and \'more\'',
    "back\\slash \\n \\u{1F600} \\",
    "#let x = 1; #panic() #eval(\"1\")",
    "$x^2$ _emphasis_ *strong* `raw` <label> @ref = heading",
    "]] #[ { } // comment /* */ ~ -- --- ...",
    "sys.inputs.facts & <script>alert(1)</script> %PDF &amp; \u201ccurly\u201d",
    "Łódź Ñandú Ærøskøbing Żółć Αθήνα Київ",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_set_as_they_are(text: str) -> None:
    assert squeezed(text) in words(certificate(replace(FACTS, holder=text, scheme=text, level=text, body=text)))
    bill = replace(BILL, buyer=Party(text, (text,)), lines=(InvoiceLine(text, 1),), how_to_pay=text, note=text)
    assert words(invoice(bill)).count(squeezed(text)) == 5


def test_other_scripts_and_pictures_are_set_or_stood_in_for() -> None:
    made = certificate(replace(FACTS, holder="שלום 😀 مرحبا"))
    assert "😀" in words(made)
    assert set(squeezed("שלום")) <= set(words(made))
    assert settle("a\u202eb \u4e2d\ue000\x00\ud800", 99, what="it") == "ab \ufffd\ufffd\ufffd"
    assert certificate(replace(FACTS, holder="中 🧑\u200d🤝\u200d🧑 \U0001fae8"))


SOME = st.text(min_size=1, max_size=60).filter(lambda text: bool(text.strip()))


@given(holder=SOME, scheme=SOME, number=SOME)
def test_any_words_make_a_certificate_or_are_refused_by_name(holder: str, scheme: str, number: str) -> None:
    try:
        expected = [squeezed(settle(text, 300, what="it")) for text in (holder, scheme, number)]
    except ValueError:  # nothing printable was in one of them
        with pytest.raises(ValueError, match="is empty"):
            certificate(replace(FACTS, holder=holder, scheme=scheme, number=number))
        return
    made = certificate(replace(FACTS, holder=holder, scheme=scheme, number=number))
    text = words(made)
    for said in expected:
        if all(unicodedata.bidirectional(letter) in {"L", "EN", "ES", "CS", "ON", "ET"} for letter in said):
            for letter in said:
                if unicodedata.category(letter) != "Mn":
                    assert letter in text
    assert len(read(made).pages) == 1


@at_most(60)
@given(text=st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=60))
def test_any_plain_letters_come_back_in_order(text: str) -> None:
    assert text in words(certificate(replace(FACTS, holder=text)))
    assert text in words(invoice(replace(BILL, note=text)))


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"holder": " \u200b "}, "empty"),
        ({"holder": "x" * 301}, "300"),
        ({"level": "x" * 201}, "200"),
        ({"number": ""}, "number is empty"),
        ({"valid_until": date(2027, 3, 2)}, "ends before"),
        ({"verify_url": "javascript:alert(1)"}, "https"),
        ({"verify_url": "https://exämple.org"}, "https"),
    ],
)
def test_impossible_certificates_are_refused(change: dict[str, object], word: str) -> None:
    with pytest.raises(ValueError, match=word):
        certificate(replace(FACTS, **change))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("change", "word"),
    [({"lines": ()}, "at least one"), ({"paid_on": date(2027, 3, 2)}, "paid before"), ({"number": ""}, "empty")],
)
def test_impossible_invoices_are_refused(change: dict[str, object], word: str) -> None:
    with pytest.raises(ValueError, match=word):
        invoice(replace(BILL, **change))  # type: ignore[arg-type]


def bench(count: int = 100) -> str:
    """Time per certificate, printed by `python -m tests.core.credentials.test_typeset`."""
    began, first = time.process_time(), certificate(FACTS)
    warm = time.process_time()
    for n in range(count):
        certificate(replace(FACTS, holder=f"Holder {n}", valid_from=FACTS.valid_from - timedelta(days=n)))
    each = (time.process_time() - warm) / count
    mark = time.process_time()
    for n in range(count):
        invoice(replace(BILL, number=f"BN-{n}"))
    bill = (time.process_time() - mark) / count
    return (
        f"first certificate {(warm - began) * 1e3:.0f} ms, each of {count} more {each * 1e3:.1f} ms ({len(first)} B); "
        f"invoice {bill * 1e3:.1f} ms each ({len(invoice(BILL))} bytes), processor time"
    )


if __name__ == "__main__":
    print(bench())
