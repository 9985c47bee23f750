"""All that is held about somebody as a person who signs in: their applications, portfolios with the files, places at
courses, memberships, keys, mail, what they did. For themselves, and for an officer as far as it is their body's.

Found along the ways that `personal.py` declares, so that a new table is in it by itself. Others who acted are told of
by their initials.
"""

import re
import zipfile
from collections.abc import Iterator
from datetime import datetime
from typing import IO, Any

from django.db import transaction
from django.db.models import FileField, ForeignKey, Model, Q, QuerySet
from django.utils import timezone

from kithwork.accounts.models import ApiKey, User
from kithwork.assessment.actions import erasing as assessment
from kithwork.awards.models import Award, Credential
from kithwork.awards.personal import KEPT as AWARDS
from kithwork.awards.personal import PERSONAL as OF_AWARDS
from kithwork.caseload.models import Mentee, Mentor
from kithwork.core.bundle import safe_name
from kithwork.core.journey import Status
from kithwork.core.keeping import Whose
from kithwork.courses.actions import erasing as courses
from kithwork.evidence.actions import erasing as evidence
from kithwork.evidence.models import Item
from kithwork.gate.queries import every_original_of
from kithwork.governance.models import Staff
from kithwork.journeys.actions import erasing as journeys
from kithwork.keeping import Reach
from kithwork.ledger.actions import write
from kithwork.ledger.acts import Act
from kithwork.ledger.models import Record
from kithwork.notices.models import Message
from kithwork.organisations.models import Membership, Organisation
from kithwork.procedures.access_bundle import YOU, Bundle, Section, originals, plainly, put_into, said_of, title_of
from kithwork.procedures.readable import upper
from kithwork.rights.models import Asked

# until a result is told, what examiners wrote of it is not handed over (Data Protection Act 2018, schedule 2, para 25)
_NOT_YET = frozenset({"Mark", "AgreedMark", "PanelNote", "PanelRecord", "Recommendation"})
_SILENT = frozenset({"id", "token_digest", "digest", "password"})
_REACHES = (
    *journeys.REACHES,
    *evidence.REACHES,
    *assessment.REACHES,
    Reach(Award, AWARDS["Award"], OF_AWARDS["Award"]),
    Reach(Credential, AWARDS["Credential"], OF_AWARDS["Credential"]),
    *courses.REACHES,
)
_BODY_OF = ("journey__edition__body", "edition__body", "offering__body", "place__offering__body",
            "round__journey__edition__body", "write_up__journey__edition__body",
            "award__journey__edition__body")  # fmt: skip


@transaction.atomic
def hand_over(
    *, person: User, body: Organisation | None, out: IO[bytes], by: User, now: datetime, site: str = "this site"
) -> Bundle:
    """Write the bundle of a person as a zip: `everything.html`, `everything.json`, and their files below `files/`.

    With a `body`, what that body holds of them and no more. Writes the ledger.
    """
    found = bundle(person=person, body=body)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        put_into(archive, found, body.name if body else site, timezone.localdate(now))
        for name, content in _files(person, body):
            archive.writestr(name, content)
    write(
        act=Act.RIGHTS_HANDED_OVER,
        actor=by.actor,
        subject=f"user:{person.ref}",
        organisation=body.ref if body else "",
        facts={"own": by.pk == person.pk},
    )
    return found


def bundle(*, person: User, body: Organisation | None) -> Bundle:
    """What is held about a person; with a `body`, what that body holds."""
    made, hidden = Bundle(person.name), _Others(person)
    if body is None:
        made.sections.append(Section("Your account", [_lines(person, hidden)]))
        made.sections += [section for section in _ground(person) if section.rows]
    for reach in _REACHES:
        rows = _rows(reach, person, body)
        if reach.model.__name__ in _NOT_YET:
            if rows.filter(journey__status=Status.ACTIVE).exists():
                made.left_out["what examiners wrote of an application that is not decided yet"] += 1
            rows = rows.exclude(journey__status=Status.ACTIVE)
        section = Section(upper(title_of(reach.model)))
        for row in rows.iterator(500):
            lines = _lines(row, hidden)
            if lines:
                section.rows.append(lines)
        if section.rows:
            made.sections.append(section)
    made.sections += [section for section in (_mail(person, body), _did(person, body)) if section.rows]
    for name in _services(person) if body is None else ():
        made.left_out[
            f"what {name} holds of you: it is the service’s own record, and the service gives you a copy"
        ] += 1
    made.left_out["the names of others who acted: they stand as initials"] += 1
    return made


def _rows(reach: Reach, person: User, body: Organisation | None) -> QuerySet[Any]:
    rows = reach.about(Whose.HOLDER, person).order_by("pk").distinct()
    if body is None:
        return rows
    names = {field.name for field in reach.model._meta.concrete_fields if isinstance(field, ForeignKey)}
    way = next((way for way in _BODY_OF if way.split("__")[0] in names), "")
    return rows.filter(**{way: body}) if way else rows.none()


def _ground(person: User) -> Iterator[Section]:
    """What the installation itself holds: keys, roles, requests."""
    keys = ApiKey.objects.filter(user=person).order_by("pk")
    yield Section(
        "Keys for programs",
        [[("for", key.name), ("made", plainly(key.made_on)), ("until", plainly(key.ends_on))] for key in keys],
    )
    roles = Membership.objects.filter(user=person).select_related("organisation").order_by("since")
    yield Section(
        "Memberships",
        [
            [("organisation", one.organisation.name), ("role", one.get_role_display()), ("since", plainly(one.since)),
             *([("until", plainly(one.ended_at))] if one.ended_at else [])]
            for one in roles
        ],
    )  # fmt: skip
    yield originals(every_original_of(person))
    asked = Asked.objects.filter(Q(by=person) | Q(subject=f"user:{person.ref}")).select_related("organisation")
    yield Section(
        "What you asked of your data",
        [
            [("of", one.organisation.name), ("when", plainly(one.came_on)), ("what", one.get_right_display()),
             ("in your words", one.words), ("answer", one.answer)]
            for one in asked.order_by("pk")
        ],
    )  # fmt: skip


class _Others:
    """Others who acted, by initials; and their names in what was written."""

    def __init__(self, person: User) -> None:
        self._person = person
        self._known: dict[int, str] = {}

    def initials(self, key: int) -> str:
        """Who an account is, for the person: 'you', or 'D. L.'."""
        if key == self._person.pk:
            return YOU
        if key not in self._known:
            self._known[key] = User.objects.values_list("name", flat=True).get(pk=key)
        return reduced(self._known[key])

    def out_of(self, text: str) -> str:
        """A text with the names of those who acted reduced to initials."""
        for name in sorted({one for one in self._known.values() if one}, key=len, reverse=True):
            text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", reduced(name), text, flags=re.IGNORECASE)
        return text


def reduced(name: str) -> str:
    """'Dot Lindqvist' as 'D. L.'."""
    return " ".join(f"{part[0].upper()}." for part in name.split())


def _lines(row: Model, hidden: _Others) -> list[tuple[str, str]]:
    lines: list[tuple[str, str]] = []
    texts: list[tuple[str, str]] = []
    for column in row._meta.concrete_fields:
        value = getattr(row, column.attname)
        if column.name in _SILENT or isinstance(column, FileField) or value in (None, "", [], {}):
            continue
        if isinstance(column, ForeignKey):
            if column.related_model is User:
                lines.append((str(column.verbose_name), hidden.initials(value)))
        else:
            texts.append((str(column.verbose_name), said_of(column, value)))
    return [*((what, hidden.out_of(said)) for what, said in texts), *lines]


def _files(person: User, body: Organisation | None) -> Iterator[tuple[str, bytes]]:
    """The files of their own portfolios and applications."""
    rows = Item.objects.filter(journey__person=person, destroyed_at=None).exclude(file="").select_related("journey")
    if body is not None:
        rows = rows.filter(journey__edition__body=body)
    for number, item in enumerate(rows.order_by("pk"), start=1):
        with item.file.open() as file:
            yield f"files/{safe_name(number, item.title, item.file_name, item.media_type)}", file.read()


def _services(person: User) -> list[str]:
    rows = [
        *Mentee.objects.filter(user=person, erased_at=None).values_list("service__name", flat=True),
        *Mentor.objects.filter(user=person, erased_at=None).values_list("service__name", flat=True),
        *Staff.objects.filter(user=person).values_list("service__name", flat=True),
    ]
    return sorted(set(rows))


def _mail(person: User, body: Organisation | None) -> Section:
    rows = Message.objects.filter(Q(to=person) | Q(email__iexact=person.email)).order_by("created_at", "pk")
    if body is not None:
        rows = rows.filter(organisation=body)
    return Section(
        "Mail to you",
        [[("subject", one.subject), ("written", plainly(one.created_at)), ("state", one.state)] for one in rows],
    )


def _did(person: User, body: Organisation | None) -> Section:
    rows = Record.objects.filter(actor=person.actor).order_by("seq")
    if body is not None:
        rows = rows.filter(organisation=body.ref)
    return Section(
        "What you did, as the record of acts has it",
        [
            [("when", plainly(at)), ("what", act), ("about", subject)]
            for at, act, subject in rows.values_list("at", "act", "subject")
        ],
    )
