"""What every write at the gate stands on: its line in the ledger, which no body reads, and a row held alone."""

from kithwork.accounts.models import User
from kithwork.gate.models import Case, Original
from kithwork.gate.queries import known_in
from kithwork.gate.scans import Known
from kithwork.gate.sealing import seal_json
from kithwork.ledger.actions import write
from kithwork.ledger.acts import Act
from kithwork.ledger.chain import Fact

MACHINE = "system"  # acts where no person does


def log(act: Act, original: Original, by: User | None, **facts: Fact) -> None:
    """One ledger record about an original. It belongs to no organisation's history but the service's own."""
    write(
        act=act,
        actor=by.actor if by else MACHINE,
        subject=f"original:{original.ref}",
        organisation=original.organisation.ref if original.organisation else "",
        facts={"journey": original.journey, **facts},
    )


def held(original: Original) -> Original:
    """The row as it is now, nobody else changing it until the transaction ends."""
    return Original.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=original.pk)


def keep_case(journey: str, known: Known) -> None:
    """Write what a journey's case remembers."""
    sealed = seal_json(
        {
            "taught": [list(one) for one in known.taught],
            "initials": known.initials,
            "looked_for": list(known.looked_for),
            "since": known.since,
        },
        f"case:{journey}",
    )
    Case.objects.update_or_create(journey=journey, defaults={"sealed": sealed})


def case_of(journey: str) -> Known:
    """What a journey's case remembers, nobody else changing it until the transaction ends."""
    list(Case.objects.select_for_update().filter(journey=journey).values_list("pk"))
    return known_in(journey)
