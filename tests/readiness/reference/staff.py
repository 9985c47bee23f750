"""Staff files, one member of staff at a time."""

from datetime import date
from typing import Any

from kithwork.core.readiness.catalogue import staff as kinds
from kithwork.core.readiness.catalogue.staff import StaffTopic
from kithwork.governance.models import Staff
from tests.readiness.reference.plain import Answers, Row, World, last_of, latest, since

TOPICS = {
    StaffTopic.PROTECTION: "protection",
    StaffTopic.RISK: "risk",
    StaffTopic.VOLUNTEERS: "volunteers",
    StaffTopic.TRAINERS: "trainers",
    StaffTopic.CHALLENGES: "challenges",
}


def _here(world: World, *, once: bool, one_to_one: bool = False) -> list[Staff]:
    found = []
    for one in world.staff:
        begun = one.began_on < world.at if once else one.began_on <= world.at
        gone = one.ended_on is not None and one.ended_on < world.at
        away = (
            one.away_from is not None
            and one.away_from <= world.at
            and (one.away_until is None or one.away_until >= world.at)
        )
        if one.mentoring and begun and not gone and not away and (one.one_to_one or not one_to_one):
            found.append(one)
    return found


def _of(world: World, rows: list[Any], one: Staff, day: str = "on") -> list[Any]:
    return [row for row in rows if row.staff_id == one.pk and getattr(row, day) <= world.at]


def references_taken(world: World, asked: kinds.StaffReferencesTaken) -> list[Row]:
    return [
        Row(
            one.ref,
            sum(row.satisfactory for row in _of(world, world.staff_references, one, "received_on")) >= asked.count,
        )
        for one in _here(world, once=True, one_to_one=True)
    ]


def vetting_cleared(world: World, asked: kinds.StaffVettingCleared) -> list[Row]:
    rows = []
    for one in _here(world, once=True, one_to_one=True):
        last = last_of(_of(world, world.staff_vettings, one), lambda row: row.on)
        rows.append(Row(one.ref, last is not None and last.clear, last.expires_on if last else None))
    return rows


def training_completed(world: World, asked: kinds.StaffTrainingCompleted) -> list[Row]:
    rows = []
    for one in _here(world, once=True):
        had = {row.topic for row in _of(world, world.staff_trainings, one)}
        rows.append(Row(one.ref, all(TOPICS[topic] in had for topic in asked.topics)))
    return rows


def training_recorded(world: World, asked: kinds.StaffTrainingRecorded) -> list[Row]:
    return [Row(one.ref, bool(_of(world, world.staff_trainings, one))) for one in _here(world, once=True)]


def badges_issued(world: World, asked: kinds.StaffBadgesIssued) -> list[Row]:
    return [Row(one.ref, world.known(one.badge_on)) for one in _here(world, once=True)]


def _back(world: World, one: Staff) -> date | None:
    return one.away_until if one.away_until is not None and one.away_until < world.at else None


def supervision_held(world: World, asked: kinds.StaffSupervisionHeld) -> list[Row]:
    rows = []
    for one in _here(world, once=False):
        held = [row.on for row in _of(world, world.staff_supervisions, one) if row.minuted or not asked.minuted]
        rows.append(Row(one.ref, True, asked.every.after(since(one.began_on, latest(held), _back(world, one)))))
    return rows


def appraisals_held(world: World, asked: kinds.AppraisalsHeld) -> list[Row]:
    rows = []
    for one in _here(world, once=False):
        held = [row.on for row in _of(world, world.appraisals, one) if row.by_job_description]
        rows.append(Row(one.ref, True, asked.every.after(since(one.began_on, latest(held), _back(world, one)))))
    return rows


def training_needs_assessed(world: World, asked: kinds.TrainingNeedsAssessed) -> list[Row]:
    rows = []
    for one in _here(world, once=False):
        held = [row.on for row in _of(world, world.appraisals, one) if row.needs_assessed]
        rows.append(Row(one.ref, True, asked.every.after(since(one.began_on, latest(held), _back(world, one)))))
    return rows


ANSWERS: Answers = {
    kinds.StaffReferencesTaken: references_taken,
    kinds.StaffVettingCleared: vetting_cleared,
    kinds.StaffTrainingCompleted: training_completed,
    kinds.StaffSupervisionHeld: supervision_held,
    kinds.AppraisalsHeld: appraisals_held,
    kinds.StaffTrainingRecorded: training_recorded,
    kinds.TrainingNeedsAssessed: training_needs_assessed,
    kinds.StaffBadgesIssued: badges_issued,
}
