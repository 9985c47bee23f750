"""Editions published and closed, journeys begun."""

from collections.abc import Collection
from datetime import date, datetime
from pathlib import Path

from django.db import transaction
from django.db.models import Q

from kithwork.accounts.models import User
from kithwork.core.journey import RENEWAL, Entry, EntryKind
from kithwork.core.schemes import Role, digest, load
from kithwork.core.schemes import texts as texts_of
from kithwork.core.verdict import Refused
from kithwork.journeys.actions.recording import record
from kithwork.journeys.editions import edition_of
from kithwork.journeys.models import Journey, PublishedEdition
from kithwork.journeys.queries import read
from kithwork.ledger.actions import write
from kithwork.ledger.acts import Act
from kithwork.organisations.models import Organisation, Service


@transaction.atomic
def publish(*, folder: Path, body: Organisation, by: User) -> PublishedEdition:
    """Publish the edition in a folder. Raises Mistakes for a faulty one, Refused when another text is published
    under it.

    Publishing the same text again changes nothing. Writes the ledger.
    """
    edition = load(folder)
    texts = texts_of(folder)
    now = digest(texts)
    found = PublishedEdition.objects.filter(slug=edition.scheme.slug, edition=edition.scheme.edition).first()
    if found is not None:
        if found.digest != now:
            raise Refused("This edition is published with another text. Give the new text a new edition name.")
        return found
    published = PublishedEdition.objects.create(
        slug=edition.scheme.slug,
        edition=edition.scheme.edition,
        name=edition.scheme.name,
        body=body,
        texts=texts,
        digest=now,
    )
    write(
        act=Act.JOURNEY_EDITION_PUBLISHED,
        actor=by.actor,
        subject=f"edition:{published.slug}/{published.edition}",
        organisation=body.ref,
        facts={"digest": now},
    )
    return published


@transaction.atomic
def close_edition(*, edition: PublishedEdition, by: User, now: datetime) -> PublishedEdition:
    """Take no new applications under an edition from now on; those that run go on to their end under it.

    Raises Refused when it is closed already. Writes the ledger.
    """
    locked = PublishedEdition.objects.select_for_update().get(pk=edition.pk)
    if locked.closed_at is not None:
        raise Refused("This edition is closed already.")
    locked.closed_at = now
    locked.save(update_fields=["closed_at"])
    write(
        act=Act.JOURNEY_EDITION_CLOSED,
        actor=by.actor,
        subject=f"edition:{locked.slug}/{locked.edition}",
        organisation=edition.body.ref,
    )
    return locked


@transaction.atomic
def begin(
    *, edition: PublishedEdition, by: User, today: date, service: Service | None = None, level: str = ""
) -> Journey:
    """Begin a journey for a service, or for the person themselves when there is none.

    Raises Refused when the edition is closed or the applicant has a journey of this scheme that is not over.
    """
    # one who begins while the edition is being closed lines up here
    if PublishedEdition.objects.select_for_update().only("closed_at").get(pk=edition.pk).closed_at is not None:
        raise Refused("This edition takes no new applications.")
    applicant = {"service": service} if service else {"person": by}
    # two who begin at once line up here
    if service:
        Service.objects.select_for_update().get(pk=service.pk)
    else:
        User.objects.select_for_update().get(pk=by.pk)
    over = Q(status__in=("refused", "withdrawn", "closed", "revoked", "expired", "lapsed"))
    # the row does not know that days go by
    over |= Q(status__in=("awarded", "suspended"), valid_until__lt=today) | Q(status="active", lapses_on__lt=today)
    if Journey.objects.filter(edition__slug=edition.slug, **applicant).exclude(over).exists():
        raise Refused("There is an application for this scheme already.")
    model = edition_of(edition)
    if (model.scheme.applicant == "service") != (service is not None):
        raise Refused(f"This scheme is for a {model.scheme.applicant}.")
    journey = Journey.objects.create(edition=edition, service=service, person=None if service else by, created_by=by)
    record(
        journey=journey,
        entries=[Entry(today, EntryKind.OPENED, Role.APPLICANT, level=level or model.levels[0].id)],
        by=by,
        today=today,
    )
    return journey


@transaction.atomic
def begin_renewal(*, journey: Journey, asked_again: Collection[str], by: User, today: date) -> Journey:
    """Ask to renew what a journey won, and begin the journey that does it, on the newest edition on offer.

    `asked_again` are the requirements recommended last time, asked for whatever the edition marks. Raises Refused when
    it cannot be renewed now, or the scheme takes no applications any more.
    """
    locked = Journey.objects.select_for_update().get(pk=journey.pk)
    reading = read(locked, today)
    stage, granted = reading.edition.renewal, reading.position.granted
    if stage is None or granted is None or granted.until is None:
        raise Refused("There is nothing to renew.")
    newest = (
        PublishedEdition.objects.filter(slug=journey.edition.slug, closed_at=None).order_by("-published_at").first()
    )
    if newest is None:
        raise Refused("This scheme takes no applications any more; ask the awarding body.")
    record(
        journey=locked, entries=[Entry(today, EntryKind.SUBMITTED, Role.APPLICANT, stage=stage.id)], by=by, today=today
    )
    model = edition_of(newest)
    level = granted.level if granted.level in {level.id for level in model.levels} else model.levels[0].id
    renewal = Journey.objects.create(
        edition=newest, service=locked.service, person=locked.person, created_by=by, renews=locked
    )
    opened = Entry(today, EntryKind.OPENED, Role.APPLICANT, level=level, detail=RENEWAL, until=granted.until)
    known = {requirement.id for requirement in model.requirements}
    asked = [Entry(today, EntryKind.ASKED, Role.APPLICANT, item=one) for one in asked_again if one in known]
    record(journey=renewal, entries=[opened, *asked], by=by, today=today)
    return renewal
