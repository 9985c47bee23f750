"""From sound rows to rows of the tables, not yet saved."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Model

from kithwork.accounts.models import User
from kithwork.caseload.actions.practice import WORDS_OF_CONSENT
from kithwork.caseload.actions.vetting import counts_until
from kithwork.caseload.models import (
    Consent,
    Contact,
    Ending,
    Match,
    Mentee,
    Mentor,
    MentorStep,
    Practice,
    Referral,
    Vetting,
)
from kithwork.procedures.importing.columns import Of
from kithwork.procedures.importing.reading import Row

FROM = "brought in from a spreadsheet"
_SOMEONE = (
    "name",
    "known_as",
    "born",
    "email",
    "phone",
    "address",
    "postcode",
    "contact_wishes",
    "emergency",
    "gender",
    "interests",
    "languages",
    "availability",
    "way",
    "hopes_for",
    "wishes",
    "number",
    "left_on",
    "left_because",
)
_MENTEE = (*_SOMEONE, "came_on", "accepted_on", "needs", "carer", "carer_email", "carer_phone")
_MENTOR = (*_SOMEONE, "applied_on", "accepted_on", "skills", "places", "max_km", "employer")
# what a record on hand may learn from a row of the same person: nothing that decides where they stand
_LEARNT = frozenset(_SOMEONE) - {"name", "way", "left_on", "left_because"}
_LEARNT_BY = {
    Of.MENTEES: _LEARNT | {"needs", "carer", "carer_email", "carer_phone"},
    Of.MENTORS: _LEARNT | {"skills", "employer"},
}


def learnt(kind: str, row: Row) -> dict[str, Any]:
    """What somebody on record may be filled in with."""
    return {name: value for name, value in row.values.items() if name in _LEARNT_BY[Of(kind)]}


def rows_for(kind: str, rows: Sequence[Row], practice: Practice, by: User, now: datetime) -> list[list[Model]]:
    """Unsaved rows, those of one kind together, in the order in which they hang on each other."""
    match kind:
        case Of.MENTEES:
            return _mentees(rows, practice, by, now)
        case Of.MENTORS:
            return _mentors(rows, practice, by, now)
        case Of.MATCHES:
            return _matches(rows, practice, by)
        case _:
            return [[_contact(row.values, practice, by, now) for row in rows]]


def _only(values: dict[str, Any], names: Sequence[str]) -> dict[str, Any]:
    return {name: values[name] for name in names if name in values}


def _mentees(rows: Sequence[Row], practice: Practice, by: User, now: datetime) -> list[list[Model]]:
    people: list[Model] = []
    referrals: list[Model] = []
    for row in rows:
        values = row.values
        mentee = Mentee(
            service_id=practice.service_id,
            waiting_since=values.get("accepted_on"),
            priority=int(values.get("priority", 0)),
            changed_at=now,
            **_only(values, _MENTEE),
        )
        people.append(mentee)
        named = "organisation" in values or "referrer" in values
        accepted = values.get("accepted_on")
        referrals.append(
            Referral(
                mentee=mentee,
                source=values.get("source") or (Referral.Source.AGENCY if named else Referral.Source.SELF),
                came_on=mentee.came_on,
                name=values.get("referrer", ""),
                organisation=values.get("organisation", ""),
                email=values.get("referrer_email", ""),
                phone=values.get("referrer_phone", ""),
                why=values.get("why", ""),
                outcome=Referral.Outcome.ACCEPTED if accepted else "",
                decided_on=accepted,
                decided_by_id=by.pk if accepted else None,
                reason=f"Accepted before the records came here; {FROM}." if accepted else "",
            )
        )
    return [people, referrals]


def _mentors(rows: Sequence[Row], practice: Practice, by: User, now: datetime) -> list[list[Model]]:
    people: list[Model] = []
    consents: list[Model] = []
    steps: list[Model] = []
    checks: list[Model] = []
    wording = practice.words_of_consent.get(Consent.Kind.DATA, WORDS_OF_CONSENT[Consent.Kind.DATA])
    kinds = (
        ("interview_on", MentorStep.Kind.INTERVIEW),
        ("accepted_on", MentorStep.Kind.SELECTION),
        ("induction_on", MentorStep.Kind.INDUCTION),
        ("badge_on", MentorStep.Kind.BADGE),
    )
    for row in rows:
        values = row.values
        mentor = Mentor(service_id=practice.service_id, changed_at=now, **_only(values, _MENTOR))
        people.append(mentor)
        if on := values.get("consented_on"):
            consents.append(
                Consent(
                    mentor=mentor,
                    kind=Consent.Kind.DATA,
                    answer=Consent.Answer.GIVEN,
                    on=on,
                    wording=wording,
                    how=FROM,
                    by=by,
                )
            )
        for name, kind in kinds:
            if on := values.get(name):
                chosen = kind == MentorStep.Kind.SELECTION
                steps.append(
                    MentorStep(
                        mentor=mentor,
                        kind=kind,
                        on=on,
                        by=by,
                        outcome=MentorStep.Outcome.YES if chosen else MentorStep.Outcome.DONE,
                        note=f"Selected before the records came here; {FROM}." if chosen else "",
                    )
                )
        if on := values.get("vetting_on"):
            checks.append(
                Vetting(
                    mentor=mentor,
                    level=values["vetting_level"],
                    asked_on=on,
                    on=on,
                    outcome=Vetting.Outcome.CLEAR,
                    by=by,
                    expires_on=values.get("vetting_expires") or counts_until(on, practice),
                    update_service=values.get("update_service", False),
                )
            )
    return [people, consents, steps, checks]


def _matches(rows: Sequence[Row], practice: Practice, by: User) -> list[list[Model]]:
    matches: list[Model] = []
    endings: list[Model] = []
    for row in rows:
        values = row.values
        proposed = values.get("proposed_on") or values["introduced_on"]
        match = Match(
            service_id=practice.service_id,
            mentee_id=values["mentee"],
            mentor_id=values["mentor"],
            proposed_on=proposed,
            proposed_by=by,
            mentee_answer=Match.Answer.YES,
            mentor_answer=Match.Answer.YES,
            mentee_answered_on=proposed,
            mentor_answered_on=proposed,
            **_only(values, ("introduced_on", "first_met_on", "rationale", "meets", "ended_on")),
        )
        matches.append(match)
        if ended := values.get("ended_on"):
            endings.append(
                Ending(
                    match=match,
                    kind=values["ending"],
                    known_on=ended,
                    last_day=ended,
                    by=by,
                    reason=values.get("ended_because") or f"Not written down; {FROM}.",
                )
            )
    return [matches, endings]


def _contact(values: dict[str, Any], practice: Practice, by: User, now: datetime) -> Contact:
    """Meetings of old are not laid before anybody to read."""
    meeting = values["kind"] == Contact.Kind.MEETING
    return Contact(
        service_id=practice.service_id,
        kind=values["kind"],
        mentee_id=values["mentee"],
        mentor_id=values["mentor"],
        match_id=values["match"],
        on=values["on"],
        way=values["way"],
        reached=values.get("reached", True),
        minutes=values.get("minutes"),
        words=values["words"],
        by=by,
        read_at=now if meeting else None,
        read_by=by if meeting else None,
    )
