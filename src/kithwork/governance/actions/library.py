"""The shared library: what is in it, in versions; what is lent and comes back."""

from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from kithwork.accounts.models import User
from kithwork.core.verdict import Refused
from kithwork.files.storing import Taken, kept_with, take_in, tidy
from kithwork.governance.actions.ground import correct, log
from kithwork.governance.models import Loan, Resource, ResourceVersion
from kithwork.ledger.acts import Act
from kithwork.organisations.models import Service


def add_resource(
    *,
    service: Service,
    kind: str,
    title: str,
    about: str,
    topic: str,
    for_mentors: bool,
    upload: "UploadedFile[bytes] | None",
    url: str,
    by: User,
    today: date,
) -> Resource:
    """Something for the library: a document with its file, a link with its address, a thing to lend. Writes the ledger.

    Raises Refused for a document without a file, a link without an address, or a file that cannot be kept. Must be
    called outside any transaction.
    """
    taken = _content(kind, upload, url)
    resource = Resource(
        service=service,
        kind=kind,
        title=title.strip(),
        about=about.strip(),
        topic=topic.strip(),
        for_mentors=for_mentors,
    )
    version = ResourceVersion(resource=resource, number=1, url=url, on=today, by=by)
    with kept_with(version, taken):
        Service.objects.select_for_update().get(pk=service.pk)
        resource.save()
        version.resource = resource  # has its key now
        version.save()
        tidy(ResourceVersion, f"resources/{service.ref}")
        log(Act.GOVERNANCE_RECORDED, resource, service=service, by=by, what="resource", kind=kind)
    return resource


def renew_resource(
    *, resource: Resource, note: str, upload: "UploadedFile[bytes] | None", url: str, by: User, today: date
) -> ResourceVersion:
    """A newer version, with what is new in it. Writes the ledger.

    Raises Refused as `add_resource` does, and for something taken out of the library. Must be called outside any
    transaction.
    """
    taken = _content(resource.kind, upload, url)
    version = ResourceVersion(resource=resource, note=note.strip(), url=url, on=today, by=by)
    with kept_with(version, taken):
        Service.objects.select_for_update().get(pk=resource.service_id)
        locked = Resource.objects.select_for_update().get(pk=resource.pk)
        if locked.ended_on is not None:
            raise Refused("This has been taken out of the library.")
        last = locked.versions.order_by("number").last()
        version.number = last.number + 1 if last else 1
        version.save()
        tidy(ResourceVersion, f"resources/{resource.service.ref}")
        log(
            Act.GOVERNANCE_RECORDED,
            version,
            service=resource.service,
            by=by,
            what="resource-version",
            resource=resource.ref,
            number=version.number,
        )
    return version


def _content(kind: str, upload: "UploadedFile[bytes] | None", url: str) -> Taken | None:
    if kind == Resource.Kind.DOCUMENT and upload is None:
        raise Refused("Choose the document's file.")
    if kind == Resource.Kind.LINK and not url:
        raise Refused("Write the address of the page.")
    return take_in(upload) if upload is not None and kind == Resource.Kind.DOCUMENT else None


@transaction.atomic
def change_resource(*, resource: Resource, seen: str, by: User, **fields: Any) -> Resource:
    """Its title, what it is about, its topic, whether mentors see it. Writes the ledger, naming the fields."""
    found, changed = correct(resource, fields, seen=seen)
    if changed:
        log(Act.GOVERNANCE_CHANGED, found, service=resource.service, by=by, what="resource", fields=changed)
    return found


@transaction.atomic
def take_out(*, resource: Resource, by: User, today: date) -> None:
    """Take something out of the library; its versions stay. Writes the ledger.

    Raises Refused when it has been taken out, or is lent.
    """
    if resource.loans.filter(back_on__isnull=True).exists():
        raise Refused("This is lent. Take it out of the library when it is back.")
    if not Resource.objects.filter(pk=resource.pk, ended_on__isnull=True).update(ended_on=today):
        raise Refused("This has been taken out already.")
    log(Act.GOVERNANCE_ENDED, resource, service=resource.service, by=by, what="resource")


@transaction.atomic
def lend(*, resource: Resource, borrower: str, lent_on: date, due_on: date | None, by: User) -> Loan:
    """Lend a thing to somebody. Writes the ledger. Raises Refused while it is with somebody else, or is no thing."""
    locked = Resource.objects.select_for_update().get(pk=resource.pk)
    if locked.kind != Resource.Kind.THING or locked.ended_on is not None:
        raise Refused("This cannot be lent.")
    if locked.loans.filter(back_on__isnull=True).exists():
        raise Refused("This is lent to somebody. Note first that it is back.")
    loan = Loan.objects.create(resource=resource, borrower=borrower.strip(), lent_on=lent_on, due_on=due_on, by=by)
    log(Act.GOVERNANCE_RECORDED, loan, service=resource.service, by=by, what="loan", resource=resource.ref)
    return loan


@transaction.atomic
def give_back(*, loan: Loan, resource: Resource, by: User, today: date) -> None:
    """A thing is back. Writes the ledger. Raises Refused when that was noted already."""
    if not Loan.objects.filter(pk=loan.pk, back_on__isnull=True).update(back_on=max(today, loan.lent_on)):
        raise Refused("It is noted already that this is back.")
    log(Act.GOVERNANCE_CHANGED, loan, service=resource.service, by=by, what="loan", resource=resource.ref)
