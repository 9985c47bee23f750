"""Who is in the sample: people, their organisations, a body and its edition. Everybody is made up."""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from kithwork.accounts.models import User
from kithwork.journeys import actions as journeys
from kithwork.journeys.models import PublishedEdition
from kithwork.organisations import actions as organisations
from kithwork.organisations.models import Organisation, Role, Service

PASSWORD = "only-for-the-demo"  # noqa: S105  # sample accounts, never a real one


@dataclass(slots=True)
class Cast:
    """Five people you remember, and an officer: Ada coordinates, Bea works with her, Cid reads, Dot assesses, Olu is
    the body's officer, Eve is a stranger with an organisation of her own."""

    ada: User
    bea: User
    cid: User
    dot: User
    olu: User
    eve: User
    body: Organisation
    provider: Organisation
    service: Service
    elsewhere: Organisation
    others: dict[str, User] = field(default_factory=dict)


def person(name: str, email: str, password: str = "") -> User:
    """An account with a confirmed address, so that allauth lets it in."""
    user: User = User.objects.create_user(email=email, name=name)
    if password:
        user.password = _hashed(password)
        user.save(update_fields=["password"])
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


@cache
def _hashed(password: str) -> str:
    """Hashing is slow on purpose, and every sample account has the same password."""
    return make_password(password)


def cast(password: str = "") -> Cast:
    """The people, a body, a service's organisation and a stranger's."""
    ada = person("Ada Marsh", "ada@lanternside.example", password)
    bea = person("Bea Okoro", "bea@lanternside.example", password)
    cid = person("Cid Pryce", "cid@lanternside.example", password)
    dot = person("Dot Lindqvist", "dot@assessors.example", password)
    olu = person("Olu Fenn", "olu@awards.example", password)
    eve = person("Eve Stray", "eve@elsewhere.example", password)
    body = organisations.found(
        name="Befriending Networks (sample)",
        kind=Organisation.Kind.BODY,
        by=olu,
        address="Sample House\n1 Invented Street\nNowhere XX1 1XX",
        how_to_pay="By bank transfer; quote the invoice number. (This is a sample: do not pay.)",
    )
    organisations.join(organisation=body, user=dot, role=Role.ASSESSOR, by=olu)
    provider = organisations.found(
        name="Lanternside Trust",
        kind=Organisation.Kind.PROVIDER,
        by=ada,
        address="The Old Ferry House\nLanternside XX2 2XX",
    )
    organisations.join(organisation=provider, user=bea, role=Role.CONTRIBUTOR, by=ada)
    organisations.join(organisation=provider, user=cid, role=Role.READER, by=ada)
    service = organisations.open_service(
        organisation=provider, name="Lanternside Mentoring", by=ada, place="Lanternside"
    )
    elsewhere = organisations.found(name="Elsewhere Friends", kind=Organisation.Kind.PROVIDER, by=eve)
    return Cast(ada, bea, cid, dot, olu, eve, body, provider, service, elsewhere)


def publish(folder: Path, cast: Cast) -> PublishedEdition:
    return journeys.publish(folder=folder, body=cast.body, by=cast.olu)
