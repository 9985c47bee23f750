"""The awarding bodies of the schemes for persons, each with those who work there. All of them are made up."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kithwork.accounts.models import User
from kithwork.journeys import actions as journeys
from kithwork.journeys.models import PublishedEdition
from kithwork.organisations import actions as organisations
from kithwork.organisations.models import Organisation, Role
from kithwork.procedures.sample.people import PASSWORD, person

Named = tuple[str, str]  # a name, and an e-mail address


@dataclass(frozen=True, slots=True)
class House:
    """An awarding body, the edition that it offers, and who acts for it in which role."""

    body: Organisation
    edition: PublishedEdition
    officer: User
    assessors: tuple[User, ...]
    panel: tuple[User, ...] = ()
    chair: User | None = None


def house(
    folder: Path,
    *,
    name: str,
    address: str,
    officer: Named,
    assessors: Iterable[Named],
    panel: Iterable[Named] = (),
    chair: Named | None = None,
) -> House:
    """Found a body with its people, who can all sign in, and publish the edition of a folder under it."""
    head = person(*officer, PASSWORD)
    body = organisations.found(
        name=name,
        kind=Organisation.Kind.BODY,
        by=head,
        address=address,
        how_to_pay="By bank transfer; quote the invoice number. (This is a sample: do not pay.)",
    )

    def joined(named: Named, role: Role) -> User:
        who = person(*named, PASSWORD)
        organisations.join(organisation=body, user=who, role=role, by=head)
        return who

    return House(
        body,
        journeys.publish(folder=folder, body=body, by=head),
        head,
        tuple(joined(one, Role.ASSESSOR) for one in assessors),
        tuple(joined(one, Role.PANEL) for one in panel),
        joined(chair, Role.CHAIR) if chair else None,
    )
