"""What a service holds about a member of staff, and about somebody who referred: to be handed to them."""

import zipfile
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import IO, Any

from django.db import transaction
from django.db.models import FileField, ForeignKey, Model, QuerySet
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.caseload.actions.moving import sent_out
from kithwork.caseload.models import Practice, Referral
from kithwork.core.keeping import Whose
from kithwork.core.verdict import Refused
from kithwork.governance.actions.erasing import REACHES
from kithwork.governance.models import Staff, StaffTraining, StaffVetting
from kithwork.procedures.access_bundle import Apart, Because, Bundle, Section, put_into, said_of, title_of
from kithwork.procedures.account_bundle import reduced
from kithwork.procedures.readable import upper

# columns of a staff file that name somebody else
_OTHERS = {"StaffReference": {"name"}, "StaffSupervision": {"supervisor"}, "Staff": {"line_manager"}}


@transaction.atomic
def staff_copy(
    *,
    practice: Practice,
    staff: Staff,
    out: IO[bytes],
    by: User,
    now: datetime,
    apart: Collection[Apart] = (),
    because: Because | None = None,
) -> Bundle:
    """Write all that is held of a member of staff, as `access_bundle.hand_over` does of a mentor. Writes the ledger."""
    if apart and because is None:
        raise Refused("Say why vetting goes with it.")
    made = Bundle(staff.name)
    for model, rows in _file_of(staff):
        if model is StaffVetting and Apart.VETTING not in apart:
            if rows.exists():
                made.left_out["checks of criminal records: what came of them is handed over when they ask for it"] += 1
            continue
        section = Section(upper(title_of(model)), [_lines(row, made) for row in rows.iterator(500)])
        if section.rows:
            made.sections.append(section)
    told = {"apart": sorted(one.value for one in apart), "because": because.value} if because and apart else {}
    return _written(practice, made, out, by, now, staff.ref, **told)


def _file_of(staff: Staff) -> Iterator[tuple[type[Model], QuerySet[Any]]]:
    for reach in REACHES:
        if Whose.STAFF in reach.kept.of:
            yield reach.model, reach.about(Whose.STAFF, staff).order_by("pk")
    yield StaffTraining, StaffTraining.objects.filter(staff=staff).order_by("pk")


def _lines(row: Model, made: Bundle) -> list[tuple[str, str]]:
    lines = []
    for column in row._meta.concrete_fields:
        value = getattr(row, column.attname)
        if column.name in ("id", "ref") or isinstance(column, FileField | ForeignKey) or value in (None, "", [], {}):
            continue
        said = said_of(column, value)
        if column.name in _OTHERS.get(type(row).__name__, ()):
            said = reduced(said)
            made.left_out["names of other people: they stand as initials"] += 1
        lines.append((str(column.verbose_name), said))
    return lines


@transaction.atomic
def referrer_copy(*, practice: Practice, referral: Referral, out: IO[bytes], by: User, now: datetime) -> Bundle:
    """Write what is held of somebody who referred: their own details and words, the people they referred as initials.
    Writes the ledger. Raises Refused for a self-referral.
    """
    if referral.source == Referral.Source.SELF:
        raise Refused("They referred themselves: give them their own record.")
    rows = Referral.objects.filter(mentee__service=practice.service).exclude(source=Referral.Source.SELF)
    rows = rows.filter(email__iexact=referral.email) if referral.email else rows.filter(pk=referral.pk)
    made, section = Bundle(referral.name or referral.email), Section("What you referred")
    for one in rows.select_related("mentee").order_by("came_on", "pk"):
        words = one.why
        for name in sorted(
            {one.mentee.name, one.mentee.known_as, *one.mentee.name.split()} - {""}, key=len, reverse=True
        ):
            words = words.replace(name, reduced(name))
        kept = (("name", one.name), ("organisation", one.organisation), ("email", one.email), ("phone", one.phone),
                ("came on", f"{one.came_on:%d/%m/%Y}"), ("whom", reduced(one.mentee.name)), ("why", words))  # fmt: skip
        section.rows.append([(what, said) for what, said in kept if said])
    made.sections.append(section)
    made.left_out["what became of those you referred: it is about them"] += 1
    return _written(practice, made, out, by, now, referral.ref)


def _written(
    practice: Practice, made: Bundle, out: IO[bytes], by: User, now: datetime, ref: str, **told: Any
) -> Bundle:
    keeper = f"{practice.service.name}, {practice.service.organisation.name}"
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        put_into(archive, made, keeper, timezone.localdate(now))
    sent_out(practice=practice, what="bundle", by=by, person=ref, **told)
    return made
