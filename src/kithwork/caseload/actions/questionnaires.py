"""Asking mentees, mentors, families and referrers what they think of the service, and taking in what they say."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from kithwork.accounts.models import User
from kithwork.caseload.actions import links
from kithwork.caseload.actions.ground import log
from kithwork.caseload.models import Mentee, Mentor, OneTimeLink, Questionnaire
from kithwork.caseload.queries.questionnaires import From, unasked
from kithwork.core.verdict import Refused
from kithwork.ledger.acts import Act
from kithwork.notices.words import Kind as Mail
from kithwork.organisations.models import Service

AT_ONCE = 200  # links sent by one click


@transaction.atomic
def ask(*, person: Mentee | Mentor, whom: Questionnaire.From, email: str, by: User, now: datetime, mail: bool) -> str:
    """A link for one answer about the service: to a mentor, a mentee, or a mentee's family or referrer. Gives its path.

    The one before, to the same, stops working. `mail` sends it to `email`. Writes the ledger, without the address.
    Raises Refused for somebody whose record was erased, for family or referrer of a mentor, or without an address.
    """
    if person.erased_at is not None:
        raise Refused("This person's details were erased.")
    if (whom == From.MENTOR) is not isinstance(person, Mentor):
        raise Refused("These people cannot be asked from this record.")
    if mail and not email:
        raise Refused("There is no e-mail address to send it to.")
    side = "mentor" if isinstance(person, Mentor) else "mentee"
    link, token = links.make(
        service=person.service, purpose=OneTimeLink.Purpose.FEEDBACK, now=now, by=by, side=whom.value, **{side: person}
    )
    path = f"/link/{token}/feedback/"
    if mail:
        links.send(link=link, service=person.service, kind=Mail.FEEDBACK_ASKED, email=email, path=path)
    return path


@transaction.atomic
def ask_all(*, service: Service, whom: Questionnaire.From, by: User, now: datetime) -> int:
    """Mail the link to all mentees, or all mentors, who are here, have an address and were not asked within a year; to
    200 at a time. Gives how many.
    """
    people: list[Mentee | Mentor] = list(unasked(service, whom, now).exclude(email="").order_by("pk")[:AT_ONCE])
    for person in people:
        person.service = service
        ask(person=person, whom=whom, email=person.email, by=by, now=now, mail=True)
    return len(people)


@transaction.atomic
def give(*, link: OneTimeLink, answers: Mapping[str, str], now: datetime, today: date) -> Questionnaire:
    """What somebody says by their link, which is spent. No name is kept with it. Writes the ledger."""
    person = link.mentor or link.mentee
    assert person is not None  # the door opens links of this purpose with their person
    if not any(answers.values()):
        raise Refused("Answer at least one question.")
    links.spend(link=link, now=now)
    row = Questionnaire.objects.create(service=person.service, whose=link.side, on=today, answers=dict(answers))
    log(Act.CASELOAD_ANSWERED, row, service=person.service, by=None, whose=link.side)
    return row
