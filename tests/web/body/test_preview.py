"""An edition looked at before it is published: every page there will be, and nothing written down."""

import io
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from kithwork.core.schemes import Edition, FormStage, find, load
from kithwork.core.schemes.blank import blank
from kithwork.core.schemes.writing import write_folder
from kithwork.journeys.models import Journey, PublishedEdition
from kithwork.procedures.sample import Cast
from kithwork.web.service.forms import pages_of
from tests.core.schemes.sample import TEXTS

pytestmark = pytest.mark.django_db
SCHEMES = Path(__file__).parents[3] / "schemes"
EDITIONS = [pytest.param(folder, id=f"{folder.parent.name}-{folder.name}") for folder in find(SCHEMES)]
At = Callable[..., str]


@pytest.fixture
def folders(tmp_path: Path, settings: Any) -> Path:
    """A folder of schemes of the test's own: one with every kind of stage, and a starter edition for persons."""
    settings.SCHEMES = tmp_path / "schemes"
    write_folder(settings.SCHEMES / "kestrel" / "2024", TEXTS)
    starter = blank("kind-gardens", "2027", name="Kind Gardens", body="A council", applicant="person")
    write_folder(settings.SCHEMES / "kind-gardens" / "2027", starter)
    return Path(settings.SCHEMES)


def main(answer: Any) -> str:
    """What stands between the top bar and the foot."""
    return str(answer.content.decode().split("<main", 1)[1].split("</main>")[0])


def links(answer: Any) -> list[str]:
    """Where the links of a page lead, without the part after '#'."""
    return [address.split("#")[0] for address in re.findall(r'href="(/[^"]+)"', main(answer))]


def crawled(client: Client, start: str) -> Iterator[tuple[str, Any]]:
    """Every page below an address that can be reached from it by following links, whichever step they are at."""
    seen, ahead = {start}, [start]
    while ahead:
        address = ahead.pop()
        answer = client.get(address)
        yield address, answer
        if answer["Content-Type"].startswith("text/html"):
            new = {one for one in links(answer) if one.startswith(start)} - seen
            seen |= new
            ahead += sorted(new)


OUTSIDE = ("/schemes/", "/register/", "/body/")  # real pages that a page of the preview may lead to


def harmless(address: str, answer: Any, slug: str) -> None:
    """The page is there, does nothing and leads nowhere that is not yet published."""
    assert answer.status_code == 200, address
    if answer["Content-Type"] == "application/pdf":
        return
    text = main(answer)
    assert "<button type" not in text, f"{address}: a button that would do something"
    assert "data-draft" not in text, f"{address}: what is typed would be kept"
    for link in links(answer):
        assert link.startswith(OUTSIDE), f"{address} leads to {link}"
        assert not link.startswith(f"/schemes/{slug}/"), f"{address} leads to what is not published"


@pytest.mark.parametrize("key", ["kestrel/2024", "kind-gardens/2027"])
def test_every_page_of_the_list_answers_and_does_nothing(olu: Client, at: At, folders: Path, key: str) -> None:
    slug, name = key.split("/")
    page = olu.get(at("preview", slug, name))
    harmless("the list", page, slug)
    named = [one for one in links(page) if "/schemes/preview/" in one]
    for address in named:
        harmless(address, olu.get(address), slug)
    assert len(named) >= 20


@pytest.mark.parametrize(
    ("way", "step"), [("first-silver", 1), ("first-silver", 9), ("first-silver", 27), ("renewal-bronze", 9)]
)
def test_every_page_of_the_applicant_answers_and_does_nothing(
    olu: Client, at: At, folders: Path, way: str, step: int
) -> None:
    pages = 0
    for address, answer in crawled(olu, at("preview_road", "kestrel", "2024", way, step)):
        pages += 1
        harmless(address, answer, "kestrel")
    assert pages > 15


def test_every_page_of_the_public_answers_and_does_nothing(olu: Client, at: At, folders: Path) -> None:
    start = at("preview", "kestrel", "2024") + "public/"
    found = set()
    for page in ("schemes/kestrel/", "check/kestrel/"):
        for address in [start + page, *links(olu.get(start + page))]:
            if address.startswith(start):
                harmless(address, olu.get(address), "kestrel")
                found.add(address.removeprefix(start))
    assert found >= {"schemes/kestrel/", "check/kestrel/", "schemes/kestrel/requirements/people/"}


@pytest.mark.parametrize("folder", EDITIONS)
def test_every_page_of_each_edition_of_ours_that_the_list_names(olu: Client, at: At, folder: Path) -> None:
    edition = load(folder)
    page = olu.get(at("preview", folder.parent.name, folder.name))
    assert page.status_code == 200
    named = [one for one in links(page) if "/schemes/preview/" in one]
    for address in named:
        assert olu.get(address).status_code == 200, address
    text = main(page)
    for title in (
        *(stage.title for stage in edition.stages),
        *(area.title for area in edition.areas),
        *(fee.title for fee in edition.fees),
        *(level.title for level in edition.levels),
    ):
        assert str(conditional(title)) in text


def conditional(text: str) -> str:
    return text.replace("&", "&amp;").replace("'", "&#x27;").replace('"', "&quot;")


@pytest.mark.parametrize("folder", EDITIONS)
def test_every_field_of_every_form_is_shown(olu: Client, at: At, folder: Path) -> None:
    edition = load(folder)
    for stage in edition.stages:
        if not isinstance(stage, FormStage):
            continue
        shown = "".join(
            main(olu.get(at("preview_form", folder.parent.name, folder.name, stage.id, number)))
            for number in range(1, len(pages_of(stage)) + 1)
        )
        for field in stage.fields:
            assert conditional(field.label) in shown, f"{stage.id}: {field.id}"


def test_the_requirements_and_the_road_are_the_editions_own(olu: Client, at: At, folders: Path) -> None:
    kestrel = ("kestrel", "2024")
    area = main(olu.get(at("preview_public", *kestrel, "schemes/kestrel/requirements/people/")))
    assert "It covers volunteers." in area
    begun = main(olu.get(at("preview_road", *kestrel, "first-bronze", 1)))
    assert "Specimen Mentoring" in begun
    edition: Edition = load(folders / "kestrel" / "2024")
    for stage in edition.stages:
        assert conditional(stage.title) in begun, stage.title
    assert "step 1 of" in begun
    again = main(olu.get(at("preview_road", *kestrel, "renewal-silver", 1)))
    assert "Silver, a renewal: step 1 of" in again


def test_a_made_up_road_ends_with_the_award(olu: Client, at: At, folders: Path) -> None:
    one = at("preview_road", "kind-gardens", "2027", "first-standard", 1)
    steps = int(re.search(r"step 1 of (\d+)", main(olu.get(one)))[1])  # type: ignore[index]  # it is there
    last = main(olu.get(at("preview_road", "kind-gardens", "2027", "first-standard", steps)))
    assert "Sam Specimen holds the Standard until" in last
    assert "Renewal: the holder is invited" in last
    invited = at("preview_road_page", "kind-gardens", "2027", "first-standard", steps, "stages/renewal/")
    assert invited in links(olu.get(at("preview", "kind-gardens", "2027")))
    assert "You can renew now" in main(olu.get(invited))
    assert olu.get(at("preview_road", "kind-gardens", "2027", "first-standard", steps + 1)).status_code == 404


def test_worked_journeys_can_be_walked(olu: Client, at: At, folders: Path) -> None:
    page = main(olu.get(at("preview", "kind-gardens", "2027")))
    assert "Straight through" in page
    paid = main(olu.get(at("preview_road", "kind-gardens", "2027", "worked-straight-through", 7)))
    assert "step 7 of 13, 28 January 2026. Registration fee: paid." in paid
    assert "Send evidence for 3 requirements" in paid
    (folders / "kind-gardens" / "2027" / "journeys" / "broken.toml").write_text("title = ")
    assert olu.get(at("preview", "kind-gardens", "2027")).status_code == 200


def test_papers_are_marked_as_specimens(olu: Client, at: At, folders: Path) -> None:
    for name, part in (("certificate", "bronze"), ("invoice", "registration"), ("letter", "briefing")):
        answer = olu.get(at(f"preview_{name}", "kestrel", "2024", part))
        assert answer["Content-Type"] == "application/pdf"
        text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
        assert "SPECIMEN" in text, name
        assert olu.get(at(f"preview_{name}", "kestrel", "2024", "nothing")).status_code == 404


def test_what_is_sent_is_shown(olu: Client, at: At, folders: Path) -> None:
    text = main(olu.get(at("preview_texts", "kestrel", "2024")))
    assert "Kestrel Mark: an invoice" in text
    assert "{" not in text, "nothing is left to be filled in"


def superseded(folders: Path) -> Path:
    """A second edition of the starter: one requirement changed, one new, one gone."""
    old, made = folders / "kind-gardens" / "2027", folders / "kind-gardens" / "2028"
    shutil.copytree(old, made)
    scheme, requirements = made / "scheme.toml", made / "requirements.toml"
    scheme.write_text(scheme.read_text().replace('edition = "2027"', 'edition = "2028"\nsupersedes = "2027"'))
    text = requirements.read_text().replace('id = "2"\nnumber = "2"', 'id = "9"\nnumber = "9"')
    requirements.write_text(text.replace("How the work is done has been agreed", "The work is agreed"))
    return made


def test_the_mapping_from_the_edition_before(olu: Client, at: At, folders: Path) -> None:
    superseded(folders)
    assert at("preview_mapping", "kind-gardens", "2028") in links(olu.get(at("preview", "kind-gardens", "2028")))
    text = main(olu.get(at("preview_mapping", "kind-gardens", "2028")))
    assert "1 the same, 1 changed, 1 dropped, 1 added" in text
    assert "3 Agreed ways of working" in text
    assert "asks" in text
    assert olu.get(at("preview_mapping", "kind-gardens", "2027")).status_code == 404
    (folders / "kind-gardens" / "2027" / "scheme.toml").write_text("x")
    assert olu.get(at("preview_mapping", "kind-gardens", "2028")).status_code == 409


def test_a_faulty_folder_has_no_preview(olu: Client, at: At, folders: Path) -> None:
    address = at("preview", "kestrel", "2024")
    file = folders / "kestrel" / "2024" / "scheme.toml"
    sound = file.read_text()
    file.write_text(sound.replace('kind = "award"', 'kind = "awrd"', 1))
    assert olu.get(address).status_code == 409
    file.write_text(sound)
    assert olu.get(address).status_code == 200, "mended, it is there again"
    assert olu.get(at("preview", "kestrel", "1999")).status_code == 404


@pytest.mark.parametrize(
    "rest",
    ["public/register/", "public/schemes/other/", "public/journeys/specimen/", "public/body/x/", "public/../home/"],
)
def test_only_pages_about_this_edition_are_shown(olu: Client, at: At, folders: Path, rest: str) -> None:
    assert olu.get(at("preview", "kestrel", "2024") + rest).status_code == 404


@pytest.mark.parametrize("rest", ["nothing/", "items/none/", "stages/none/", "../../services/x/", "requirements/none/"])
def test_what_a_made_up_applicant_does_not_have(olu: Client, at: At, folders: Path, rest: str) -> None:
    assert olu.get(at("preview_road", "kestrel", "2024", "first-bronze", 1) + rest).status_code == 404


@pytest.mark.parametrize("way", ["first-gold", "renewal-gold", "worked-none", "second-bronze", "first"])
def test_a_way_that_is_none(olu: Client, at: At, folders: Path, way: str) -> None:
    assert olu.get(at("preview_road", "kestrel", "2024", way, 1)).status_code == 404
    assert olu.get(at("preview_road", "kestrel", "2024", "first-bronze", 0)).status_code == 404


def test_nothing_is_written(olu: Client, at: At, folders: Path) -> None:
    olu.get(at("preview", "kestrel", "2024"))
    files = {file: file.read_bytes() for file in folders.rglob("*") if file.is_file()}
    with CaptureQueriesContext(connection) as asked:
        for _ in crawled(olu, at("preview_road", "kestrel", "2024", "first-silver", 6)):
            pass
    written = [query["sql"] for query in asked.captured_queries if not query["sql"].startswith("SELECT")]
    assert not written
    assert not Journey.objects.exists()
    assert not PublishedEdition.objects.exists()
    assert {file: file.read_bytes() for file in folders.rglob("*") if file.is_file()} == files


def test_nobody_else_sees_it_and_it_takes_no_posts(
    olu: Client, at: At, folders: Path, turned_away: Callable[..., None]
) -> None:
    for address in (
        at("preview", "kestrel", "2024"),
        at("preview_road", "kestrel", "2024", "first-bronze", 1),
        at("preview_public", "kestrel", "2024", "schemes/kestrel/"),
        at("preview_certificate", "kestrel", "2024", "bronze"),
    ):
        turned_away(address)
        assert olu.post(address).status_code == 405


def test_the_made_up_journey_is_nowhere_else(
    olu: Client, people: Cast, at: At, folders: Path, as_user: Callable[..., Client]
) -> None:
    olu.get(at("preview_road", "kestrel", "2024", "first-bronze", 1))
    for client in (olu, as_user(people.ada)):
        assert client.get("/journeys/specimen/").status_code == 404
    assert Client().get("/schemes/kestrel/").status_code == 404


def test_the_list_of_schemes_leads_to_it(olu: Client, at: At, qim: PublishedEdition, folders: Path) -> None:
    shutil.copytree(SCHEMES / "qim" / "2022", folders / "qim" / "2022")
    page = olu.get(at("body_schemes"))
    assert at("preview", "kestrel", "2024") in links(page)
    assert at("preview", "qim", "2022") not in links(page), "published as it is"
    file = folders / "qim" / "2022" / "scheme.toml"
    file.write_text(file.read_text().replace('title = "Visit"', 'title = "The visit"'))
    assert at("preview", "qim", "2022") in links(olu.get(at("body_schemes")))
    changed = main(olu.get(at("preview_road", "qim", "2022", "first-award", 1)))
    assert "The visit" in changed, "the folder's text is shown, not the published one's"
    assert at("preview", "kestrel", "2024") in links(olu.get(at("publish_edition", "kestrel", "2024")))


def test_it_asks_the_database_little(queries: Callable[[str], int], at: At, folders: Path) -> None:
    assert queries(at("preview", "kestrel", "2024")) <= 6
    assert queries(at("preview_road", "kestrel", "2024", "first-bronze", 3)) <= 14
