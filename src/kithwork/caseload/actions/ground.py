"""What every write here shares: its line in the ledger."""

from django.db.models import Model

from kithwork.accounts.models import User
from kithwork.ledger.actions import write
from kithwork.ledger.acts import Act
from kithwork.ledger.chain import Fact
from kithwork.organisations.models import Service


def log(act: Act, row: Model, *, service: Service, by: User | None, what: str = "", **facts: Fact) -> None:
    """One line in the ledger: which row of which kind, by whom. `by` None is somebody who came by a link.

    Facts are references, dates, figures and closed words, never what people typed.
    """
    kind = what or row._meta.model_name or ""
    ref = getattr(row, "ref", "") or str(row.pk)
    write(
        act=act,
        actor=by.actor if by else "visitor",
        subject=f"{kind}:{ref}",
        organisation=service.organisation.ref,
        facts={"what": kind, "service": service.ref, **facts},
    )
