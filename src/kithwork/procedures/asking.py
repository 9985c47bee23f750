"""What people ask of their data: to whom it can be put, who is told of it, and who hears the answer."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from kithwork.accounts.models import User
from kithwork.caseload.models import Mentee, Mentor, Practice
from kithwork.caseload.queries.staff import coordinators_of
from kithwork.courses.models import Place
from kithwork.governance.models import Staff
from kithwork.journeys.models import Journey
from kithwork.notices.actions import tell
from kithwork.notices.words import Kind
from kithwork.organisations.models import PROVIDER_ROLES, Membership, Organisation, Service
from kithwork.procedures.people import officers_of
from kithwork.rights import actions
from kithwork.rights.models import Asked


@dataclass(frozen=True, slots=True)
class Addressee:
    """Who holds something about a person, and as whom. `key` tells it from the others of the same person."""

    key: str
    title: str
    organisation: Organisation
    service: Service | None
    subject: str


def addressees(user: User) -> list[Addressee]:
    """Everybody who holds something about somebody who signs in: services, and bodies; one entry for each."""
    found: dict[str, Addressee] = {}
    for one in (*_services(user), *_bodies(user)):
        found.setdefault(one.key, one)
    return list(found.values())


def _services(user: User) -> Iterator[Addressee]:
    for side, kind in (("mentor", Mentor), ("mentee", Mentee)):
        rows = kind._default_manager.filter(user=user, erased_at=None).select_related("service__organisation")
        for row in rows:
            yield _of(row.service, f"{side}:{row.ref}", f"as a {side}")
    for file in Staff.objects.filter(user=user).select_related("service__organisation"):
        yield _of(file.service, f"staff:{file.ref}", "as a member of staff")
    works = Membership.objects.filter(user=user, role__in=PROVIDER_ROLES).values("organisation")
    running = Practice.objects.filter(service__organisation__in=works).select_related("service__organisation")
    for practice in running.exclude(service__staff__user=user):
        yield _of(practice.service, f"user:{user.ref}", "as a colleague")


def _of(service: Service, subject: str, role: str) -> Addressee:
    key = f"{service.slug}-{subject.partition(':')[0]}"
    return Addressee(key, f"{service.name}, {role}", service.organisation, service, subject)


def _bodies(user: User) -> Iterator[Addressee]:
    wanted = {
        *Journey.objects.filter(person=user).values_list("edition__body", flat=True),
        *Place.objects.filter(person=user).values_list("offering__body", flat=True),
        *Membership.objects.filter(user=user, organisation__kind=Organisation.Kind.BODY).values_list(
            "organisation", flat=True
        ),
    }
    for body in Organisation.objects.filter(pk__in=wanted):
        yield Addressee(body.slug, body.name, body, None, f"user:{user.ref}")


@transaction.atomic
def ask(*, to: Addressee, right: actions.Right, words: str, by: User, today: date) -> Asked:
    """Put a request to whoever holds the record, who is told that one came. Raises Refused while one of its kind waits.
    Writes the ledger.
    """
    made = actions.ask(
        organisation=to.organisation, service=to.service, right=right, subject=to.subject, words=words, by=by,
        today=today,
    )  # fmt: skip
    _tell(made)
    return made


@transaction.atomic
def ask_by_link(*, mentee: Mentee, right: actions.Right, words: str, today: date) -> Asked:
    """The same by a mentee's own link. Raises Refused while one of its kind waits. Writes the ledger."""
    service = mentee.service
    made = actions.ask(
        organisation=service.organisation, service=service, right=right, subject=f"mentee:{mentee.ref}", words=words,
        by=None, today=today,
    )  # fmt: skip
    _tell(made)
    return made


def _tell(asked: Asked) -> None:
    if asked.service is not None:
        people, path = coordinators_of(asked.service), f"/run/{asked.service.slug}/rights/asked/{asked.ref}/"
        about = asked.service.name
    else:
        people = officers_of(asked.organisation)
        path, about = f"/body/{asked.organisation.slug}/rights/asked/{asked.ref}/", asked.organisation.name
    tell(kind=Kind.RIGHTS_ASKED, to=people, organisation=asked.organisation, path=path, about=about)


@transaction.atomic
def answer(*, asked: Asked, outcome: actions.Outcome, words: str, by: User, today: date) -> Asked:
    """Answer a request; who asked with an account is told that there is an answer. Raises Refused when it was answered.
    Writes the ledger.
    """
    done = actions.answer(asked=asked, outcome=outcome, words=words, by=by, today=today)
    theirs = done.by is not None and done.subject == f"user:{done.by.ref}"
    if done.by is not None and (theirs or any(one.subject == done.subject for one in addressees(done.by))):
        about = asked.service.name if asked.service else asked.organisation.name
        tell(
            kind=Kind.RIGHTS_ANSWERED, to=[done.by], organisation=done.organisation, path="/account/rights/",
            about=about,
        )  # fmt: skip
    return done
