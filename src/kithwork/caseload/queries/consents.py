"""Who may be told what. The latest answer of a kind counts, from its date; no answer is a no."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, QuerySet, Subquery

from kithwork.caseload.models import Consent, Mentee, Mentor, Practice

Kind = Consent.Kind
Answer = Consent.Answer

__all__ = ["Answer", "Asked", "Kind", "answer_of", "asked_of", "may", "may_each", "words_for"]


def _of(person: Mentee | Mentor) -> QuerySet[Consent]:
    field = "mentor" if isinstance(person, Mentor) else "mentee"
    return Consent.objects.filter(**{field: person})


def may(person: Mentee | Mentor, kind: Consent.Kind, today: date) -> bool:
    """Whether a person agrees to what `kind` names, on that day. One query.

    Ask it before anything is shown that falls under a kind: a refusal or a withdrawal counts from its own day, on
    which nothing is shared any more.
    """
    rows = _of(person).filter(kind=kind, on__lte=today).order_by("-on", "-pk")
    return rows.values_list("answer", flat=True).first() == Answer.GIVEN


def may_each(mentees: Collection[Mentee], kind: Consent.Kind, today: date) -> frozenset[int]:
    """The primary keys of those mentees who agree, on that day. One query for any number."""
    answers = dict(
        Consent.objects.filter(mentee__in=[one.pk for one in mentees], kind=kind, on__lte=today)
        .order_by("on", "pk")
        .values_list("mentee_id", "answer")
    )
    return frozenset(pk for pk, answer in answers.items() if answer == Answer.GIVEN)


def answer_of(kind: Consent.Kind, today: date, outer: str = "pk") -> Subquery:
    """To annotate a set with the latest answer: `outer` is where the mentee's key stands in its rows."""
    rows = Consent.objects.filter(mentee=OuterRef(outer), kind=kind, on__lte=today).order_by("-on", "-pk")
    return Subquery(rows.values("answer")[:1])


@dataclass(frozen=True, slots=True)
class Asked:
    """One kind of consent: its words today, and the latest answer, if any was given."""

    kind: Consent.Kind
    words: str
    latest: Consent | None

    @property
    def given(self) -> bool:
        return self.latest is not None and self.latest.answer == Answer.GIVEN

    @property
    def reworded(self) -> bool:
        """Whether the words have changed since they were answered, so that it should be asked again."""
        return self.latest is not None and self.latest.wording != self.words


def words_for(practice: Practice, kind: Consent.Kind) -> str:
    """The words in which a service asks today; the kind's own where it has none."""
    return str(practice.words_of_consent.get(kind.value) or kind.label)


def asked_of(person: Mentee | Mentor, practice: Practice, today: date) -> list[Asked]:
    """Every kind in its order, with the answer that counts today. One query."""
    rows = _of(person).filter(on__lte=today).select_related("by").order_by("on", "pk")
    latest = {row.kind: row for row in rows}
    return [Asked(kind, words_for(practice, kind), latest.get(kind.value)) for kind in Kind]
