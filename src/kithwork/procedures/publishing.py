"""What the command line does for somebody who sets a body up and publishes its schemes, without a page to click on."""

from pathlib import Path

from django.db import transaction
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.awards.actions import key_in_use
from kithwork.core.verdict import Refused
from kithwork.journeys.actions import publish
from kithwork.journeys.models import PublishedEdition
from kithwork.journeys.queries import published_keys
from kithwork.organisations.actions import found
from kithwork.organisations.models import Organisation, Role


@transaction.atomic
def found_body(*, name: str, officer: str, address: str = "", website: str = "", how_to_pay: str = "") -> Organisation:
    """Set up an awarding body, with a key to sign with, whose first officer is the person with that e-mail address.
    Writes the ledger.

    Raises Refused when nobody has an account of this address, or when there is a body of that name.
    """
    user = User.objects.filter(email=officer.strip().lower(), is_active=True).first()
    if user is None:
        raise Refused("Nobody has an account of this address. Let the person sign up first.")
    if not name.strip():
        raise Refused("A body has a name.")
    if Organisation.objects.filter(kind=Organisation.Kind.BODY, name__iexact=name.strip()).exists():
        raise Refused("There is a body of this name already.")
    body = found(
        name=name, kind=Organisation.Kind.BODY, by=user, address=address, website=website, how_to_pay=how_to_pay
    )
    key_in_use(body=body, now=timezone.now(), by=user)
    return body


@transaction.atomic
def publish_folder(*, folder: Path, body: str, by: str = "") -> tuple[PublishedEdition, bool]:
    """Publish an edition's folder under the body with that slug; gives it, and whether it is newly published.

    `by` is the e-mail address of the officer in whose name it is done; it may be left out when there is one officer.
    Raises Mistakes for a faulty folder, Refused for an unknown body or officer, or when another text is published under
    this edition's name. Writes the ledger.
    """
    organisation = Organisation.objects.filter(kind=Organisation.Kind.BODY, slug=body).first()
    if organisation is None:
        there = ", ".join(Organisation.objects.filter(kind=Organisation.Kind.BODY).values_list("slug", flat=True))
        raise Refused(f"There is no awarding body '{body}'. There is: {there or 'none; see `kithwork body new`'}.")
    before = published_keys()
    edition = publish(folder=folder, body=organisation, by=_officer(organisation, by))
    return edition, f"{edition.slug}/{edition.edition}" not in before


def _officer(body: Organisation, email: str) -> User:
    officers = User.objects.filter(
        memberships__organisation=body,
        memberships__role=Role.OFFICER,
        memberships__ended_at__isnull=True,
        is_active=True,
    ).distinct()
    if email:
        found_one = officers.filter(email=email.strip().lower()).first()
        if found_one is None:
            raise Refused(f"{email} is no officer of {body.name}.")
        return found_one
    several = list(officers[:2])
    if len(several) != 1:
        raise Refused(f"{body.name} has several officers: say with --by EMAIL in whose name it is published.")
    return several[0]
