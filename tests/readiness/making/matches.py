"""Matches, from the proposal to the ending."""

from datetime import date

from kithwork.caseload.models import (
    Agreement,
    BoundaryChange,
    Contact,
    DropoutRisk,
    Ending,
    ExtraSupport,
    Match,
    Mentee,
    Mentor,
    Plan,
    Questionnaire,
    Review,
)
from kithwork.core.days import add_days, add_months
from tests.readiness.making.drawing import JITTER, Drawing


class Matches(Drawing):
    def matches(self) -> None:
        for mentee in self.mentees:
            for mentor in self.rng.sample(self.mentors, k=min(len(self.mentors), self.one((0, 1, 1, 2)))):
                if mentee.accepted_on and mentor.accepted_on:
                    self.match(mentee, mentor, max(mentee.accepted_on, mentor.accepted_on))

    def match(self, mentee: Mentee, mentor: Mentor, first: date) -> None:
        """Not begun once one of the two had left, and over when one of them leaves."""
        self.turn()
        introduced = self.perhaps(self.after(first), 0.9)
        ended = self.perhaps(self.after(introduced), 0.45) if introduced else None
        left = min((one.left_on for one in (mentee, mentor) if one.left_on), default=None)
        if introduced and left:
            if introduced > left:
                return
            ended = min(ended or left, left)
        manages = self.maybe(0.15)
        characteristic = self.text(0.2)
        match = Match(
            service=self.service,
            mentee=mentee,
            mentor=mentor,
            kind="one" if self.maybe(0.8) else "group",
            proposed_on=first,
            proposed_by=self.by,
            rationale=self.text(),
            characteristic=characteristic,
            justification="Said." if characteristic else "",
            manages=manages,
            manages_because="Said." if manages else "",
            introduced_on=introduced,
            ended_on=ended,
            introduced_by=self.text(),
        )
        if introduced:
            met = self.perhaps(self.after(introduced), 0.85)
            match.first_met_on = min(met, ended) if met and ended else met
            match.difficult_since = self.perhaps(self.after(introduced), 0.2)
            for side in ("mentee", "mentor"):
                early = add_days(introduced, self.one((-3, -1, 0, 0, 1)))
                setattr(match, f"{side}_told_on", self.perhaps(early, 0.9))
                setattr(match, f"{side}_answer", self.one(("yes", "yes", "yes", "")))
                setattr(match, f"{side}_answered_on", self.perhaps(add_days(introduced, self.one((-1, 0, 0, 1))), 0.9))
            if self.maybe(0.15):
                mentor.line_manages = [mentee.ref]
            if self.maybe(0.15):
                mentor.assesses = [mentee.ref]
        self.add(match)
        if introduced:
            self.life(match, introduced)
        if ended and self.maybe(0.95):
            self.ending(match, ended)

    def life(self, match: Match, introduced: date) -> None:
        first = match.first_met_on or introduced
        for _ in range(self.one((0, 2, 5, 6, 8))):
            self.add(
                Contact(
                    service=self.service,
                    kind="meeting",
                    mentee=match.mentee,
                    mentor=match.mentor,
                    match=match,
                    on=self.after(first),
                    reached=self.maybe(0.9),
                )
            )
        for side in ("mentee", "mentor"):
            for _ in self.some(2):
                self.add(
                    Contact(
                        service=self.service,
                        kind=side,
                        on=add_days(first, self.one((-1, 0, 1, 6, 7, 8))),
                        reached=self.maybe(0.9),
                        by=self.by,
                        **{side: getattr(match, side)},
                    )
                )
        for _ in self.some(2):
            day = add_days(first if self.maybe(0.4) else add_months(introduced, 2), self.one(JITTER))
            self.add(
                Agreement(
                    match=match,
                    drawn_up_on=self.after(introduced),
                    until=self.perhaps(self.after(introduced)),
                    by=self.by,
                    time=self.text(0.9),
                    face_to_face=50 if self.maybe(0.9) else None,
                    roles=self.text(0.9),
                    boundaries=self.text(0.9),
                    disputes=self.text(0.9),
                    mentee_on=self.perhaps(day, 0.9),
                    mentor_on=self.perhaps(day, 0.9),
                    service_on=self.perhaps(day, 0.9),
                )
            )
        if self.maybe(0.7):
            self.add(Plan(match=match, on=self.after(introduced), aims="Said."))
        for _ in self.some(3):
            self.add(
                Review(
                    match=match,
                    on=self.after(introduced),
                    mentor_there=self.maybe(0.3),
                    achieved="partly" if self.maybe(0.9) else "",
                    aims=self.text(),
                    goes_on=self.one((True, False, None)),
                    needed=self.one((True, False, True, None)),
                    of_service=self.text(),
                    outcome=self.text(),
                    referrer_shared_on=self.perhaps(self.near(), 0.3),
                )
            )
        for _ in self.some(1):
            self.add(
                BoundaryChange(
                    match=match,
                    noticed_on=self.after(introduced),
                    what="Said.",
                    done="Said.",
                    done_on=self.perhaps(self.near()),
                    by=self.by,
                )
            )
        for _ in self.some(2):
            self.add(
                DropoutRisk(
                    match=match,
                    level=self.one(DropoutRisk.Level.values),
                    on=self.after(introduced),
                    action=self.text(0.5),
                    look_again_on=self.perhaps(self.near(), 0.4),
                    by=self.by,
                )
            )

    def ending(self, match: Match, last: date) -> None:
        known = add_days(last, -self.one((0, 1, 7, 13, 14, 15)))
        self.add(
            Ending(
                match=match,
                kind=self.one(Ending.Kind.values),
                known_on=known,
                last_day=last,
                reason="Said.",
                short_because=self.text(0.3),
                mentee_told_on=self.perhaps(self.after(known), 0.9),
                mentor_told_on=self.perhaps(self.after(known), 0.9),
                carer_told_on=self.perhaps(self.after(known)),
                referrer_told_on=self.perhaps(self.after(known)),
                looked_back_on=self.perhaps(self.after(known)),
                looked_back="Said.",
                mentee_confirmed_on=self.perhaps(self.after(known)),
                follows=self.text(),
                mentor_confirmed_on=self.perhaps(self.after(known)),
                asked_exit_on=self.perhaps(self.after(known), 0.5),
                by=self.by,
            )
        )
        for _ in self.some(2):
            self.add(
                ExtraSupport(
                    match=match, to="both", on=add_days(known, self.one((-1, 0, 5, 7))), what="Said.", by=self.by
                )
            )
        if self.maybe(0.4):
            whose = self.one(Questionnaire.From.values)
            self.add(Questionnaire(service=self.service, match=match, whose=whose, on=self.after(known)))
