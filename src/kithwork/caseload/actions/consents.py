"""Who may be told what: each answer is a row of its own, with the words that were asked."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.caseload.actions.ground import log
from kithwork.caseload.models import Consent, Mentee, Mentor
from kithwork.caseload.queries.consents import may
from kithwork.caseload.queries.staff import coordinators_of
from kithwork.core.verdict import Refused
from kithwork.ledger.acts import Act
from kithwork.notices.actions import tell
from kithwork.notices.words import Kind as Mail

Kind = Consent.Kind
Answer = Consent.Answer
Whose = Consent.Whose
OWN_LINK = "by their own link"


@transaction.atomic
def record_answer(
    *,
    kind: Consent.Kind,
    answer: Consent.Answer,
    on: date,
    wording: str,
    by: User | None,
    how: str = "",
    whose: Consent.Whose = Consent.Whose.OWN,
    mentee: Mentee | None = None,
    mentor: Mentor | None = None,
) -> Consent:
    """What one person answered to one question, on a day. It counts from that day until the next answer.

    `by` None is the person's own link; coordinators then hear that something changed. Writes the ledger. Raises Refused
    when the day is still to come, or something is withdrawn that was not given.
    """
    person = mentee or mentor
    if person is None or (mentee and mentor):
        raise Refused("Say whose answer this is.")
    if on > timezone.localdate():
        raise Refused("This day is still to come.")
    if answer == Answer.WITHDRAWN and not may(person, kind, on):
        raise Refused("This was not agreed to, so it cannot be withdrawn.")
    row = Consent.objects.create(
        mentee=mentee, mentor=mentor, kind=kind, answer=answer, whose=whose, on=on, wording=wording, how=how, by=by
    )
    service = person.service
    side = "mentor" if mentor else "mentee"
    log(
        Act.CASELOAD_ANSWERED,
        person,
        service=service,
        by=by,
        step="consent",
        kind=kind.value,
        answer=answer.value,
        on=on.isoformat(),
    )
    if by is None:
        tell(
            kind=Mail.CONSENT_CHANGED,
            to=coordinators_of(service),
            organisation=service.organisation,
            path=f"/run/{service.slug}/{side}s/{person.ref}/",
            about=service.name,
        )
    return row
