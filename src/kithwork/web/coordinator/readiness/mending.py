"""Where a row that fails a check is mended: a closed table from the kind of check, or what its rows are, to a form."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse

from kithwork.core.readiness import Asked, Subject
from kithwork.web.coordinator.governance.staff.forms import Noted
from kithwork.web.kit.cards import Link

__all__ = ["BY_KEY", "BY_SUBJECT", "Mend", "mend_of", "page_of_one"]

S = Subject


@dataclass(frozen=True, slots=True)
class Mend:
    """A page: its name, whether its address holds the row's reference, what comes after that, and the place on it.

    `mentee`: the rows are matches, and it is mended on the record of their mentee, whose reference the address holds.
    `first` and `words`: where the first of its kind is entered, and what the link to it says.
    """

    page: str
    more: tuple[str, ...] = ()
    at: str = ""
    ref: bool = True
    first: str = ""
    words: str = ""
    mentee: bool = False

    def address(self, slug: str, ref: str) -> str:
        return reverse(self.page, args=[slug, *([ref] if self.ref else []), *self.more]) + self.at

    def begin(self, slug: str) -> Link | None:
        """Where the first is entered; None where nothing is entered for its own sake."""
        return Link(self.words, reverse(self.first, args=[slug])) if self.first else None


def _book(register: str, words: str, *, one: bool = True) -> Mend:
    """An entry of a register, or the register where its rows are not entries."""
    name = f"register_{register}"
    return Mend(f"{name}_one" if one else name, ref=one, first=f"{name}_new", words=words)


BY_SUBJECT: Mapping[Subject, Mend] = {
    S.SERVICE: Mend("the_service", ref=False),
    S.POLICY: Mend("policy", first="policies", words="Begin the policy"),
    S.INSURANCE: _book("insurance", "Add insurance", one=False),
    S.RISK: _book("risks", "Add a risk"),
    S.TARGET: _book("targets", "Add a target"),
    S.EVALUATION: _book("evaluations", "Add an evaluation", one=False),
    S.CHANGE: _book("changes", "Add a weak point"),
    S.RESOURCE: Mend("resource", first="new_resource", words="Add something to the library"),
    S.STAFF: Mend("staff_file", first="new_staff", words="Add a member of staff"),
    S.REFERRAL: Mend("referral", first="referral_new", words="Record a referral"),
    S.MENTEE: Mend("mentee", first="referral_new", words="Record a referral"),
    S.APPLICANT: Mend("mentor", first="mentor_new", words="Record somebody who offers to mentor"),
    S.MENTOR: Mend("mentor", first="mentor_new", words="Record a mentor"),
    S.TRAINING: Mend("training", first="training_new", words="Add a training"),
    S.MATCH: Mend("match", first="match_new", words="Make a match"),
    S.ENDING: Mend("match"),
    S.GATHERING: Mend("gathering", first="gathering_new", words="Add a gathering"),
}


def _step(step: str) -> Mend:
    return Mend("mentor_step", (step,), first="mentor_new", words="Record a mentor")


def _noted(act: Noted) -> Mend:
    return Mend("note_staff", (act.value,), first="new_staff", words="Add a member of staff")


def _mentee(page: str, *more: str, at: str = "") -> Mend:
    return Mend(page, more, at, first="referral_new", words="Record a referral")


def _mentor(page: str, *more: str, at: str = "") -> Mend:
    return Mend(page, more, at, first="mentor_new", words="Record a mentor")


def _match(page: str, *more: str, at: str = "") -> Mend:
    return Mend(page, more, at, first="match_new", words="Make a match")


def _of_mentee(page: str, at: str) -> Mend:
    return Mend(page, at=at, first="match_new", words="Make a match", mentee=True)


BY_KEY: Mapping[str, Mend] = {
    "references.taken/staff": _noted(Noted.REFERENCE),
    "vetting.cleared/staff": _noted(Noted.VETTING),
    "training.completed/staff": _noted(Noted.TRAINING),
    "training.recorded/staff": _noted(Noted.TRAINING),
    "supervision.held/staff": _noted(Noted.SUPERVISION),
    "appraisals.held/staff": _noted(Noted.APPRAISAL),
    "training_needs.assessed/staff": _noted(Noted.APPRAISAL),
    "id_badges.issued/staff": _noted(Noted.BADGE),
    "mentees.contacted": _mentee("mentee_contact"),
    "risks.assessed/homes": _of_mentee("mentee_risk", at="?kind=home"),
    "risks.assessed/activities": _of_mentee("mentee_risk", at="?kind=activity"),
    "risks.reviewed/activities": _of_mentee("mentee_risk", at="?kind=activity"),
    "consents.given/mentees": _mentee("mentee_consents"),
    "consents.given/mentors": _mentor("mentor_consent"),
    "profiles.completed/mentees": _mentee("mentee_edit"),
    "profiles.completed/mentors": _mentor("mentor_change"),
    "id_badges.issued/mentors": _step("badge"),
    "vetting.cleared/mentors": _mentor("vetting_ask"),
    "references.taken/mentors": _mentor("reference_new"),
    "supervision.held/mentors": _mentor("supervise"),
    "mentors.contacted": _mentor("mentor_contact"),
    "training_feedback.acted_on/mentors": Mend("training_acted", first="training_new", words="Add a training"),
    "plans.agreed/mentees": _match("match_plan"),
    "mentees.reviewed": _match("match_review"),
    "agreements.signed": _match("match_agreement"),
    "endings.reflected_on": Mend("match_look_back"),
    "endings.supported": Mend("match_support"),
}


def page_of_one(asked: Asked) -> Mend:
    """The page of what the rows of this check are."""
    return BY_SUBJECT[asked.subject]


def mend_of(asked: Asked) -> Mend:
    """Where a row of this check is mended: its kind's own form, or the page of what its rows are."""
    return BY_KEY.get(asked.key()) or BY_SUBJECT[asked.subject]
