"""What changes for people, and what they say of the service: scales at the start and at each review, questionnaires."""

from collections.abc import Iterable
from datetime import date

from kithwork.caseload.models import Match, Measure, Measurement, Questionnaire
from kithwork.core.days import add_months
from kithwork.core.service.feedback import AT_THE_END, Question, asked_of
from kithwork.core.service.outcomes import TEMPLATES, Template
from kithwork.procedures.plausible.book import Book, MatchLife, moment

SCALES = (Template.CONFIDENCE, Template.LONELINESS)
WELL = (
    "You ring back, and you remember.",
    "The first meeting was well prepared.",
    "I was asked what I wanted.",
    "Nobody hurries me.",
    "The mentors' evenings.",
    "It was clear from the start how long it would last.",
    "",
    "",
)
BETTER = (
    "A longer goodbye would be nice.",
    "More things to do in winter.",
    "Answer sooner at the beginning.",
    "More places to meet when it rains.",
    "Nothing.",
    "",
    "",
    "",
)
LIKELY = (6, 3, 1)  # weights of the answers of a question, the best first


def measure(book: Book) -> None:
    """Confidence and loneliness, when a match begins and at every review; most get better, some do not."""
    rows = []
    for template in SCALES:
        scale = TEMPLATES[template]
        lowest, highest = scale.span
        row = Measure(
            ref=book.ref(),
            service=book.service,
            whose=Measure.Whose.MENTEE,
            name=scale.name,
            question=scale.question,
            lowest=lowest,
            highest=highest,
            low_means=scale.low_means,
            high_means=scale.high_means,
            better_low=scale.better_low,
            questions=list(scale.questions),
            options=list(scale.options),
            begun_on=book.start,
        )
        rows.append(row)
    book.ground += rows
    for life in book.matches:
        if life.row.introduced_on is None:
            continue
        days = [life.row.introduced_on, *(review.on for review in life.reviews)]
        for row in rows:
            book.ground += _measured(book, life, row, days)


def _measured(book: Book, life: MatchLife, row: Measure, days: list[date]) -> Iterable[Measurement]:
    span = row.highest - row.lowest
    value = row.lowest + round(span * book.rng.uniform(0.5, 0.9) if row.better_low else span * book.rng.uniform(0, 0.5))
    for day in days:
        yield Measurement(
            measure=row, mentee=life.mentee.row, on=day, value=value, by=life.row.looks_after, at=moment(day)
        )
        step = book.rng.choice((0, 1, 1, 2, -1)) * (-1 if row.better_low else 1)
        value = min(row.highest, max(row.lowest, value + step))


def ask(book: Book) -> None:
    """Some mentees and mentors each year, and families and referrers at the end of a match."""
    year = book.start
    while (asked := add_months(year, 11)) <= book.at:
        for whose, people in (
            (Questionnaire.From.MENTEE, book.mentees),
            (Questionnaire.From.MENTOR, book.mentors),
        ):
            number = sum(life.row.accepted_on is not None and life.row.accepted_on <= asked for life in people)
            book.ground += [_said(book, whose, asked, asked_of(whose.value)) for _ in range(number // 3)]
        year = add_months(year, 12)
    for life in book.matches:
        ending = life.ending
        if ending is None or ending.asked_exit_on is None or book.rng.random() > 0.4:
            continue
        whose = Questionnaire.From.FAMILY if life.mentee.row.carer else Questionnaire.From.REFERRER
        if life.mentee.row.referrer_involved or life.mentee.row.carer:
            book.ground.append(_said(book, whose, ending.asked_exit_on, AT_THE_END, life.row))


def _said(
    book: Book, whose: Questionnaire.From, on: date, questions: Iterable[Question], match: Match | None = None
) -> Questionnaire:
    answers = {
        one.words: book.rng.choices(tuple(one.options.values())[:3], LIKELY[: len(one.options)])[0]
        if one.options
        else book.one(WELL if one.id == "well" else BETTER)
        for one in questions
    }
    return Questionnaire(service=book.service, match=match, whose=whose, on=on, answers=answers, at=moment(on))
