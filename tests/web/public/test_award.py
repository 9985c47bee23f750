"""Is this award real, and does it hold today?"""

import io
from datetime import date, timedelta

import pypdf
import pytest
from django.test import Client
from PIL import Image

from kithwork.awards.models import Award
from kithwork.web.templatetags.kit import longdate

pytestmark = pytest.mark.django_db


def shown(client: Client, ref: str) -> str:
    page = client.get(f"/awards/{ref}/")
    assert page.status_code == 200
    return page.content.decode()


def test_one_glance_tells_all(client: Client, awarded: str) -> None:
    award = Award.objects.get()
    text = shown(client, awarded)
    assert "This award is valid" in text
    told = (award.holder, award.of, award.level_title, award.scheme_name, award.body_name, award.number)
    for words in (*told, longdate(award.granted_on), longdate(award.valid_until)):
        assert words in text
    assert f"/awards/{awarded}/certificate.pdf" in text


@pytest.mark.parametrize(
    ("column", "heading", "tag"),
    [
        ("suspended_on", "This award is suspended", "Suspended"),
        ("revoked_on", "This award was withdrawn", "Withdrawn"),
        ("superseded_on", "This award was replaced by a higher level", "Replaced"),
    ],
)
def test_what_was_taken_away_says_so_and_since_when(
    client: Client, awarded: str, today: date, column: str, heading: str, tag: str
) -> None:
    Award.objects.update(**{column: today - timedelta(days=3)})
    text = shown(client, awarded)
    assert heading in text
    assert f"{tag}</strong>" in text
    assert longdate(today - timedelta(days=3)) in text
    assert "This award is valid" not in text


def test_the_last_day_is_valid_and_the_next_is_not(client: Client, awarded: str, today: date) -> None:
    Award.objects.update(valid_until=today)
    assert "This award is valid" in shown(client, awarded)
    Award.objects.update(valid_until=today - timedelta(days=1))
    assert f"This award ended on {longdate(today - timedelta(days=1))}" in shown(client, awarded)


def test_an_award_without_end(client: Client, awarded: str) -> None:
    Award.objects.update(valid_until=None)
    assert "Without end" in shown(client, awarded)


@pytest.mark.parametrize("ref", ["nope", "x" * 300, "222222222222"])
def test_an_unknown_reference_is_told_clearly(client: Client, awarded: str, ref: str) -> None:
    page = client.get(f"/awards/{ref}/")
    assert page.status_code == 404
    assert "There is no award here with this reference" in page.content.decode()


def test_the_certificate_says_what_the_page_says(client: Client, awarded: str) -> None:
    award = Award.objects.get()
    page = client.get(f"/awards/{awarded}/certificate.pdf")
    assert page["Content-Type"] == "application/pdf"
    text = pypdf.PdfReader(io.BytesIO(page.content)).pages[0].extract_text()
    for words in (award.holder, award.number, f"/awards/{awarded}/"):
        assert words in text.replace("\n", " ").replace("\u200b", "")


@pytest.mark.parametrize("paper", ["certificate.pdf", "badge.png"])
@pytest.mark.parametrize("column", ["revoked_on", "suspended_on"])
def test_an_award_that_is_taken_away_has_no_certificate(
    client: Client, awarded: str, today: date, column: str, paper: str
) -> None:
    assert paper in shown(client, awarded)
    Award.objects.update(**{column: today})
    assert client.get(f"/awards/{awarded}/{paper}").status_code == 404
    assert paper not in shown(client, awarded)


@pytest.mark.parametrize("paper", ["certificate.pdf", "badge.png"])
def test_no_certificate_of_an_unknown_award(client: Client, awarded: str, paper: str) -> None:
    assert client.get(f"/awards/nope/{paper}").status_code == 404


def test_the_badge_is_a_picture_that_stays_the_same(client: Client, awarded: str) -> None:
    page = client.get(f"/awards/{awarded}/badge.png")
    assert page["Content-Type"] == "image/png"
    assert Image.open(io.BytesIO(page.content)).size == (945, 945)
    assert client.get(f"/awards/{awarded}/badge.png").content == page.content
    assert client.post(f"/awards/{awarded}/badge.png").status_code == 405


@pytest.mark.parametrize("change", [str.lower, str.upper, lambda said: f" {said[:4]} {said[4:]} "])
def test_a_number_leads_to_its_award(client: Client, awarded: str, change) -> None:
    number = Award.objects.get().number
    for said in (number, awarded):
        assert client.get("/verify/", {"number": change(said)})["Location"] == f"/awards/{awarded}/"


@pytest.mark.parametrize("said", ["", "QIM-1999-0001", "<b>"])
def test_a_number_that_is_none_is_kept_and_explained(client: Client, awarded: str, said: str) -> None:
    page = client.get("/verify/", {"number": said})
    assert page.status_code == 422
    assert "There is a problem" in page.content.decode()
    assert "<b>" not in page.content.decode()


def test_it_is_one_query(client: Client, awarded: str, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        client.get(f"/awards/{awarded}/")


def test_it_is_only_read(client: Client, awarded: str) -> None:
    for path in (f"/awards/{awarded}/", f"/awards/{awarded}/certificate.pdf", "/verify/"):
        assert client.post(path).status_code == 405
