"""What every write about credentials stands on: its line in the ledger, and a body held alone."""

from kithwork.accounts.models import User
from kithwork.ledger.actions import write
from kithwork.ledger.acts import Act
from kithwork.ledger.chain import Fact
from kithwork.organisations.models import Organisation

MACHINE = "system"  # acts where no person does


def log(
    act: Act, subject: str, body: Organisation, by: User | None, *, machine: str | None = None, **facts: Fact
) -> None:
    actor = by.actor if by else machine or MACHINE
    write(act=act, actor=actor, subject=subject, organisation=body.ref, facts=facts)


def alone(body: Organisation) -> None:
    """Nobody else gives out keys, places or lists of a body until the transaction ends."""
    Organisation.objects.select_for_update().get(pk=body.pk)
