"""Questionnaires: asked of four kinds of people by link, answered once, shown in sums and words without names."""

from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kithwork.caseload.actions import questionnaires as act
from kithwork.caseload.models import Mentee, OneTimeLink, Practice, Questionnaire
from kithwork.caseload.queries.questionnaires import AGAIN_AFTER, From
from kithwork.core.verdict import Refused
from kithwork.notices.models import Message
from kithwork.procedures.sample import Cast
from tests.running import a_match, a_mentee, a_mentor

pytestmark = pytest.mark.django_db
SAID = {"helps": "much", "listened": "always", "again": "yes", "well": "You listen.", "better": ""}


@pytest.fixture(autouse=True)
def unhurried() -> None:
    cache.clear()


@pytest.fixture
def cai(people: Cast, practice: Practice, today: date) -> Mentee:
    return a_mentee(people.service, today, "Cai Rowan", email="cai@people.example", carer_email="kin@people.example")


def path_of(message: Message) -> str:
    return "/" + message.secret.split("/", 3)[3]


def mailed() -> list[str]:
    return list(Message.objects.filter(kind="feedback-asked").order_by("pk").values_list("email", flat=True))


def test_a_mentee_says_what_they_think_and_no_name_is_kept(cai: Mentee, ada: Client, at: Any, today: date) -> None:
    url = at("mentee_opinion", cai.ref)
    assert url in ada.get(at("mentee", cai.ref)).content.decode()
    assert ada.post(url, {"how": "mail"}).status_code == 422
    assert ada.put(url).status_code == 405
    assert ada.post(url, {"how": "mail", "whom": "mentee"}).status_code == 303
    link = path_of(Message.objects.get(kind="feedback-asked"))
    page = Client().get(link)
    assert (page.status_code, page["Cache-Control"]) == (200, "no-store")
    assert "Cai" not in page.content.decode()
    assert "Does having a mentor help?" in page.content.decode()
    assert Client().post(link, {}).status_code == 409, "nothing was answered"
    faulty = Client().post(link, {**SAID, "again": "perhaps"})
    assert faulty.status_code == 422
    assert "You listen." in faulty.content.decode()
    assert Client().post(link, SAID).status_code == 303
    row = Questionnaire.objects.get()
    assert (row.whose, row.match, row.on) == ("mentee", None, today)
    assert row.answers == {
        "Does having a mentor help?": "Yes, a lot",
        "Do we listen to you?": "Yes, always",
        "Would you tell others about us?": "Yes",
        "What do we do well?": "You listen.",
    }
    assert Client().get(link).status_code == 404, "spent"
    assert {one.name for one in Questionnaire._meta.fields} & {"mentee", "mentor", "by"} == set()


def test_family_and_referrer_are_asked_from_the_mentees_record(cai: Mentee, ada: Client, at: Any) -> None:
    url = at("mentee_opinion", cai.ref)
    assert ada.post(url, {"how": "mail", "whom": "family"}).status_code == 303
    nowhere = ada.post(url, {"how": "mail", "whom": "referrer"})
    assert nowhere.status_code == 409
    assert "no e-mail address" in nowhere.content.decode()
    assert ada.post(url, {"how": "mail", "whom": "referrer", "email": "gp@surgery.example"}).status_code == 303
    assert mailed() == ["kin@people.example", "gp@surgery.example"]
    family, referrer = (path_of(one) for one in Message.objects.filter(kind="feedback-asked").order_by("pk"))
    for link in (family, referrer):
        text = Client().get(link).content.decode()
        assert "changed anything for the person" in text
        assert "Does having a mentor help?" not in text
        assert Client().post(link, {"changed": "some"}).status_code == 303
    assert sorted(Questionnaire.objects.values_list("whose", flat=True)) == ["family", "referrer"]


def test_a_mentor_is_asked_from_their_record(
    people: Cast, practice: Practice, ada: Client, at: Any, today: date
) -> None:
    mab = a_mentor(people.service, people.ada, today, ready=False)
    url = at("mentor_opinion", mab.ref)
    assert ada.post(url, {"how": "mail"}).status_code == 409
    assert ada.post(url, {"how": "show"}).status_code == 303
    assert "/feedback/</strong>" in ada.get(url).content.decode()
    with pytest.raises(Refused):
        act.ask(person=mab, whom=From.FAMILY, email="", by=people.ada, now=timezone.now(), mail=False)


def test_all_are_asked_once_a_year(people: Cast, cai: Mentee, ada: Client, at: Any, today: date) -> None:
    a_mentee(people.service, today, "No Address")
    a_mentee(people.service, today, "Gone", email="gone@people.example", left_on=today)
    url = at("questionnaires_ask", "mentee")
    assert url in ada.get(at("questionnaires")).content.decode()
    assert "Ask 1 mentee" in ada.get(url).content.decode()
    assert ada.post(url).status_code == 303
    assert mailed() == ["cai@people.example"]
    assert "All were asked this year" in ada.get(at("questionnaires")).content.decode()
    ada.post(url)
    assert len(mailed()) == 1
    OneTimeLink.objects.update(made_at=timezone.now() - AGAIN_AFTER)
    ada.post(url)
    assert len(mailed()) == 2
    assert ada.get(at("questionnaires_ask", "family")).status_code == 404


def test_results_in_sums_and_words_without_names(
    people: Cast, cai: Mentee, ada: Client, at: Any, today: date, practice: Practice
) -> None:
    assert "Nobody was heard yet" in ada.get(at("questionnaires")).content.decode()
    match = a_match(cai, a_mentor(people.service, people.ada, today), people.ada, today)
    again, well = "Would you tell others about us?", "What do we do well?"
    rows = [("mentee", "Yes", "Zest.", None), ("mentee", "No", "All.", None), ("family", "Yes", "Calm.", match)]
    for whose, answer, words, of in rows:
        Questionnaire.objects.create(
            service=people.service, whose=whose, on=today, match=of, answers={again: answer, well: words}
        )
    Questionnaire.objects.create(
        service=people.service, whose="mentee", on=date(today.year - 1, 5, 5), answers={again: "No", well: "Last year."}
    )
    text = ada.get(at("questionnaires")).content.decode()
    assert "2 of 3 would tell others about you" in text
    assert text.index("All.") < text.index("Zest.")
    assert "Families and carers (1)" in text
    assert not [name for name in ("Cai", "Mab", "Last year.") if name in text]
    ended = ada.get(at("questionnaires") + "?when=end").content.decode()
    assert "Calm." in ended
    assert "Zest." not in ended
    past = ada.get(at("questionnaires") + f"?year={today.year - 1}").content.decode()
    assert "Last year." in past
    csv = ada.get(at("questionnaires") + "?format=csv").content.decode()
    assert f"Mentees,{again},Yes,1" in csv
    assert f"Mentees,{well},Zest.,1" in csv


def test_strangers_find_nothing(cai: Mentee, at: Any, turned_away: Any) -> None:
    for url in (at("questionnaires"), at("questionnaires_ask", "mentee"), at("mentee_opinion", cai.ref)):
        turned_away(url)
    turned_away(at("questionnaires_ask", "mentee"), "post")
    turned_away(at("mentee_opinion", cai.ref), "post", how="show", whom="mentee")
    assert not OneTimeLink.objects.exists()


def test_results_cost_the_same_for_one_and_thirty(people: Cast, cai: Mentee, ada: Client, at: Any, today: date) -> None:
    def cost() -> int:
        Questionnaire.objects.create(
            service=people.service, whose="mentee", on=today, answers={"What do we do well?": "Tea."}
        )
        with CaptureQueriesContext(connection) as queries:
            assert ada.get(at("questionnaires")).status_code == 200
        return len(queries)

    one = cost()
    assert [cost() for _ in range(30)][-1] == one <= 12
