"""The dry run: what bringing in a table would do, row by row, without doing it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from kithwork.caseload.models import Contact, Import, Match, Mentee, Mentor
from kithwork.core.tables import Book, Table, best_sheet, table_of
from kithwork.organisations.models import Service
from kithwork.procedures.importing.columns import FIELDS, Of
from kithwork.procedures.importing.people import Known, People, Unclear
from kithwork.procedures.importing.reading import Fault, Read, Row, guessed, missing, read, vocabulary


class Same(StrEnum):
    """What is done with a row that is somebody, or something, that is here already."""

    SKIP = "skip"  # leave the row out
    MERGE = "merge"  # fill in what the record does not say
    NEW = "new"  # bring it in all the same


@dataclass(frozen=True, slots=True)
class Twin:
    """A row that looks like something on record, or in an earlier row, and what will be done about it."""

    row: int
    shown: str
    like: Known
    answer: Same
    fixed: bool = False  # cannot be brought in twice, whatever is answered


@dataclass(slots=True)
class Plan:
    """What would be brought in: `new` rows, `filled` those of people on record with what the row knows of them. With
    their faults, what looks like something that is here, the rows that are no data, and notes about the reading.
    """

    kind: str
    read: int = 0
    new: list[Row] = field(default_factory=list)
    filled: list[tuple[Known, Row]] = field(default_factory=list)
    twins: list[Twin] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    left_out: tuple[tuple[int, str], ...] = ()
    notes: list[str] = field(default_factory=list)

    @property
    def faulty(self) -> int:
        """How many rows have a fault."""
        return len({fault.row for fault in self.faults})

    @property
    def skipped(self) -> int:
        return sum(twin.answer is Same.SKIP for twin in self.twins)


def table_in(book: Book, kind: str, sheet: int | None = None, heading_row: int | None = None) -> tuple[int, Table]:
    """Which sheet, and its table: those named, or those whose headings are known best."""
    known = vocabulary(FIELDS[kind])
    number = best_sheet(book.sheets, known) if sheet is None or not 0 <= sheet < len(book.sheets) else sheet
    return number, table_of(book.sheets[number], known, heading_row)


def guess(kind: str, table: Table) -> dict[str, str]:
    """Field -> heading, where it is certain."""
    return guessed(FIELDS[kind], table)


def plan(
    *,
    service: Service,
    kind: str,
    table: Table,
    mapping: Mapping[str, str],
    today: date,
    same: Same | None = None,
    answers: Mapping[int, Same] | None = None,
    notes: Sequence[str] = (),
) -> Plan:
    """The dry run. `same` is done with every row that is here already, unless `answers` says something else for its
    number; where neither does, the row is left out of what would be brought in, and asked about.
    """
    fields = FIELDS[kind]
    lacking = missing(fields, mapping)
    made = Plan(kind, left_out=table.left_out, notes=list(notes))
    if lacking:
        made.faults = [
            Fault(table.row, "", "", f"No column gives ‘{label}’, which every row needs.") for label in lacking
        ]
        return made
    found = read(fields, table, mapping, today)
    made.read = len(found.rows) + len({fault.row for fault in found.faults})
    made.faults, made.notes = found.faults, [*made.notes, *found.notes]
    asked = _Asked(same or Same.SKIP, answers or {})
    steps: dict[str, Callable[[Plan, Read, Service, _Asked], None]] = {
        Of.MENTEES: _people, Of.MENTORS: _people, Of.MATCHES: _matches, Of.CONTACTS: _contacts,
    }  # fmt: skip
    steps[kind](made, found, service, asked)
    made.faults.sort()
    return made


@dataclass(frozen=True, slots=True)
class _Asked:
    general: Same
    answers: Mapping[int, Same]

    def of(self, row: int) -> Same:
        return self.answers.get(row, self.general)


def _fault(found: Read, row: Row, name: str, message: str) -> Fault:
    column, heading = found.where.get(name, ("", ""))
    return Fault(row.number, column, heading, message)


def _in_order(found: Read, row: Row, *pairs: tuple[str, str, str]) -> list[Fault]:
    return [
        _fault(found, row, second, said)
        for first, second, said in pairs
        if first in row.values and second in row.values and row.values[second] < row.values[first]
    ]


def _whole_name(values: dict[str, Any]) -> str:
    parts = [values.pop("given", ""), values.pop("family", "")]
    name = values.get("name", "") or " ".join(part for part in parts if part)
    if name.count(",") == 1:  # 'Parry, Siân'
        family, given = (part.strip() for part in name.split(","))
        name = f"{given} {family}".strip()
    return str(name)


def _people(made: Plan, found: Read, service: Service, asked: _Asked) -> None:
    mentees = made.kind == Of.MENTEES
    began = "came_on" if mentees else "applied_on"
    people = People(service, Mentee if mentees else Mentor, "mentee" if mentees else "mentor")
    rows_by_number: dict[int, Row] = {}
    for row in found.rows:
        values = row.values
        values["name"] = _whole_name(values)
        faults = _in_order(
            found, row,
            (began, "accepted_on", "This is before the day they came."),
            (began, "left_on", "This is before the day they came."),
            ("born", began, "This is before they were born."),
        )  # fmt: skip
        if not values["name"]:
            faults.append(_fault(found, row, "family", "The row has no name."))
        if began not in values:
            if "accepted_on" in values:
                values[began] = values["accepted_on"]
            else:
                what = "referred or accepted" if mentees else "applied or were accepted"
                faults.append(_fault(found, row, began, f"Empty: the day on which they {what} is needed."))
        if not mentees and "vetting_on" in values and "vetting_level" not in values:
            faults.append(_fault(found, row, "vetting_level", "A check needs its level, such as enhanced."))
        faults += _in_order(found, row, ("vetting_on", "vetting_expires", "This is before the certificate."))
        if faults:
            made.faults += faults
            continue
        name, number, born = values["name"], values.get("number", ""), values.get("born")
        like = people.alike(name, number, born)
        if like is None:
            made.new.append(row)
            rows_by_number[row.number] = row
            people.meet(name, number, born, row.number)
            continue
        twin = Twin(row.number, name, like, asked.of(row.number))
        made.twins.append(twin)
        if twin.answer is Same.NEW:
            made.new.append(row)
            rows_by_number[row.number] = row
        elif twin.answer is Same.MERGE and like.row:
            earlier = rows_by_number[like.row].values
            earlier.update({key: value for key, value in values.items() if key not in earlier})
        elif twin.answer is Same.MERGE:
            made.filled.append((like, row))


def _meant(made: Plan, found: Read, row: Row, name: str, people: People) -> Known | None:
    said = row.values.get(name)
    if not said:
        return None
    try:
        return people.meant(str(said))
    except Unclear as why:
        made.faults.append(_fault(found, row, name, str(why)))
        return None


def _matches(made: Plan, found: Read, service: Service, asked: _Asked) -> None:
    mentees, mentors = People(service, Mentee, "mentee"), People(service, Mentor, "mentor")
    live: set[tuple[int, int]] = set()
    there: set[tuple[int, int, date | None]] = set()
    for mentee_id, mentor_id, introduced, ended in Match.objects.filter(
        service=service, withdrawn_on__isnull=True
    ).values_list("mentee_id", "mentor_id", "introduced_on", "ended_on"):
        there.add((mentee_id, mentor_id, introduced))
        if ended is None:
            live.add((mentee_id, mentor_id))
    for row in found.rows:
        before = len(made.faults)
        mentee = _meant(made, found, row, "mentee", mentees)
        mentor = _meant(made, found, row, "mentor", mentors)
        for one, name in ((mentee, "mentee"), (mentor, "mentor")):
            if one and one.accepted_on is None:
                made.faults.append(_fault(found, row, name, f"‘{one.name}’ has not been accepted. Record that first."))
        made.faults += _in_order(
            found, row,
            ("introduced_on", "ended_on", "This is before they were introduced."),
            ("introduced_on", "first_met_on", "This is before they were introduced."),
            ("proposed_on", "introduced_on", "This is before it was decided."),
        )  # fmt: skip
        if "ended_on" in row.values and "ending" not in row.values:
            made.faults.append(_fault(found, row, "ending", "The match has ended: write whether planned or sudden."))
        if len(made.faults) > before or mentee is None or mentor is None:
            continue
        pair, begun = (mentee.pk, mentor.pk), row.values["introduced_on"]
        over = "ended_on" in row.values
        row.values |= {"mentee": mentee.pk, "mentor": mentor.pk}
        if (*pair, begun) in there or (not over and pair in live):
            shown = f"{mentee.name} and {mentor.name}"
            fixed = not over and pair in live
            twin = Twin(row.number, shown, mentee, Same.SKIP if fixed else asked.of(row.number), fixed)
            made.twins.append(twin)
            if twin.answer is not Same.NEW:
                continue
        there.add((*pair, begun))
        if not over:
            live.add(pair)
        made.new.append(row)


def _contacts(made: Plan, found: Read, service: Service, asked: _Asked) -> None:
    mentees, mentors = People(service, Mentee, "mentee"), People(service, Mentor, "mentor")
    matches: dict[tuple[int, int], list[tuple[date, date, int]]] = {}
    for pk, mentee_id, mentor_id, begun, ended in Match.objects.filter(
        service=service, introduced_on__isnull=False
    ).values_list("pk", "mentee_id", "mentor_id", "introduced_on", "ended_on"):
        assert begun is not None
        matches.setdefault((mentee_id, mentor_id), []).append((begun, ended or date.max, pk))
    days = [row.values["on"] for row in found.rows if "on" in row.values]
    there: set[tuple[Any, ...]] = set()
    if days:
        rows = Contact.objects.filter(service=service, on__gte=min(days), on__lte=max(days))
        there.update(rows.values_list("kind", "mentee_id", "mentor_id", "on", "way", "words").iterator(5000))
    for row in found.rows:
        before, values = len(made.faults), row.values
        mentee = _meant(made, found, row, "mentee", mentees)
        mentor = _meant(made, found, row, "mentor", mentors)
        if len(made.faults) > before:
            continue
        kind = values.get("kind") or _kind_of(mentee, mentor)
        lacking = _lacking(kind, mentee, mentor)
        if lacking:
            made.faults.append(_fault(found, row, lacking, f"Empty, and the {lacking} is needed."))
            continue
        way, words = values.get("way", Contact.Way.MET), values.get("words", "")
        pair = (mentee.pk if mentee else None, mentor.pk if mentor else None)
        match = None
        if kind == Contact.Kind.MEETING and mentee and mentor:
            match = next(
                (pk for begun, end, pk in matches.get((mentee.pk, mentor.pk), ()) if begun <= values["on"] <= end), None
            )
        values |= {
            "kind": str(kind),
            "mentee": pair[0],
            "mentor": pair[1],
            "match": match,
            "way": str(way),
            "words": words,
        }
        key = (str(kind), *pair, values["on"], str(way), words)
        somebody = mentee or mentor
        if key in there and somebody:
            shown = " and ".join(one.name for one in (mentee, mentor) if one)
            twin = Twin(row.number, shown, somebody, asked.of(row.number))
            made.twins.append(twin)
            if twin.answer is not Same.NEW:
                continue
        there.add(key)
        made.new.append(row)


def _kind_of(mentee: Known | None, mentor: Known | None) -> str:
    if mentee and mentor:
        return Contact.Kind.MEETING
    return Contact.Kind.MENTOR if mentor else Contact.Kind.MENTEE


def _lacking(kind: str, mentee: Known | None, mentor: Known | None) -> str:
    """'mentee' or 'mentor', where a contact of this kind needs one that is not named."""
    if mentee is None and kind != Contact.Kind.MENTOR:
        return "mentee"
    return "mentor" if mentor is None and kind in (Contact.Kind.MEETING, Contact.Kind.MENTOR) else ""


ImportKind = Import.Kind
