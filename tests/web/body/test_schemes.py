"""Published editions, and folders that wait to be published."""

import shutil
from pathlib import Path

import pytest

from kithwork.accounts.models import User
from kithwork.journeys.models import PublishedEdition
from kithwork.organisations.models import Organisation

pytestmark = pytest.mark.django_db
QIM = Path(__file__).parents[3] / "schemes" / "qim" / "2022"


@pytest.fixture
def folders(tmp_path, settings):
    settings.SCHEMES = tmp_path / "schemes"
    shutil.copytree(QIM, settings.SCHEMES / "qim" / "2022")
    return settings.SCHEMES


def test_shows_what_is_published_and_who_is_on_it(olu, at, journey_at, qim, folders):
    journey_at("begun")
    page = olu.get(at("body_schemes")).content.decode()
    assert "1 edition is published" in page
    assert "61 indicators for QiM Award, 23 for QiM Excellence; 13 stages" in page
    assert "1 application" in page
    assert qim.digest in page
    assert "Ready to be published" not in page


def test_publishes_a_folder_under_this_body(olu, at, people, folders):
    page = olu.get(at("body_schemes")).content.decode()
    assert "No scheme is published yet" in page
    assert "Ready to be published" in page
    url = at("publish_edition", "qim", "2022")
    page = olu.get(url).content.decode()
    assert "The file names another body" in page
    assert "£300" in page
    assert olu.post(url).status_code == 303
    assert PublishedEdition.objects.get().body == people.body
    assert olu.post(url).status_code == 303  # the same text again changes nothing
    assert PublishedEdition.objects.count() == 1


def test_another_text_under_a_published_name_is_refused(olu, at, qim, folders):
    file = folders / "qim" / "2022" / "scheme.toml"
    file.write_text(file.read_text().replace('title = "Visit"', 'title = "The visit"'))
    assert "Changed since it was published" in olu.get(at("body_schemes")).content.decode()
    answer = olu.post(at("publish_edition", "qim", "2022"))
    assert answer.status_code == 409
    assert "new edition name" in answer.content.decode()


def test_faults_are_told_with_file_and_line_but_not_where_they_lie(olu, at, folders):
    file = folders / "qim" / "2022" / "scheme.toml"
    file.write_text(file.read_text().replace('kind = "award"\n', 'kind = "awrd"\n', 1))
    page = olu.get(at("body_schemes")).content.decode()
    assert "qim/2022/scheme.toml:" in page
    assert str(folders) not in page
    assert olu.post(at("publish_edition", "qim", "2022")).status_code == 409
    assert not PublishedEdition.objects.exists()


def test_only_what_is_there_can_be_published(olu, at, folders):
    assert olu.post(at("publish_edition", "qim", "1999")).status_code == 404


@pytest.mark.parametrize("method", ["get", "post"])
def test_publishing_is_for_officers_alone(method, turned_away, at, folders):
    turned_away(at("publish_edition", "qim", "2022"), method)
    assert not PublishedEdition.objects.exists()


def test_the_list_is_for_officers_alone(turned_away, at):
    turned_away(at("body_schemes"))


def test_wrong_methods(olu, at, folders):
    assert olu.post(at("body_schemes")).status_code == 405
    assert olu.put(at("publish_edition", "qim", "2022")).status_code == 405


def test_an_edition_is_closed_to_new_applications_after_saying_what_follows(olu, at, people, journey_at, qim, folders):
    journey_at("begun")
    url = at("close_edition", "qim", "2022")
    assert f'href="{url}"' in olu.get(at("body_schemes")).content.decode()
    asked = olu.get(url).content.decode()
    assert "moj-interruption-card" in asked
    assert "Applications in progress go on" in asked
    assert PublishedEdition.objects.get().closed_at is None
    assert olu.post(url).status_code == 303
    page = olu.get(at("body_schemes")).content.decode()
    assert "Closed on" in page
    assert f'href="{url}"' not in page
    again = olu.post(url)
    assert again.status_code == 409
    assert "closed already" in again.content.decode()
    assert "Closed an edition to new applications" in olu.get(at("body_ledger")).content.decode()
    assert olu.get(at("close_edition", "qim", "1999")).status_code == 404


def test_only_officers_of_the_body_close_its_editions(at, people, qim, turned_away, as_user):
    url = at("close_edition", "qim", "2022")
    turned_away(url)
    turned_away(url, "post")
    gil = User.objects.get(email="gil@otherbody.example")
    other = Organisation.objects.get(name="Other Body")
    assert as_user(gil).post(f"/body/{other.slug}/schemes/qim/2022/close/").status_code == 404
    assert PublishedEdition.objects.get().closed_at is None
