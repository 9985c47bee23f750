"""Where a person goes after signing in."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from kithwork.accounts.models import User
from kithwork.journeys.models import Journey, PublishedEdition
from kithwork.organisations.actions import join
from kithwork.organisations.models import Organisation, Role, Service
from kithwork.procedures import sample
from kithwork.procedures.sample import Cast
from tests.running import a_practice

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
GIVEN = {"name": "Harbour Trust", "service": "Harbour Pals", "place": "Hull", "website": "harbour.example.org"}


@pytest.fixture
def nell(people: Cast) -> User:
    """Somebody who has just signed up."""
    return sample.person("Nell New", "nell@example.org")


@pytest.mark.parametrize(
    ("who", "where"),
    [
        ("ada", "/services/lanternside-trust/"),
        ("cid", "/services/lanternside-trust/"),
        ("dot", "/assess/"),
        ("olu", "/body/befriending-networks-sample/"),
    ],
)
def test_one_desk_is_gone_to(as_user: SignIn, people: Cast, who: str, where: str) -> None:
    assert as_user(getattr(people, who)).get("/home/")["Location"] == where


def test_several_desks_are_listed(as_user: SignIn, people: Cast) -> None:
    join(organisation=people.body, user=people.ada, role=Role.ASSESSOR, by=people.olu)
    text = as_user(people.ada).get("/home/").content.decode()
    assert "You work at 2 desks" in text
    assert 'href="/assess/"' in text
    assert 'href="/services/lanternside-trust/"' in text


def test_the_daily_work_of_a_service_is_a_desk_of_its_own(as_user: SignIn, people: Cast, today: date) -> None:
    a_practice(people.service, people.ada, today)
    text = as_user(people.ada).get("/home/").content.decode()
    assert "You work at 2 desks" in text
    assert f'href="/run/{people.service.slug}/"' in text
    reader = as_user(people.cid).get("/home/").content.decode()
    assert f'href="/run/{people.service.slug}/service/"' in reader
    assert f'href="/run/{people.service.slug}/"' not in reader


def test_a_newcomer_is_told_what_to_do_first(as_user: SignIn, nell: User) -> None:
    text = as_user(nell).get("/home/").content.decode()
    assert 'href="/organisations/new/"' in text
    assert 'href="/applying/"' in text, "some schemes are for people themselves"
    assert "Welcome to Kithwork" in text


def test_what_one_could_apply_for_oneself_stands_beside_ones_desks(as_user: SignIn, people: Cast, today: date) -> None:
    a_practice(people.service, people.ada, today)
    assert "Apply for something yourself" in as_user(people.ada).get("/home/").content.decode()


def test_a_stranger_to_the_site_signs_in_first(client: Client) -> None:
    for path in ("/home/", "/start/qim/", "/organisations/new/", "/account/", "/account/name/", "/drafts/"):
        assert client.get(path)["Location"] == f"/accounts/login/?next={path}"


def test_the_way_to_an_application(as_user: SignIn, people: Cast, nell: User, qim: PublishedEdition) -> None:
    assert as_user(nell).get("/start/qim/")["Location"] == "/organisations/new/?scheme=qim"
    assert as_user(people.bea).get("/start/qim/")["Location"] == "/services/lanternside-trust/apply/qim/"
    assert as_user(people.cid).get("/start/qim/")["Location"] == "/organisations/new/?scheme=qim"  # reads only
    assert as_user(nell).get("/start/none/").status_code == 404


def test_somebody_of_two_organisations_chooses(as_user: SignIn, people: Cast, qim: PublishedEdition) -> None:
    join(organisation=people.elsewhere, user=people.ada, role=Role.LEAD, by=people.eve)
    text = as_user(people.ada).get("/start/qim/").content.decode()
    assert 'href="/services/elsewhere-friends/apply/qim/"' in text
    assert 'href="/services/lanternside-trust/apply/qim/"' in text


def test_an_organisation_is_set_up_with_its_first_service(as_user: SignIn, nell: User, qim: PublishedEdition) -> None:
    page = as_user(nell).post("/organisations/new/?scheme=qim", GIVEN)
    assert (page.status_code, page["Location"]) == (303, "/services/harbour-trust/apply/qim/")
    made = Organisation.objects.get(name="Harbour Trust")
    assert made.kind == Organisation.Kind.PROVIDER
    assert made.website == "https://harbour.example.org"
    assert made.memberships.get().user == nell
    assert made.memberships.get().role == Role.LEAD
    assert (made.services.get().name, made.services.get().place) == ("Harbour Pals", "Hull")


def test_without_a_scheme_it_leads_to_the_desk(as_user: SignIn, nell: User) -> None:
    assert as_user(nell).post("/organisations/new/", GIVEN)["Location"] == "/services/harbour-trust/"
    assert as_user(nell).post("/organisations/new/?scheme=none", GIVEN | {"name": "B"})["Location"] == "/services/b/"


def test_what_was_typed_stays_when_something_is_missing(as_user: SignIn, nell: User) -> None:
    page = as_user(nell).post("/organisations/new/", GIVEN | {"service": " "})
    assert page.status_code == 422
    assert 'value="Harbour Trust"' in page.content.decode()
    assert not Organisation.objects.filter(name="Harbour Trust").exists()


def test_a_form_sent_twice_makes_one(as_user: SignIn, nell: User) -> None:
    client = as_user(nell)
    client.post("/organisations/new/", GIVEN)
    page = client.post("/organisations/new/", GIVEN | {"name": "harbour trust"})
    assert page.status_code == 409
    assert 'value="harbour trust"' in page.content.decode()
    assert Service.objects.filter(name="Harbour Pals").count() == 1


def test_other_methods_are_refused(as_user: SignIn, nell: User) -> None:
    client = as_user(nell)
    assert client.post("/home/").status_code == 405
    assert client.post("/start/qim/").status_code == 405
    assert client.put("/organisations/new/").status_code == 405


def test_home_asks_the_database_little(
    as_user: SignIn, people: Cast, journey_at, django_assert_max_num_queries
) -> None:
    journey_at("sent")
    for who in (people.ada, people.dot, people.olu):
        client = as_user(who)
        with django_assert_max_num_queries(8):
            client.get("/home/")


def test_a_newcomer_gets_from_the_check_to_an_application(client: Client, qim: PublishedEdition) -> None:
    """The whole way on foot: the self-check, an account, an organisation, an application; nobody helps."""
    start = "/start/qim/"
    page = client.post(
        f"/accounts/signup/?next={start}",
        {"email": "nell@example.org", "name": "Nell New", "password1": "a-long-winter-walk", "next": start},
    )
    assert page["Location"] == start
    page = client.get(start, follow=True)
    assert page.redirect_chain[-1][0] == "/organisations/new/?scheme=qim"
    page = client.post("/organisations/new/?scheme=qim", GIVEN, follow=True)
    assert page.redirect_chain[-1][0] == "/services/harbour-trust/apply/qim/"
    assert page.status_code == 200
    page = client.post(page.redirect_chain[-1][0], {"service": Service.objects.get(name="Harbour Pals").ref})
    assert Journey.objects.get().service.name == "Harbour Pals"
