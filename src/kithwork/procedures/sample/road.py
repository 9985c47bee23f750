"""A service's way down any scheme's road, to a named point of it, day by day."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.assessment import actions as assessment
from kithwork.assessment.models import Finding
from kithwork.core.days import Period
from kithwork.core.journey import Answer, ItemState
from kithwork.core.schemes import (
    CaseStudyStage,
    ChecklistStage,
    DecisionStage,
    Edition,
    EvidenceStage,
    FeeStage,
    FormStage,
    InterviewStage,
    MeetingStage,
    Requirement,
    Role,
    Stage,
    VisitStage,
)
from kithwork.evidence import actions as evidence
from kithwork.evidence.models import Feedback
from kithwork.journeys.editions import edition_of
from kithwork.journeys.models import Journey, PublishedEdition
from kithwork.journeys.queries import read
from kithwork.organisations.models import Service
from kithwork.procedures import applying, assessing, deciding
from kithwork.procedures.sample.people import Cast
from kithwork.procedures.sample.words import DECLARED, STORY, answer, let_go

POINTS = (
    "begun",
    "applied",
    "eligible",
    "registered",
    "sent",
    "returned",
    "online-done",
    "visited",
    "ready",
    "recommended",
    "awarded",
)


@dataclass(slots=True)
class Walk:
    """One service's way down a scheme. `today` moves forward as it goes."""

    cast: Cast
    journey: Journey
    edition: Edition
    today: date
    lead: User
    assessor: User
    last: date | None = None  # never walk beyond this day
    figures: dict[str, object] = field(default_factory=dict)

    def stages(self, *kinds: type[Any]) -> list[Any]:
        return [stage for stage in self.edition.stages if isinstance(stage, kinds)]

    def wait(self, days: int) -> None:
        """Let days pass, but not beyond the last one."""
        later = self.today + timedelta(days=days)
        self.today = min(later, self.last) if self.last else later

    def decision(self, *decides: str) -> DecisionStage:
        found: DecisionStage = next(s for s in self.stages(DecisionStage) if s.decides in decides)
        return found

    def to(self, point: str, since: str = POINTS[0]) -> "Walk":
        """Walk to a point of POINTS, from another at which it stands."""
        for name in POINTS[POINTS.index(since) + 1 : POINTS.index(point) + 1]:
            getattr(self, f"_{name.replace('-', '_')}")()
        return self

    def check(self) -> None:
        """Answer what is asked before anybody applies, with a yes to every question."""
        for stage in (one for one in self.stages(ChecklistStage) if one.by is Role.APPLICANT):
            applying.answer_checklist(
                journey=self.journey,
                stage=stage.id,
                answers={question.id: True for question in stage.questions},
                by=self.lead,
                today=self.today,
            )

    def _applied(self) -> None:
        self.check()
        self.wait(2)
        form: FormStage = next(one for one in self.stages(FormStage) if one.by is Role.APPLICANT)
        applying.hand_in_form(
            journey=self.journey,
            stage=form.id,
            answers={f.id: answer(f, self.edition, **self.figures) for f in form.fields},
            by=self.lead,
            today=self.today,
        )

    def _eligible(self) -> None:
        self.wait(5)
        applying.decide_eligibility(
            journey=self.journey,
            stage=self.decision("eligibility", "application").id,
            outcome=Answer.YES,
            reason="All five points are met.",
            by=self.cast.olu,
            today=self.today,
        )

    def _fee(self, stage: FeeStage) -> None:
        invoice = applying.issue_invoice(journey=self.journey, stage=stage.id, by=self.cast.olu, today=self.today)
        self.wait(6)
        applying.take_payment(invoice=invoice, by=self.cast.olu, today=self.today, paid_on=self.today)

    def _registered(self) -> None:
        appointment = applying.ask_assessor(
            journey=self.journey, assessor=self.assessor, by=self.cast.olu, today=self.today
        )
        applying.declare(appointment=appointment, conflict=False, wording=DECLARED, today=self.today)
        self._fee(self.stages(FeeStage)[0])

    def offer(self, requirement: Requirement, text: str = "") -> None:
        """A statement as evidence, dated well within what the requirement allows."""
        age = (
            timedelta(days=120) if requirement.fresh and requirement.fresh != Period(1, "year") else timedelta(days=40)
        )
        evidence.add_statement(
            journey=self.journey,
            slots=[requirement.id],
            title=f"{requirement.title}: how we do it",
            text=text or f"How we meet this: {requirement.asks} Reviewed by the management committee.",
            dated=self.today - age,
            casework=requirement.live,
            declared=requirement.live,
            by=self.lead,
            passing=let_go(self.lead),
            today=self.today,
        )

    def wanted(self, stage: Stage, *states: ItemState) -> list[str]:
        items = read(self.journey, self.today).position.stages[stage.id].items
        return [item.id for item in items.values() if item.state in states]

    def send(self, stage: Stage, slots: Sequence[str]) -> None:
        for slot in slots:
            self.offer(self.edition.requirement(slot))
        assessing.send_evidence(journey=self.journey, stage=stage.id, slots=slots, by=self.lead, today=self.today)

    def judge(self, stage: Stage, slots: Sequence[str], outcome: Feedback.Outcome, advice: str = "") -> None:
        for slot in slots:
            assessing.give_feedback(
                journey=self.journey,
                stage=stage.id,
                slot=slot,
                outcome=outcome,
                advice=advice,
                by=self.assessor,
                today=self.today,
            )

    def _sent(self) -> None:
        self.wait(25)
        stage: EvidenceStage = self.stages(EvidenceStage)[0]
        first = self.edition.areas[0].id
        blank = self.wanted(stage, ItemState.BLANK)
        self.send(stage, [slot for slot in blank if self.edition.requirement(slot).area == first])

    def _returned(self) -> None:
        self.wait(9)
        stage: EvidenceStage = self.stages(EvidenceStage)[0]
        sent = self.wanted(stage, ItemState.SENT)
        self.judge(stage, sent[:-2], Feedback.Outcome.CONFIRMED)
        self.judge(
            stage,
            sent[-2:-1],
            Feedback.Outcome.RETURNED,
            "The text says what you do, but not who checks that it is done. Add the post, and the last date.",
        )

    def online(self) -> None:
        """Send all that is not looked at during a visit, and have it confirmed."""
        for stage in self.stages(EvidenceStage):
            for area in self.edition.areas:
                owed = self.wanted(stage, ItemState.BLANK, ItemState.RETURNED)
                slots = [slot for slot in owed if self.edition.requirement(slot).area == area.id]
                if slots:
                    self.wait(12)
                    self.send(stage, slots)
            self.wait(6)
            self.judge(stage, self.wanted(stage, ItemState.SENT), Feedback.Outcome.CONFIRMED)

    def _online_done(self) -> None:
        self.online()
        for fee in self.stages(FeeStage)[1:]:
            self._fee(fee)

    def _at(self, hour: int) -> datetime:
        return timezone.make_aware(datetime.combine(self.today, time(hour)))

    def _visited(self) -> None:
        for meeting in self.stages(MeetingStage):
            assessing.arrange(
                journey=self.journey,
                stage=meeting.id,
                starts_at=self._at(10),
                by=self.assessor,
                role=Role.ASSESSOR,
                today=self.today,
                place="By video",
            )
            assessment.hold(journey=self.journey, stage=meeting.id, by=self.assessor, today=self.today)
        for visit in self.stages(VisitStage):
            assessing.arrange(
                journey=self.journey,
                stage=visit.id,
                starts_at=self._at(14),
                by=self.assessor,
                role=Role.ASSESSOR,
                today=self.today,
                mode=visit.modes[0],
                place="The Old Ferry House",
            )
            assessment.hold(
                journey=self.journey, stage=visit.id, by=self.assessor, today=self.today, mode=visit.modes[0]
            )
            blank = self.wanted(visit, ItemState.BLANK)
            for slot in blank[1:]:
                self.find(visit, slot, Finding.Outcome.MET, Finding.Seen.LIVE)
            if blank:
                self.find(
                    visit,
                    blank[0],
                    Finding.Outcome.MORE,
                    Finding.Seen.NOTHING,
                    "Please send the list as it stood in spring.",
                )

    def find(self, visit: VisitStage, slot: str, outcome: Finding.Outcome, seen: Finding.Seen, note: str = "") -> None:
        assessing.record_findings(
            journey=self.journey,
            stage=visit.id,
            found={slot: (outcome, seen, note)},
            by=self.assessor,
            today=self.today,
        )

    def _ready(self) -> None:
        self.wait(8)
        for visit in self.stages(VisitStage):
            self.send(visit, self.wanted(visit, ItemState.RETURNED))
            self.judge(visit, self.wanted(visit, ItemState.SENT), Feedback.Outcome.CONFIRMED)
        for stage in self.stages(InterviewStage):
            for kind in stage.interviews:
                for _ in range(kind.normally):
                    assessment.hold_interview(
                        journey=self.journey,
                        stage=stage.id,
                        kind=kind.id,
                        form="individual",
                        mode="by video",
                        people=1,
                        minutes=kind.minutes - 2,
                        supported=False,
                        eligible=True,
                        notes={"1": "Felt well prepared and listened to."},
                        by=self.assessor,
                        today=self.today,
                    )
        for pieces in self.stages(CaseStudyStage):
            for piece in pieces.pieces:
                evidence.write_piece(
                    journey=self.journey,
                    stage=pieces.id,
                    piece_id=piece.id,
                    text=STORY,
                    declared=[d.id for d in piece.declarations],
                    by=self.lead,
                    passing=let_go(self.lead),
                    today=self.today,
                )
            slots = [piece.id for piece in pieces.pieces]
            assessing.send_evidence(journey=self.journey, stage=pieces.id, slots=slots, by=self.lead, today=self.today)
            self.judge(pieces, slots, Feedback.Outcome.CONFIRMED)

    def _recommended(self) -> None:
        self.wait(4)
        deciding.recommend(
            journey=self.journey,
            stage=self.decision("award").id,
            outcome=Answer.YES,
            summary="Everything asked for is met, on paper and in what people said.",
            strengths="Training, and how carefully matches are made.",
            next_time="Bring the yearly report out earlier.",
            by=self.assessor,
            today=self.today,
        )

    def _awarded(self) -> None:
        self.wait(5)
        assessing.decide_award(
            journey=self.journey,
            stage=self.decision("award").id,
            outcome=Answer.YES,
            reason="We follow the assessor's recommendation.",
            by=self.cast.olu,
            today=self.today,
        )


def walk(
    *,
    cast: Cast,
    edition: PublishedEdition,
    to: str,
    start: date,
    service: Service | None = None,
    lead: User | None = None,
    assessor: User | None = None,
    last: date | None = None,
    **figures: object,
) -> Walk:
    """Begin a journey on `start` and walk it to a point, never beyond the day `last`. `figures` overrule form
    answers.
    """
    lead = lead or cast.ada
    journey = applying.begin(edition=edition, service=service or cast.service, by=lead, today=start)
    asks = service or cast.service
    own = {"service_name": asks.name, "organisation_name": asks.organisation.name}
    own |= {"contact_name": lead.name, "contact_email": lead.email}
    way = Walk(cast, journey, edition_of(edition), start, lead, assessor or cast.dot, last, {**own, **figures})
    return way.to(to)
