"""Awards: granted, suspended, reinstated, withdrawn; whether their holders are listed."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.awards.actions.credentials import ask, follow, revoke
from kithwork.awards.models import Award
from kithwork.awards.queries import agreed_to_listing
from kithwork.core.journey import Entry, EntryKind, begins, term
from kithwork.core.schemes import AwardStage, Role
from kithwork.core.verdict import Refused
from kithwork.journeys.actions import record
from kithwork.journeys.models import Journey
from kithwork.journeys.queries import listed_answers, read
from kithwork.ledger.actions import write
from kithwork.ledger.acts import Act
from kithwork.organisations.models import Organisation


def _log(act: Act, award: Award, by: User, **facts: str | int | bool | None) -> None:
    write(
        act=act,
        actor=by.actor,
        subject=f"award:{award.ref}",
        organisation=award.journey.edition.body.ref,
        facts=facts,
    )


@transaction.atomic
def grant(*, journey: Journey, by: User, today: date) -> Award:
    """Grant the level that has been earned, for the term the edition gives. An award of a lower level is replaced. A
    person's choice to stand in the register holds for what follows, at a higher level and after a renewal.

    Asks for its credential, which is signed afterwards. Raises Refused while the award held now is suspended. Writes
    the ledger.
    """
    reading = read(journey, today)
    edition = reading.edition
    stage = next(stage for stage in edition.stages if isinstance(stage, AwardStage))
    level = edition.level(reading.position.earned or reading.position.level)
    until = term(edition, reading.position, today)
    record(
        journey=journey,
        entries=[Entry(today, EntryKind.GRANTED, Role.OFFICER, stage=stage.id, level=level.id, until=until)],
        by=by,
        today=today,
    )
    replaced = list(Award.objects.filter(journey=journey, superseded_on__isnull=True))
    if replaced:
        Award.objects.filter(pk__in=[one.pk for one in replaced]).update(superseded_on=today)
        revoke(awards=replaced, by=by, now=timezone.now())
    prefix = f"{edition.scheme.slug.upper()}-{today.year}-"
    Organisation.objects.select_for_update().get(pk=journey.edition.body_id)  # numbers are given out one at a time
    number = Award.objects.filter(number__startswith=prefix).count() + 1
    award = Award.objects.create(
        journey=journey,
        number=f"{prefix}{number:04d}",
        holder=journey.service.name if journey.service else str(journey.person),
        of=journey.service.organisation.name if journey.service else "",
        place=journey.service.place if journey.service else listed_answers(journey, edition),
        scheme_name=edition.scheme.name,
        body_name=edition.scheme.body,
        level=level.id,
        level_title=level.title,
        granted_on=today,
        starts_on=begins(edition, reading.position.prior_end, today),
        listed=journey.service is not None or agreed_to_listing(journey),
        valid_until=until,
    )
    ask(award=award)
    _log(Act.AWARD_GRANTED, award, by, level=level.id, until=until.isoformat() if until else None)
    return award


@transaction.atomic
def change_standing(*, award: Award, kind: EntryKind, reason: str, by: User, today: date) -> Award:
    """Suspend, reinstate or withdraw an award (`kind`: SUSPENDED, REINSTATED, REVOKED), and its credential with it.
    Needs a reason.
    """
    if not reason.strip():
        raise Refused("Give the reason.")
    if award.superseded_on is not None:
        raise Refused("This award was replaced by a higher level; change that one.")
    record(
        journey=award.journey,
        entries=[Entry(today, kind, Role.OFFICER)],
        by=by,
        today=today,
        reason=reason.strip(),
    )
    match kind:
        case EntryKind.SUSPENDED:
            award.suspended_on = today
        case EntryKind.REINSTATED:
            award.suspended_on = None
        case EntryKind.REVOKED:
            award.revoked_on = today
        case _:
            raise Refused("This changes no award.")
    award.save(update_fields=["suspended_on", "revoked_on"])
    follow(award=award, by=by)
    _log(Act.AWARD_STANDING_CHANGED, award, by, kind=kind.value)
    return award


@transaction.atomic
def agree_to_listing(*, award: Award, agreed: bool, by: User) -> Award:
    """The holder's own choice to stand in the public register, or not; it can be changed at any time."""
    award.listed = agreed
    award.save(update_fields=["listed"])
    _log(Act.AWARD_LISTING_CHANGED, award, by, agreed=agreed)
    return award
