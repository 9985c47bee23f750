"""Erasing somebody from the caseload: what their record said goes, what counts need stays without them.

What goes and what stays is said in `caseload/kept.py`; this finds the rows.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.caseload import models
from kithwork.caseload.actions import equalities
from kithwork.caseload.models import Concern, ConcernStep, Match, Mentee, Mentor, OneTimeLink, Questionnaire, Referral
from kithwork.caseload.personal import KEPT, PERSONAL
from kithwork.core.keeping import Whose
from kithwork.core.verdict import Refused
from kithwork.keeping import Gone, Names, Reach, erase_about, reaches, rows_of, take_names_out
from kithwork.ledger.actions import write as write_ledger
from kithwork.ledger.acts import Act
from kithwork.organisations.models import Service

_MODELS: dict[str, type[Model]] = {name: getattr(models, name) for name in models.__all__}
REACHES = reaches(_MODELS, KEPT, PERSONAL)
_REFERRERS = ("name", "organisation", "email", "phone")


def whose_of(person: Mentee | Mentor) -> Whose:
    return Whose.MENTEE if isinstance(person, Mentee) else Whose.MENTOR


def subject_of(person: Mentee | Mentor) -> str:
    """How the ledger, requests and holds call somebody: 'mentee:<ref>'."""
    return f"{whose_of(person).value}:{person.ref}"


def names_of(person: Mentee | Mentor) -> Names:
    """What names them. Where another of the service bears the same name, a whole name is nobody's for certain."""
    alone = not any(
        kind.objects.filter(service=person.service_id, erased_at=None, name__iexact=person.name)
        .exclude(**({"pk": person.pk} if isinstance(person, kind) else {}))
        .exists()
        for kind in (Mentee, Mentor)
    )
    said = [person.email, person.phone, *([person.name] if alone else [])]
    return Names(*said, parts=(person.name, person.known_as))


def obstacles(person: Mentee | Mentor, today: date) -> list[str]:
    """Why a record cannot be erased yet: each a sentence that says what to do first."""
    side = whose_of(person).value
    own = Q(**{side: person})
    found = []
    going_on = Q(ended_on__isnull=True) | Q(ended_on__gte=today)
    matches = Match.objects.filter(own, going_on, withdrawn_on__isnull=True)
    if matches.exclude(Q(mentee_answer=Match.Answer.NO) | Q(mentor_answer=Match.Answer.NO)).exists():
        found.append("A match runs or is proposed: its two people need it. End or withdraw it first.")
    if Concern.objects.filter(own, closed_at__isnull=True).exists():
        found.append("A concern about somebody’s safety is open. Whoever answers for safeguarding closes it first.")
    return found


@transaction.atomic
def erase(*, person: Mentee | Mentor, by: User | None, now: datetime) -> list[Gone]:
    """Erase what is held of a mentee or mentor; the row stays without a name, for counts. Links die. `by` None is the
    daily round. Raises Refused when it was done before, or something stands in its way (see `obstacles`). Writes the
    ledger: figures alone.
    """
    kind: Any = type(person)
    locked = kind.objects.select_for_update(of=("self",)).select_related("service__organisation")
    held: Mentee | Mentor = locked.get(pk=person.pk)
    if held.erased_at is not None:
        raise Refused("This record has been erased already.")
    today = timezone.localdate(now)
    if because := obstacles(held, today):
        raise Refused(because[0])
    _leave_to_safeguarding(held, today, by)
    equalities.forget(person=held)
    done = _rows(held, write=True)
    changed: dict[str, Any] = {"erased_at": now, "changed_at": now, "call_me_at": None}
    if held.left_on is None:  # the day before: on the last day somebody is still here, and on lists
        begun = held.came_on if isinstance(held, Mentee) else held.applied_on
        changed["left_on"] = max(today - timedelta(days=1), begun, held.accepted_on or begun)
    if isinstance(held, Mentee):
        changed["waiting_since"] = None
    kind.objects.filter(pk=held.pk).update(**changed)
    _log(subject_of(held), held.service, by, done)
    return done


def preview(person: Mentee | Mentor) -> list[Gone]:
    """What `erase` would do, in the same figures. Changes nothing, and holds no lock while it looks."""
    return _rows(person, write=False)


def _rows(person: Mentee | Mentor, *, write: bool) -> list[Gone]:
    whose, names = whose_of(person), names_of(person)
    done = [_own_answers(person, write=write)] if isinstance(person, Mentor) else []
    done += [erase_about(reach, whose, person, names, write=write) for reach in REACHES if whose in reach.kept.of]
    for reach, rows in of_service(person.service):
        others = rows.exclude(pk__in=reach.about(whose, person).values("pk"))
        done.append(take_names_out(reach, others, names, write=write))
    return [one for one in done if one.number or one.stays]


def _own_answers(person: Mentor, *, write: bool) -> Gone:
    """What a mentor said of the service themselves, in questionnaires that hang on a match."""
    reach = _reach(Questionnaire)
    rows = Questionnaire.objects.filter(match__mentor=person, whose=Questionnaire.From.MENTOR).exclude(answers={})
    number = rows.count()
    if write:
        rows.update(answers={})
    return Gone(Questionnaire, reach.kept, emptied=number)


def _leave_to_safeguarding(person: Mentee | Mentor, today: date, by: User | None) -> None:
    """Closed concerns stay for their period: each is told whom it was about, for the record no longer says it."""
    born = f", born on {person.born:%d/%m/%Y}," if person.born else ""
    acted = by or User.objects.filter(pk__in=_who_closed(person)).first()
    for concern in Concern.objects.filter(**{whose_of(person).value: person}):
        writer = acted or concern.taken_by or concern.raised_by
        if writer is not None:
            what = f"The record of {person.name}{born} was erased on {today:%d/%m/%Y}. This concern is kept."
            ConcernStep.objects.create(concern=concern, what=what, by=writer)


def _who_closed(person: Mentee | Mentor) -> QuerySet[Concern, Any]:
    return Concern.objects.filter(**{whose_of(person).value: person}, taken_by__isnull=False).values("taken_by")


def unname(*, service: Service, names: Names, write: bool) -> list[Gone]:
    """Take a whole name, an address or a number out of everything that the caseload of a service holds."""
    return [take_names_out(reach, rows, names, write=write) for reach, rows in of_service(service)]


def of_service(service: Service) -> Iterator[tuple[Reach, QuerySet[Any]]]:
    """Every kind of row with personal fields, and those of a service."""
    return rows_of(service, REACHES, _MODELS.values())


@transaction.atomic
def erase_referrer(*, referral: Referral, by: User | None) -> list[Gone]:
    """Erase a referrer from all referrals of theirs at a service (told by the e-mail address; without one, from this
    alone). Their links die; that somebody referred, and when, stays. Raises Refused for a self-referral, and when
    nothing is left. Writes the ledger.
    """
    held = Referral.objects.select_for_update(of=("self",)).get(pk=referral.pk)
    done = _rows_of_referrer(held, referral.mentee.service, write=True)
    _log(f"referrer:{referral.ref}", referral.mentee.service, by, done)
    return done


def preview_referrer(referral: Referral) -> list[Gone]:
    """What `erase_referrer` would do, in the same figures. Changes nothing. Raises Refused as it does."""
    return _rows_of_referrer(referral, referral.mentee.service, write=False)


def _rows_of_referrer(referral: Referral, service: Service, *, write: bool) -> list[Gone]:
    if referral.source == Referral.Source.SELF:
        raise Refused("They referred themselves: erase the mentee.")
    if not any(getattr(referral, name) for name in _REFERRERS):
        raise Refused("Nothing is held of this referrer any more.")
    theirs = Q(email__iexact=referral.email) if referral.email else Q(pk=referral.pk)
    rows = Referral.objects.filter(theirs, mentee__service=service).exclude(source=Referral.Source.SELF)
    keys, mentees = list(rows.values_list("pk", flat=True)), list(rows.values_list("mentee", flat=True))
    names = Names(referral.name, referral.email, referral.phone, parts=(referral.name,))
    links = OneTimeLink.objects.filter(referral__in=keys)
    done = [
        Gone(Referral, _reach(Referral).kept, emptied=len(keys)),
        Gone(OneTimeLink, _reach(OneTimeLink).kept, deleted=links.count()),
    ]
    if write:
        links.delete()
        Referral.objects.filter(pk__in=keys).update(**dict.fromkeys(_REFERRERS, ""))
    return [one for one in (*done, *_near(service, mentees, names, write=write)) if one.number]


def _near(service: Service, mentees: list[int], names: Names, *, write: bool) -> list[Gone]:
    """Each part of a name out of what is written about those they referred; the whole name out of everything else."""
    found = []
    for reach, rows in of_service(service):
        about = Q(pk__in=())
        for way in reach.kept.of.get(Whose.MENTEE, ()):
            about |= Q(**{f"{way}__in" if way else "pk__in": mentees})
        if reach.model is Mentee:  # whoever refers may be family, of the same name
            about = Q(pk__in=())
        found.append(take_names_out(reach, rows.filter(about), names, write=write, near=True))
        found.append(take_names_out(reach, rows.exclude(about), names, write=write))
    return found


def _reach(model: type[Model]) -> Reach:
    return next(one for one in REACHES if one.model is model)


def _log(subject: str, service: Service, by: User | None, done: list[Gone]) -> None:
    write_ledger(
        act=Act.CASELOAD_ERASED,
        actor=by.actor if by else "system",
        subject=subject,
        organisation=service.organisation.ref,
        facts={
            "service": service.ref,
            "emptied": sum(one.emptied for one in done),
            "deleted": sum(one.deleted for one in done),
            "unnamed": sum(one.unnamed for one in done),
            "kept": sum(one.stays for one in done),
        },
    )
