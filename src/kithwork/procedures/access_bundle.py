"""All that is held about one person, to be handed to them: readable pages and the same as data.

Article 15 of the UK GDPR: they get what is about them; what would tell of somebody else is left out, and it is said
that it was. Found by walking from the person's row along the foreign keys, so that a new table is in it by itself.
"""

import json
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import IO, Any, TypeAlias

from django.db import transaction
from django.db.models import Field, FileField, ForeignKey, Model, Q
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.caseload.actions.erasing import names_of, subject_of
from kithwork.caseload.actions.moving import called, sent_out
from kithwork.caseload.models import Mentee, Mentor, OneTimeLink, Practice, Reference, Referral, Vetting
from kithwork.caseload.queries.equalities import answers_of
from kithwork.core.service.slots import SLOTS
from kithwork.core.tables import plain
from kithwork.core.verdict import Refused
from kithwork.gate.models import Original
from kithwork.gate.queries import words_of
from kithwork.ledger.models import Record
from kithwork.notices.models import Message
from kithwork.procedures.exporting.tables import ONLY_WITH, tables
from kithwork.procedures.gating.people import originals_naming, unread_originals
from kithwork.procedures.readable import readable, upper

Person: TypeAlias = Mentee | Mentor

ANOTHER, STAFF, YOU = "[another person]", "a member of staff", "you"
# columns that are about somebody else in a row about this person, and columns that say nothing to a reader
_OTHERS: dict[str, frozenset[str]] = {
    "Mentee": frozenset({"carer", "carer_email", "carer_phone"}),
    "Mentor": frozenset({"line_manages", "assesses"}),
    "Referral": frozenset({"name", "email", "phone"}),
    "Dispute": frozenset({"arbiter"}),
    "Match": frozenset({"introduced_by"}),
}
_IN_CONFIDENCE = frozenset({"name", "relation", "email", "phone", "answers", "note"})  # of a reference
_SILENT = frozenset({"id", "token_digest", "lat", "lon"})
# what hangs on a match, and is the mentee's alone or what somebody else said of it
_MENTEES_OWN = frozenset({"Review", "Plan", "Goal", "DropoutRisk"})
_CONCERNS = frozenset({"Concern", "ConcernStep"})


@dataclass(slots=True)
class Section:
    """Rows of one kind, each as lines of (what, said)."""

    title: str
    rows: list[list[tuple[str, str]]] = field(default_factory=list)


@dataclass(slots=True)
class Bundle:
    """What is held, and what was left out: reason -> how often."""

    name: str
    sections: list[Section] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)


class Apart(StrEnum):
    """What is in a bundle only when somebody ticks it and says why."""

    VETTING = "vetting"
    EQUALITIES = "equalities"


class Because(StrEnum):
    """Why it goes with it: closed, so that the ledger can say it."""

    THEY_ASK = "they-ask"
    AUTHORITY = "authority"


@transaction.atomic
def hand_over(
    *,
    practice: Practice,
    person: Person,
    concerns: bool,
    out: IO[bytes],
    by: User | None,
    now: datetime,
    apart: Collection[Apart] = (),
    because: Because | None = None,
) -> Bundle:
    """Write the bundle of a mentee or mentor as a zip of `everything.html` and `everything.json`. Writes the ledger.

    `concerns`: whether worries about somebody's safety go with it; whoever answers for safeguarding decides that, for
    telling of one may do harm. `apart`: what else goes with it, and `because`. `by` None is who runs the installation.
    Raises Refused for something apart without a reason.
    """
    if apart and because is None:
        raise Refused("Say why vetting or equalities answers go with it.")
    found = bundle(practice=practice, person=person, concerns=concerns, apart=apart)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        keeper = f"{practice.service.name}, {practice.service.organisation.name}"
        put_into(archive, found, keeper, timezone.localdate(now))
    told = {"apart": sorted(one.value for one in apart), "because": because.value} if because and apart else {}
    sent_out(practice=practice, what="bundle", by=by, person=person.ref, concerns=concerns, **told)
    return found


def put_into(archive: zipfile.ZipFile, found: Bundle, keeper: str, day: date) -> None:
    """The bundle as a page to read, and the same as data. `keeper` is who holds it."""
    archive.writestr("everything.html", "\n".join(_page(found, keeper, day)))
    archive.writestr("everything.json", json.dumps(_data(found, keeper, day), indent=2, ensure_ascii=False))


def bundle(*, practice: Practice, person: Person, concerns: bool, apart: Collection[Apart] = ()) -> Bundle:
    """What is held about a person of this service, without other people's names where they are known."""
    made = Bundle(person.name)
    hidden = _Hidden(person, practice)
    made.sections.append(Section("Your record", [_lines(person, person, made, hidden)]))
    for model, paths in _reach(type(person)):
        if model.__name__ in _CONCERNS and not concerns:
            if _rows(model, paths, person).exists():
                made.left_out[
                    "worries about somebody’s safety: whoever answers for safeguarding decides about them"
                ] += 1
            continue
        rows = _rows(model, paths, person)
        if model is Vetting and Apart.VETTING not in apart:
            if rows.exists():
                made.left_out["checks of criminal records: what came of them is handed over when they ask for it"] += 1
            continue
        if model.__name__ == "Questionnaire":
            rows = rows.filter(whose="mentee" if isinstance(person, Mentee) else "mentor")
        section = Section(title_of(model))
        for row in rows.iterator(500):
            section.rows.append(_lines(row, person, made, hidden))
        if section.rows:
            made.sections.append(section)
    named = originals_naming(service=practice.service, subject=subject_of(person), names=names_of(person))
    told_of = originals(named, lambda said: hidden.out_of(said)[0])
    made.sections += [one for one in (told_of, _mail(person, practice), _done(person)) if one.rows]
    if named:
        made.left_out["what is in the originals of evidence that name you: they tell of others too"] += len(named)
    if unread := len(unread_originals(practice.service)):
        made.left_out["files at the privacy gate that nobody has read: whether they name you cannot be told"] += unread
    if isinstance(person, Mentor) and Reference.objects.filter(mentor=person).exists():
        made.left_out["what references say: they were given in confidence (Data Protection Act 2018, schedule 2)"] += 1
    if Apart.EQUALITIES in apart:
        told = [(what, plainly(said)) for answers in answers_of(person) for what, said in answers.items()]
        made.sections.append(Section("Your equalities answers", [told] if told else []))
    else:
        made.left_out["equalities answers: they are kept apart, and handed over when they ask for them"] += 1
    return made


@cache
def _reach(target: type[Person]) -> tuple[tuple[type[Model], tuple[str, ...]], ...]:
    """Every kind of row that hangs on a mentee or a mentor, with the ways from it to the person."""
    found: dict[type[Model], tuple[str, ...]] = {target: ("",)}
    people: set[type[Model]] = {Mentee, Mentor}
    models: list[type[Model]] = [*(table.model for table in tables(frozenset(ONLY_WITH))), OneTimeLink]
    for model in models:
        if model in people or (target is Mentor and model.__name__ in _MENTEES_OWN):
            continue
        keys = [
            one for one in model._meta.concrete_fields if isinstance(one, ForeignKey) and one.related_model in found
        ]
        direct = [one.name for one in keys if one.related_model is target]
        ways = direct or [f"{one.name}__{path}" for one in keys for path in found[one.related_model]]
        if ways:
            found[model] = tuple(ways)
    found.pop(target)
    return tuple(found.items())


def _rows(model: type[Model], paths: tuple[str, ...], person: Person) -> Any:
    wanted = Q()
    for path in paths:
        wanted |= Q(**{path: person})
    return model._default_manager.filter(wanted).order_by("pk").distinct()


def originals(rows: Iterable[Original], hide: Callable[[str], str] = str) -> Section:
    """Files at the privacy gate: what each is called and its days. Not what is in it, which tells of others."""
    section = Section("Originals of evidence at the privacy gate")
    for one in rows:
        words, days = words_of(one), (("approved", one.approved_at), ("destroyed", one.destroyed_at))
        section.rows.append(
            [
                *((what, hide(said)) for what, said in (("file", words.file_name), ("title", words.title)) if said),
                ("added", plainly(one.added_on)),
                ("state", one.get_state_display()),
                *((what, plainly(at)) for what, at in days if at),
            ]
        )
    return section


class _Hidden:
    """The names of others, so that they can be taken out of what was written."""

    def __init__(self, person: Person, practice: Practice) -> None:
        own = set(plain(f"{person.name} {person.known_as}").split())
        whole: set[str] = set()
        for model in (Mentee, Mentor):
            others = model._default_manager.filter(service=practice.service)
            if isinstance(person, model):
                others = others.exclude(pk=person.pk)
            for name, known_as in others.values_list("name", "known_as"):
                whole.update(said for said in (name, known_as) if " " in said)
        near = {name for match in _matches(person) for name in match}
        if isinstance(person, Mentee):
            near.add(person.carer)
            near.update(Referral.objects.filter(mentee=person).exclude(source="self").values_list("name", flat=True))
        else:
            near.update(Reference.objects.filter(mentor=person).values_list("name", flat=True))
        parts = {part for name in near for part in name.split() if len(part) > 1 and plain(part) not in own}
        words = sorted((said for said in whole | near | parts if said and plain(said)), key=len, reverse=True)
        self._pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b", re.IGNORECASE) if words else None

    def out_of(self, text: str) -> tuple[str, int]:
        """The text without them, and how many there were."""
        return self._pattern.subn(ANOTHER, text) if self._pattern else (text, 0)


def _matches(person: Person) -> Iterator[tuple[str, str]]:
    side = "mentor" if isinstance(person, Mentee) else "mentee"
    yield from person.matches.values_list(f"{side}__name", f"{side}__known_as")


def _lines(row: Model, person: Person, made: Bundle, hidden: _Hidden) -> list[tuple[str, str]]:
    """One row as lines: everything it says, save what is silent and what is about others."""
    lines: list[tuple[str, str]] = []
    kind = type(row).__name__
    for column in row._meta.concrete_fields:
        if column.name in _SILENT or isinstance(column, FileField):
            continue
        value = getattr(row, column.attname)
        if value in (None, "", [], {}):
            continue
        if column.name in _OTHERS.get(kind, ()) and not (kind == "Referral" and getattr(row, "source", "") == "self"):
            made.left_out["names and addresses of other people"] += 1
            said = ANOTHER
        elif kind == "Reference" and column.name in _IN_CONFIDENCE:
            continue
        elif isinstance(column, ForeignKey):
            said = _who(column, value, person)
        else:
            said, number = hidden.out_of(said_of(column, value))
            if number:
                made.left_out["names of other people in what was written"] += number
        if said:
            lines.append((str(column.verbose_name), said))
    return lines


def _who(column: "ForeignKey[Any, Any]", key: int, person: Person) -> str:
    if column.related_model is User:
        return YOU if key == person.user_id else STAFF
    if column.related_model in (Mentee, Mentor):
        return "" if column.related_model is type(person) and key == person.pk else ANOTHER
    return ""


def said_of(column: "Field[Any, Any]", value: Any) -> str:
    if column.choices:
        labels = {code: str(label) for code, label in column.flatchoices}
        return labels.get(value, str(value))
    return plainly(value)


def plainly(value: Any) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case datetime():
            return f"{timezone.localtime(value):%d/%m/%Y %H:%M}"
        case date():
            return f"{value:%d/%m/%Y}"
        case list():
            return "; ".join(plainly(one) for one in value)
        case dict():
            return "; ".join(f"{key}: {plainly(one)}" for key, one in value.items())
        case str():
            return SLOTS.get(value, value)
        case _:
            return str(value)


def title_of(model: type[Model]) -> str:
    return upper(called(model))


def _mail(person: Person, practice: Practice) -> Section:
    """What was mailed to them: when and what about, for the mail itself says no more."""
    wanted = Q(email__iexact=person.email) if person.email else Q(pk=None)
    if person.user_id:
        wanted |= Q(to=person.user_id)
    rows = Message.objects.filter(wanted, organisation=practice.service.organisation_id).order_by("created_at")
    return Section(
        "Mail to you",
        [[("subject", one.subject), ("written", plainly(one.created_at)), ("state", one.state)] for one in rows],
    )


def _done(person: Person) -> Section:
    """What was done with the record, as the ledger has it."""
    subject = f"{'mentee' if isinstance(person, Mentee) else 'mentor'}:{person.ref}"
    rows = Record.objects.filter(subject=subject).order_by("seq").values_list("at", "act")
    return Section("What was done with your record", [[("when", plainly(at)), ("what", act)] for at, act in rows])


def _data(found: Bundle, keeper: str, day: date) -> dict[str, Any]:
    return {
        "held_by": keeper,
        "made_on": day.isoformat(),
        "sections": [{"title": one.title, "rows": [dict(row) for row in one.rows]} for one in found.sections],
        "left_out": sorted(found.left_out),
    }


def _page(found: Bundle, keeper: str, day: date) -> Iterator[str]:
    yield from readable(
        f"All that is held about {found.name}",
        (
            f"{keeper}. Made on {day:%d/%m/%Y}.",
            "You may ask for anything that is wrong to be put right. The same stands as data in everything.json.",
        ),
        ((section.title, section.rows) for section in found.sections),
        "What was left out, and why",
        sorted(found.left_out),
    )
