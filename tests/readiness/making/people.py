"""Mentees and mentors, how they come, what is kept about them."""

from datetime import UTC, date, datetime, time
from typing import Any

from kithwork.caseload.models import (
    Attendance,
    Consent,
    Contact,
    Gathering,
    Invited,
    Measurement,
    Mentee,
    Mentor,
    MentorStep,
    Pause,
    Reference,
    Referral,
    RiskAssessment,
    Session,
    Supervision,
    Training,
    Vetting,
)
from tests.readiness.making.drawing import Drawing


class People(Drawing):
    def someone(self, came: date) -> dict[str, Any]:
        left = self.perhaps(self.after(came), 0.2)
        return {
            "service": self.service,
            "name": "Said",
            "phone": self.text(0.7),
            "contact_wishes": self.text(0.3),
            "interests": ["chess"] if self.maybe(0.8) else [],
            "availability": ["mon-am"] if self.maybe(0.8) else [],
            "profile": self.text(),
            "equalities_asked_on": self.perhaps(self.near(), 0.7),
            "left_on": left,
            "erased_at": datetime.combine(left, time(12), UTC) if left and self.maybe(0.2) else None,
        }

    def away(self, **whom: Any) -> None:
        for _ in range(self.rng.choice((0, 0, 0, 1, 2))):
            begins = self.near()
            ends = self.perhaps(self.after(begins), 0.85)
            self.add(Pause(begins=begins, ends=ends, reason="Said", by=self.by, **whom))

    def consents(self, **whom: Any) -> None:
        for kind in Consent.Kind.values:
            for _ in range(self.rng.choice((0, 1, 1, 1, 2))):
                answer = self.one(("given", "given", "given", "refused", "withdrawn"))
                self.add(Consent(kind=kind, answer=answer, on=self.near(), wording="Said.", **whom))

    def heard(self, kind: str, **whom: Any) -> None:
        for _ in self.some(3):
            self.add(
                Contact(service=self.service, kind=kind, on=self.near(), reached=self.maybe(0.8), by=self.by, **whom)
            )

    def figures(self, whose: str, **whom: Any) -> None:
        for scale in self.scales:
            if scale.whose == whose:
                for _ in self.some(3):
                    self.add(Measurement(measure=scale, on=self.near(), value=4, **whom))

    def mentee(self) -> Mentee:
        self.turn()
        came = self.near()
        accepted = self.perhaps(self.after(came), 0.85)
        given = self.someone(accepted or came)
        one: Mentee = self.add(
            Mentee(
                came_on=came,
                accepted_on=accepted,
                needs=["company"] if self.maybe(0.9) else [],
                carer=self.text(0.5),
                waiting_since=self.perhaps(self.after(accepted), 0.8) if accepted else None,
                referrer_involved=self.maybe(0.7),
                **given,
            )
        )
        for number in range(self.rng.choice((0, 1, 1, 1, 2))):
            self.referral(one, accepted if number == 0 else None)
        for kind in RiskAssessment.Kind.values:
            for _ in self.some(2):
                self.add(
                    RiskAssessment(
                        mentee=one,
                        kind=kind,
                        on=self.near(),
                        level="low",
                        by=self.by,
                        actions="Said.",
                        actions_due=self.perhaps(self.near(), 0.3),
                        actions_done_on=self.perhaps(self.near(), 0.5),
                    )
                )
        self.away(mentee=one)
        self.consents(mentee=one)
        self.heard("mentee", mentee=one)
        self.heard("referrer", mentee=one)
        self.figures("mentee", mentee=one)
        return one

    def referral(self, mentee: Mentee, accepted: date | None) -> None:
        """With `accepted` the one by which they were put onto the waiting list."""
        outcome, came = "accepted" if accepted else self.one(("", "", "signposted", "withdrawn")), mentee.came_on
        decided = accepted or (self.after(came) if outcome else None)
        self.add(
            Referral(
                mentee=mentee,
                source=self.one(Referral.Source.values),
                came_on=came,
                why=self.text(),
                agreed=self.maybe(0.9),
                acknowledged_on=self.perhaps(self.after(came), 0.6),
                eligible=self.one(({"Lives here": True}, {"Lives here": True}, {"Lives here": False}, {})),
                eligible_on=self.perhaps(self.after(came)),
                outcome=outcome,
                decided_on=decided,
                reason="Said.",
                signposted_to="Said.",
                told_on=self.perhaps(self.after(decided), 0.6) if decided else None,
            )
        )

    def mentor(self) -> Mentor:
        self.turn()
        applied = self.near()
        accepted = self.perhaps(self.after(applied), 0.7)
        one: Mentor = self.add(
            Mentor(
                applied_on=applied,
                accepted_on=accepted,
                joined_by="k" if self.maybe(0.1) else "",
                **self.someone(accepted or applied),
            )
        )
        for kind in MentorStep.Kind.values:
            for _ in range(self.rng.choice((0, 1, 1, 2))):
                outcome, on = self.one(("done", "yes", "no")), self.after(applied)
                if kind == "selection":  # nobody is decided about who has left
                    outcome, on = self.one(("yes", "yes", "no")), min(on, one.left_on or on)
                self.add(
                    MentorStep(
                        mentor=one,
                        kind=kind,
                        on=on,
                        outcome=outcome,
                        note="Said.",
                        signposted_to=self.text(0.6),
                    )
                )
        for _ in self.some(3):
            received = self.perhaps(self.near())
            suitable = self.one((True, True, False, None)) if received else None
            self.add(Reference(mentor=one, name="Said", relation="friend", received_on=received, suitable=suitable))
        for _ in self.some(3):
            asked = self.near()
            outcome = self.one(("asked", "clear", "clear", "clear", "unsuitable"))
            checked = None if outcome == "asked" else self.after(asked)
            until = self.perhaps(self.after(checked)) if checked else None
            self.add(
                Vetting(
                    mentor=one, level="basic", asked_on=asked, outcome=outcome, on=checked, expires_on=until, by=self.by
                )
            )
        for course in self.courses:
            for session in course:
                gone = session.on < applied or (one.left_on is not None and one.left_on < session.on)
                if not gone and self.maybe(0.5):
                    self.attendance(session, one)
        for _ in self.some(3):
            self.add(
                Supervision(
                    mentor=one,
                    on=self.near(),
                    wellbeing=self.text(0.6),
                    by=self.by,
                    topics=[topic for topic in Supervision.Topic.values if self.maybe(0.9)],
                )
            )
        self.away(mentor=one)
        self.consents(mentor=one)
        self.heard("mentor", mentor=one)
        self.figures("mentor", mentor=one)
        return one

    def course(self) -> list[Session]:
        self.turn()
        training = self.add(
            Training(
                service=self.service,
                kind=self.one(("initial", "initial", "refresher", "specific")),
                title="Said",
                outline_sent_on=self.perhaps(self.near()),
                acted_on=self.text(),
                acted_on_day=self.perhaps(self.near()),
                cancelled_on=self.perhaps(self.near(), 0.15),
                made_at=self.moment(),
            )
        )
        first = self.near()
        days = [first, *(self.after(first) for _ in self.some(2))]
        return [self.add(Session(training=training, number=number, on=on)) for number, on in enumerate(days)]

    def attendance(self, session: Session, mentor: Mentor) -> None:
        """Nobody has been at what is still to come."""
        state = self.one(("present", "present", "present", "invited", "absent", "declined"))
        if session.on > self.at and state in ("present", "absent"):
            state = "invited"
        said = self.maybe(0.3)
        self.add(
            Attendance(
                session=session,
                mentor=mentor,
                state=state,
                performance=self.text(0.6),
                understood=self.one((True, False, None)),
                satisfied=4 if said else None,
                learnt=5 if said and self.maybe(0.8) else None,
                said_on=self.after(session.on) if said else None,
            )
        )

    def gatherings(self) -> None:
        for kind in Gathering.Kind.values:
            for _ in self.some(4):
                self.turn()
                gathering = self.add(
                    Gathering(service=self.service, kind=kind, on=self.near(), title="Said", by=self.by)
                )
                for mentor in self.mentors:
                    if self.maybe(0.3):
                        self.add(Invited(gathering=gathering, mentor=mentor, came=self.one((True, True, False, None))))
