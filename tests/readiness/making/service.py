"""What holds a service up: papers, registers, staff."""

from datetime import date

from kithwork.core.days import add_months
from kithwork.governance.models import (
    Acknowledgement,
    Appraisal,
    Change,
    Evaluation,
    Insurance,
    Policy,
    PolicyVersion,
    Resource,
    ResourceVersion,
    Risk,
    Staff,
    StaffReference,
    StaffSupervision,
    StaffTraining,
    StaffVetting,
    Target,
)
from tests.readiness.making.drawing import Drawing

ONCE = ("other", "protocol", "code")  # subjects of which there may be several policies


class Papers(Drawing):
    def papers(self) -> None:
        for subject in Policy.Subject.values:
            for number in range(self.rng.randint(1, 2) if subject in ONCE else 2):
                if self.maybe(0.25):
                    continue
                self.turn()
                ended = self.near() if (number and subject not in ONCE) or self.maybe(0.1) else None
                policy = self.add(
                    Policy(
                        service=self.service,
                        subject=subject,
                        title="Said",
                        ended_on=ended,
                        covers_volunteers=self.maybe(0.7),
                        made_at=self.moment(),
                    )
                )
                for version, on in enumerate(sorted(self.near() for _ in self.some(3))):
                    self.version(policy, version, on)
        for _ in self.some(3):
            self.turn()
            kind = self.one(Resource.Kind.values)
            thing = self.add(
                Resource(
                    service=self.service,
                    kind=kind,
                    title="Games",
                    for_mentors=self.maybe(0.8),
                    ended_on=self.perhaps(self.near(), 0.2),
                    made_at=self.moment(),
                )
            )
            for version in self.some(2):
                self.add(ResourceVersion(resource=thing, number=version, on=self.near(), by=self.by))

    def version(self, policy: Policy, number: int, on: date) -> None:
        row = self.add(
            PolicyVersion(
                policy=policy,
                number=number,
                approved_on=on,
                review_due=add_months(on, 36),
                changed=self.maybe(0.7),
                affects_people=self.maybe(0.6),
                by=self.by,
            )
        )
        for group in ("mentees", "mentors", "staff"):
            if self.maybe(0.7):
                self.add(Acknowledgement(version=row, group=group, on=self.after(on), how="Letter", by=self.by))

    def registers(self) -> None:
        service = self.service
        for _ in self.some(4):
            self.turn()
            begins = self.near()
            self.add(
                Insurance(
                    service=service,
                    cover=self.one(Insurance.Cover.values),
                    insurer="Said",
                    volunteers=self.maybe(0.6),
                    begins=begins,
                    ends=self.after(begins),
                )
            )
        for _ in self.some(3):
            self.turn()
            self.add(
                Risk(
                    service=service,
                    what="Fire",
                    owner=self.text(),
                    due_on=self.perhaps(self.near()),
                    done_on=self.perhaps(self.near(), 0.3),
                    reviewed_on=self.near(),
                    closed_on=self.perhaps(self.near(), 0.2),
                    made_at=self.moment(),
                )
            )
        for _ in self.some(3):
            self.add(
                Target(
                    service=service,
                    year=self.at.year + self.one((-1, 0, 0, 1)),
                    counts="trained",
                    aim=9,
                    published_on=self.perhaps(self.near(), 0.7),
                )
            )
        for _ in self.some(3):
            groups = ["clients", "volunteers", "staff", "referrers", "funders"]
            self.turn()
            self.add(
                Evaluation(
                    service=service,
                    on=self.near(),
                    title="Said",
                    figures=self.maybe(0.9),
                    words=self.maybe(0.9),
                    baseline=self.maybe(0.9),
                    by=self.by,
                    groups=groups if self.maybe(0.8) else self.rng.sample(groups, 3),
                )
            )
        for _ in self.some(3):
            self.turn()
            self.add(
                Change(
                    service=service,
                    seen_on=self.near(),
                    weakness="Said",
                    changed_on=self.perhaps(self.near()),
                    affects_people=self.maybe(0.8),
                    mentees_told_on=self.perhaps(self.near()),
                    mentors_told_on=self.perhaps(self.near()),
                    by=self.by,
                )
            )

    def staff(self) -> None:
        self.turn()
        away = self.perhaps(self.near(), 0.3)
        one = self.add(
            Staff(
                service=self.service,
                name="Said",
                role="Worker",
                mentoring=self.maybe(0.9),
                one_to_one=self.maybe(0.8),
                began_on=self.near(),
                badge_on=self.perhaps(self.near()),
                ended_on=self.perhaps(self.near(), 0.15),
                away_from=away,
                away_until=self.perhaps(self.after(away), 0.7) if away else None,
            )
        )
        for _ in self.some(3):
            self.add(StaffReference(staff=one, name="Said", received_on=self.near(), satisfactory=self.maybe(0.8)))
        for _ in self.some(2):
            self.add(
                StaffVetting(
                    staff=one,
                    level="basic",
                    on=self.near(),
                    clear=self.maybe(0.8),
                    expires_on=self.perhaps(self.near()),
                    by=self.by,
                )
            )
        for topic in StaffTraining.Topic.values:
            if self.maybe(0.8):
                self.add(StaffTraining(staff=one, topic=topic, title="Said", on=self.near()))
        for _ in self.some(3):
            self.add(
                StaffSupervision(staff=one, on=self.near(), supervisor="Said", minuted=self.maybe(0.7), by=self.by)
            )
        for _ in self.some(2):
            self.add(
                Appraisal(
                    staff=one,
                    on=self.near(),
                    by_job_description=self.maybe(0.7),
                    needs_assessed=self.maybe(0.7),
                    by=self.by,
                )
            )
