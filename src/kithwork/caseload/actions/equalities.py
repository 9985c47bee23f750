"""Equalities: asking, taking answers in, and publishing what can be told of them. See docs/decisions/007-equalities.md.

The ledger learns that answers came to a service, never whose or which: its lines are in order, and the tables'
are not.
"""

import secrets
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.caseload.actions import links
from kithwork.caseload.actions.ground import log
from kithwork.caseload.models import EqualityAnswer, EqualityCount, Measure, Mentee, Mentor, OneTimeLink, Practice
from kithwork.caseload.queries.equalities import people_of, pseudonym_of, ready, stages_of, whose_of
from kithwork.core.service.equalities import Stage, cleaned, published
from kithwork.core.verdict import Refused
from kithwork.ledger.acts import Act
from kithwork.notices.words import Kind as Mail
from kithwork.organisations.models import Service

Whose = Measure.Whose
AT_ONCE = 200  # links sent by one click


@transaction.atomic
def ask(*, person: Mentee | Mentor, by: User, now: datetime, mail: bool) -> str:
    """A link to the questions, for one answer; the one before stops working. Gives its path; `mail` sends it.

    The person's record says when they were asked. Writes the ledger. Raises Refused for somebody who has left or was
    erased, or without an address to mail to.
    """
    if person.left_on is not None or person.erased_at is not None:
        raise Refused("This person has left.")
    if mail and not person.email:
        raise Refused("No e-mail address is on record.")
    _asked(person, timezone.localdate(now))
    service = person.service
    about: dict[str, Any] = {whose_of(person).value: person}
    link, token = links.make(service=service, purpose=OneTimeLink.Purpose.EQUALITIES, now=now, by=by, **about)
    path = f"/link/{token}/equalities/"
    if mail:
        links.send(link=link, service=service, kind=Mail.EQUALITIES_ASKED, email=person.email, path=path)
    return path


@transaction.atomic
def ask_all(*, service: Service, whose: Measure.Whose, by: User, now: datetime) -> int:
    """Mail the link to everybody who is here, has an address and was never asked; to 200 at a time. Gives how many."""
    rows = people_of(service, whose).filter(equalities_asked_on=None, left_on=None, erased_at=None)
    people: list[Mentee | Mentor] = list(rows.exclude(email="").order_by("pk")[:AT_ONCE])
    for person in people:
        person.service = service
        ask(person=person, by=by, now=now, mail=True)
    return len(people)


def _asked(person: Mentee | Mentor, on: date) -> None:
    people_of(person.service, whose_of(person)).filter(pk=person.pk).update(equalities_asked_on=on)


@transaction.atomic
def answer(*, link: OneTimeLink, given: Mapping[str, str], now: datetime) -> None:
    """A person's own answers by their link, which is spent. Raises Refused when it was before. Writes the ledger."""
    person = link.mentor or link.mentee
    assert person is not None  # the door opens links of this purpose with their person
    links.spend(link=link, now=now)
    _keep(person, given, timezone.localdate(now))
    log(Act.CASELOAD_ANSWERED, person.service, service=person.service, by=None, what="equalities")


@transaction.atomic
def take_down(*, person: Mentee | Mentor, given: Mapping[str, str], by: User, today: date) -> None:
    """Answers that came on paper, typed in by staff, who do not see them again; those of a link they replace.

    Writes the ledger. Raises Refused for somebody who has left or was erased.
    """
    if person.left_on is not None or person.erased_at is not None:
        raise Refused("This person has left.")
    _asked(person, today)
    _keep(person, given, today)
    log(Act.CASELOAD_ANSWERED, person.service, service=person.service, by=by, what="equalities")


def _keep(person: Mentee | Mentor, given: Mapping[str, str], today: date) -> None:
    name = pseudonym_of(person)
    EqualityAnswer.objects.filter(pseudonym=name).delete()
    EqualityAnswer.objects.create(
        # by chance, so that the order of rows is not the order in which links were used
        pk=1 + secrets.randbelow(2**62),
        service=person.service,
        whose=whose_of(person),
        pseudonym=name,
        answers=cleaned(given),
        year=today.year,
    )


@transaction.atomic
def publish(*, service: Service, by: User, today: date) -> list[EqualityCount]:
    """Count the answers of whole years that are over, keep what can be told, and delete them. Writes the ledger.

    For mentees, mentors or both: whichever has answers enough. Nobody chooses whom or what it counts. Raises Refused
    when neither has.
    """
    Practice.objects.select_for_update().get(service=service)  # two at once: the second finds nothing left
    made = []
    for whose, (first, last) in ready(service, today).items():
        rows = EqualityAnswer.objects.filter(service=service, whose=whose, year__range=(first, last))
        stages = stages_of(service, whose, date(last, 12, 31))
        # somebody whose row is gone, or who came by another key, had come no further than this
        given = [(stages.get(row.pseudonym, Stage.APPLIED), row.answers) for row in rows]
        figures = [{"stages": list(one.stages), "people": one.people, "tables": one.tables} for one in published(given)]
        count = EqualityCount.objects.create(
            service=service, whose=whose, first_year=first, last_year=last, figures=figures, by=by
        )
        rows.delete()
        log(
            Act.CASELOAD_RECORDED,
            count,
            service=service,
            by=by,
            what="equality count",
            whose=whose.value,
            first=first,
            last=last,
        )
        made.append(count)
    if not made:
        raise Refused("There are not answers enough yet of years that are over. Twenty are needed.")
    return made


@transaction.atomic
def forget(*, person: Mentee | Mentor) -> None:
    """Delete a person's answers, as when their record is erased. What was published of them tells nothing of them."""
    EqualityAnswer.objects.filter(pseudonym=pseudonym_of(person)).delete()
