"""PDF/UA-1 and PDF/A-2a, as a public validator that nobody here wrote finds; and it finds what is taken out."""

import io
from collections.abc import Callable

import page
import pikepdf
import pytest

from kithwork.core.credentials import certificate, decision_report, invoice, report
from tests.core.credentials import test_decision, test_report, test_typeset

PAPERS = {
    "certificate": certificate(test_typeset.FACTS),
    "decision": decision_report(test_decision.FACTS),
    "report": report(test_report.FACTS),
    "invoice": invoice(test_typeset.BILL),
}
PROFILES = (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_2A)


def faults(paper: bytes, profile: page.ValidationProfile = PROFILES[0]) -> list[str]:
    found = page.validate_pdf_bytes(paper, profile=profile)
    assert found.rules.total > 100, "it looks at more than the header"
    return [f"{one.rule_id}: {one.message}" for one in found.failures]


@pytest.mark.parametrize("name", PAPERS)
def test_each_conforms_to_both_standards(name: str) -> None:
    for profile in PROFILES:
        assert faults(PAPERS[name], profile) == [], profile


def _language(paper: pikepdf.Pdf) -> None:
    del paper.Root.Lang


def _tags(paper: pikepdf.Pdf) -> None:
    del paper.Root.StructTreeRoot


def _title(paper: pikepdf.Pdf) -> None:
    del paper.Root.Metadata


def _parts(paper: pikepdf.Pdf, *names: str) -> None:
    for one in paper.objects:
        for name in names:
            if isinstance(one, pikepdf.Dictionary) and name in one:
                del one[name]


def _faces(paper: pikepdf.Pdf) -> None:
    _parts(paper, "/FontFile", "/FontFile2", "/FontFile3")


def _alternative(paper: pikepdf.Pdf) -> None:
    _parts(paper, "/Alt")


@pytest.mark.parametrize("take_out", [_language, _tags, _title, _faces, _alternative])
def test_what_is_taken_out_is_missed(take_out: Callable[[pikepdf.Pdf], None]) -> None:
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(PAPERS["certificate"])) as paper:
        take_out(paper)
        paper.save(made)
    assert faults(made.getvalue())
