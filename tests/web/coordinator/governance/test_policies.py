"""The policy register and one policy: begun by a click, approved in versions, told to people, ended."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kithwork.accounts.models import User
from kithwork.core.days import add_months
from kithwork.governance.actions import policies as acts
from kithwork.governance.models import Acknowledgement, Policy, PolicyVersion
from kithwork.ledger.models import Record
from kithwork.organisations.models import Service
from kithwork.procedures.sample import Cast
from tests.core.documents.samples import GOOD
from tests.web.coordinator.governance.conftest import days
from tests.web.downloads import done_with
from tests.web.refusals import refused_with, typed

DAY = timedelta(days=1)
At = Callable[..., str]


@pytest.fixture
def policy(people: Cast, service: Service) -> Policy:
    return acts.begin_policy(service=service, subject="safeguarding", by=people.ada)


def version(today: date, **more: Any) -> dict[str, Any]:
    return {"changed": "yes", "approved_by": "The board", **days("approved_on", today), **more}


def pdf(name: str = "policy.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, GOOD["policy.pdf"], content_type="application/pdf")


def test_the_empty_register_offers_those_that_indicators_ask_for(ada: Client, at: At) -> None:
    page = ada.get(at("policies"))
    assert page.context["heading"] == "No policies are here yet"
    assert len(page.context["missing"]) == 22
    answer = ada.post(at("start_policy"), {"subject": "lone-working"})
    made = Policy.objects.get()
    assert answer["Location"] == at("policy", made.ref)
    assert (made.title, made.review_months) == ("Lone working, with out of hours guidance", 36)
    assert len(ada.get(at("policies")).context["missing"]) == 21
    assert ada.post(at("start_policy"), {"subject": "lone-working"}).status_code == 409
    assert ada.post(at("start_policy"), {"subject": "other"}).status_code == 404


def test_protocols_are_reviewed_every_year_and_there_may_be_several(ada: Client, at: At, today: date) -> None:
    for title in ("Disputes", "Observation"):
        ada.post(at("new_policy"), {"subject": "protocol", "title": title})
    assert {*Policy.objects.values_list("title", "review_months")} == {("Disputes", 12), ("Observation", 12)}
    one = Policy.objects.first()
    assert one is not None
    ada.post(at("new_version", one.ref), version(today))
    assert PolicyVersion.objects.get().review_due == add_months(today, 12)
    assert ada.post(at("new_policy"), {"subject": "protocol", "title": ""}).status_code == 422


def test_a_version_with_its_file_and_a_review_that_keeps_it(
    ada: Client, at: At, policy: Policy, today: date, as_user: Callable[[User], Client], people: Cast
) -> None:
    ada.post(at("new_version", policy.ref), version(today - 40 * DAY, upload=pdf()))
    ada.post(at("new_version", policy.ref), version(today, changed="no"))
    first, second = policy.versions.all()
    assert (first.number, second.number, second.changed) == (1, 2, False)
    assert (first.file.name, first.digest, first.size) == (second.file.name, second.digest, len(GOOD["policy.pdf"]))
    assert default_storage.listdir(f"policies/{policy.service.ref}")[1] == [first.ref]
    assert second.review_due == add_months(today, 36)
    answer = as_user(people.cid).get(at("policy_file", policy.ref, second.ref))
    assert answer.getvalue() == GOOD["policy.pdf"]
    assert answer["Content-Disposition"] == 'attachment; filename="policy.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("default-src 'none'")
    page = ada.get(at("policy", policy.ref)).content.decode()
    assert "Reviewed without a change" in page
    assert "by The board" in page


def test_a_file_that_cannot_be_kept_is_refused_and_nothing_stays(
    ada: Client, at: At, policy: Policy, today: date
) -> None:
    sent = version(today, upload=SimpleUploadedFile("policy.pdf", b"not a pdf at all"))
    page = refused_with(ada.post(at("new_version", policy.ref), sent), "", at("policy", policy.ref))
    assert typed(page, "approved_by") == "The board"
    assert not PolicyVersion.objects.exists()
    assert (
        not default_storage.exists(f"policies/{policy.service.ref}")
        or not default_storage.listdir(f"policies/{policy.service.ref}")[1]
    )


def test_what_a_version_demands(ada: Client, at: At, policy: Policy, today: date) -> None:
    new = at("new_version", policy.ref)
    assert ada.post(new, version(today + DAY)).status_code == 422  # still to come
    assert ada.post(new, version(today, affects_people="on")).status_code == 422  # what changed?
    assert ada.post(new, version(today, **days("review_due", today - DAY))).status_code == 422
    assert ada.post(new, version(today)).status_code == 303
    refused_with(ada.post(new, version(today - DAY)), "was approved later", at("policy", policy.ref))


def test_who_was_told_is_asked_until_both_were(ada: Client, at: At, policy: Policy, today: date) -> None:
    ada.post(at("new_version", policy.ref), version(today - DAY, affects_people="on", summary="Ring first."))
    one = PolicyVersion.objects.get()
    assert "Not told yet: mentees and mentors." in ada.get(at("policy", policy.ref)).content.decode()
    told = at("policy_told", policy.ref, one.ref)
    sent = {"group": "mentees", "how": "Newsletter", "people": "31", **days("on", today)}
    assert ada.post(told, sent).status_code == 303
    page = ada.get(at("policy", policy.ref)).content.decode()
    assert "Not told yet: mentors." in page
    assert "Newsletter (31 people)" in page
    assert ada.post(told, sent | {"how": ""}).status_code == 422
    page_ = refused_with(ada.post(told, sent | days("on", today - 9 * DAY)), "before it was approved")
    assert typed(page_, "how") == "Newsletter"
    assert Acknowledgement.objects.count() == 1


def test_changing_it_names_the_fields_and_notices_another_hand(
    ada: Client, at: At, policy: Policy, people: Cast
) -> None:
    change = at("change_policy", policy.ref)
    seen = ada.get(change).context["form"]["seen"].value()
    sent = {"title": "Keeping people safe", "owner": "Chair", "review_months": "12", "seen": seen}
    assert ada.post(change, sent).status_code == 303
    assert Record.objects.latest("seq").facts["fields"] == ["owner", "review_months", "title"]
    refused_with(ada.post(change, sent), "Somebody changed this")
    assert ada.post(change, sent | {"review_months": "0"}).status_code == 422


def test_an_ended_policy_takes_no_version_and_leaves_room_for_a_new_one(
    ada: Client, at: At, policy: Policy, today: date
) -> None:
    assert b"moj-interruption-card" in ada.get(at("end_policy", policy.ref)).content
    assert ada.post(at("end_policy", policy.ref)).status_code == 303
    assert ada.post(at("end_policy", policy.ref)).status_code == 409
    refused_with(ada.post(at("new_version", policy.ref), version(today)), "has ended")
    assert ada.post(at("start_policy"), {"subject": "safeguarding"}).status_code == 303
    assert len(ada.get(at("policies"), {"state": "ended"}).context["rows"]) == 1


def test_the_register_says_what_is_near_and_filters_by_it(
    people: Cast, ada: Client, at: At, service: Service, today: date
) -> None:
    for subject, due in (("equality", today - DAY), ("dignity", today + 60 * DAY), ("grievance", today + 61 * DAY)):
        one = acts.begin_policy(service=service, subject=subject, by=people.ada)
        acts.approve(
            policy=one,
            approved_on=today - 900 * DAY,
            approved_by="",
            changed=True,
            affects_people=False,
            summary="",
            upload=None,
            review_due=due,
            by=people.ada,
        )
    page = ada.get(at("policies"))
    assert page.context["heading"] == "2 policies are overdue or near their date"
    assert [row[0].text for row in page.context["rows"]] == ["Equality and diversity", "Dignity at work", "Grievance"]
    for state, title in (("late", "Equality and diversity"), ("soon", "Dignity at work")):
        assert [row[0].text for row in ada.get(at("policies"), {"state": state}).context["rows"]] == [title]
    Policy.objects.filter(subject="dignity").update(ended_on=today)
    assert ada.get(at("policies")).context["heading"] == "1 policy is overdue or near its date"
    assert "Grievance" in ada.get(at("policies"), {"q": "griev", "format": "csv"}).content.decode()


def test_who_may_not(
    people: Cast,
    as_user: Callable[[User], Client],
    ada: Client,
    at: At,
    policy: Policy,
    today: date,
    turned_away: Callable[..., None],
) -> None:
    ada.post(at("new_version", policy.ref), version(today, upload=pdf()))
    one = PolicyVersion.objects.get()
    for url in (at("policies"), at("policy", policy.ref), at("policy_file", policy.ref, one.ref)):
        turned_away(url)
        answer = as_user(people.cid).get(url)
        done_with(answer)
        assert answer.status_code == 200
    before = Record.objects.count()
    for name, args in (
        ("new_policy", ()),
        ("new_version", (policy.ref,)),
        ("change_policy", (policy.ref,)),
        ("end_policy", (policy.ref,)),
        ("policy_told", (policy.ref, one.ref)),
    ):
        turned_away(at(name, *args), people.cid)
        turned_away(at(name, *args), people.cid, method="post")
    turned_away(at("start_policy"), people.cid, method="post", subject="driving")
    assert Record.objects.count() == before
    assert as_user(people.bea).get(at("new_version", policy.ref)).status_code == 200


def test_wrong_methods_and_what_is_not_there(ada: Client, at: At, policy: Policy) -> None:
    assert ada.post(at("policies")).status_code == 405
    assert ada.get(at("start_policy")).status_code == 405
    assert ada.post(at("policy", policy.ref)).status_code == 405
    assert ada.get(at("policy", "nothing")).status_code == 404
    assert ada.get(at("policy_file", policy.ref, "nothing")).status_code == 404


def test_costs_the_same_for_one_and_thirty(
    people: Cast, at: At, service: Service, policy: Policy, today: date, queries: Callable[[str], int]
) -> None:
    def approve(one: Policy, number: int) -> None:
        made = PolicyVersion.objects.create(
            policy=one, number=number, approved_on=today, review_due=today, by=people.ada, affects_people=True
        )
        Acknowledgement.objects.create(version=made, group="staff", on=today, how="letter", by=people.ada)

    approve(policy, 1)
    register, page = queries(at("policies")), queries(at("policy", policy.ref))
    for number in range(29):
        approve(Policy.objects.create(service=service, subject="other", title=f"P{number}"), 1)
        approve(policy, number + 2)
    assert queries(at("policies")) == register <= 10
    assert queries(at("policy", policy.ref)) == page <= 9
