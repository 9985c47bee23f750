"""Who is matched with whom and when: the waiting list and the free mentors, from the first day to the last."""

import heapq
from dataclasses import dataclass, field
from datetime import date, timedelta

from kithwork.caseload.models import Ending, Match, Pause
from kithwork.procedures.plausible import mentors, words
from kithwork.procedures.plausible.book import Book, MatchLife, MenteeLife, MentorLife, moment
from kithwork.procedures.plausible.rhythm import between, days, weekday

LONGEST_SEARCH = 80  # days somebody waits before another mentor is found for them
PACE = (7, 7, 7, 7, 14, 14, 14, 28)  # days between meetings
ENDS_WHILE = 30  # days before the last one in which an ending may already be known


@dataclass(slots=True)
class _Round:
    """Who waits since when, and who is free from when; the earliest first. Numbers keep equal days apart."""

    waiting: list[tuple[date, int, MenteeLife]] = field(default_factory=list)
    free: list[tuple[date, int, MentorLife]] = field(default_factory=list)
    number: int = 0

    def wait(self, since: date, life: MenteeLife) -> None:
        self.number += 1
        heapq.heappush(self.waiting, (since, self.number, life))

    def free_from(self, since: date, life: MentorLife) -> None:
        self.number += 1
        heapq.heappush(self.free, (since, self.number, life))


def match_all(book: Book) -> None:
    """Match everybody who waits, as mentors become free; found anew where nobody is."""
    turn = _Round()
    for life in book.mentees:
        if life.row.accepted_on is not None:
            turn.wait(life.row.accepted_on, life)
    while turn.waiting:
        since, _, life = heapq.heappop(turn.waiting)
        mentor, from_day = _somebody(book, turn, since)
        if mentor is None:
            continue
        proposed = weekday(max(since + between(book.rng, 14, 100), from_day + between(book.rng, 1, 6)))
        if not book.past(proposed):
            turn.free_from(from_day, mentor)
            continue
        _match(book, turn, life, mentor, proposed)


def _somebody(book: Book, turn: _Round, since: date) -> tuple[MentorLife | None, date]:
    """Whoever is free first; somebody new where that is too late. Nobody when no course could be over by then."""
    limit = since + days(LONGEST_SEARCH)
    if turn.free and turn.free[0][0] <= limit:
        from_day, _, mentor = heapq.heappop(turn.free)
        return mentor, from_day
    wanted = min(since + between(book.rng, 15, LONGEST_SEARCH), book.at - days(1))
    found = mentors.comes_for(book, wanted)
    if found.row.accepted_on is None:
        return None, date.max
    for _ in range(found.row.places - 1):
        turn.free_from(found.free_on, found)
    return found, found.free_on


def _match(book: Book, turn: _Round, mentee: MenteeLife, mentor: MentorLife, proposed: date) -> None:
    rng = book.rng
    row = Match(
        ref=book.ref(),
        service=book.service,
        mentee=mentee.row,
        mentor=mentor.row,
        proposed_on=proposed,
        proposed_by=book.who(),
        rationale=rng.choice(words.RATIONALE).format(a=mentor.row.interests[0]),
        mentee_told_on=proposed,
        mentor_told_on=proposed,
        looks_after=book.who(),
        at=moment(proposed),
    )
    life = MatchLife(row, mentee, mentor, rng.choice(PACE))
    book.matches.append(life)
    mentee.matches.append(life)
    mentor.matches.append(life)
    if rng.random() < 0.04 and proposed + days(4) <= book.at:
        _decline(life, proposed + days(3))
        turn.free_from(proposed + days(10), mentor)
        turn.wait(proposed + days(4), mentee)
        return
    answered = proposed + between(rng, 1, 4)
    for side, when in (("mentor", answered), ("mentee", answered + days(1))):
        if book.past(when):
            setattr(row, f"{side}_answer", Match.Answer.YES)
            setattr(row, f"{side}_answered_on", when)
    introduced = weekday(answered + between(rng, 2, 8))
    if not book.past(introduced):
        return
    row.introduced_on, row.introduced_by = introduced, row.looks_after.name if row.looks_after else ""
    first = introduced if rng.random() < 0.6 else introduced + between(rng, 1, 6)
    row.first_met_on = first if book.past(first) else None
    row.meets = words.MEETS[0 if life.apart == 7 else 2] if life.apart < 28 else "Once a month, in town"
    _ends(book, turn, life, introduced)


def _decline(life: MatchLife, on: date) -> None:
    row = life.row
    row.mentor_answer, row.mentor_answered_on = Match.Answer.YES, on
    row.mentee_answer, row.mentee_answered_on = Match.Answer.NO, on
    row.declined_because = "Would rather meet somebody who lives nearer."


def _ends(book: Book, turn: _Round, life: MatchLife, introduced: date) -> None:
    rng = book.rng
    sudden = rng.random() < 0.12
    last = weekday(introduced + between(rng, 50, 250) if sudden else introduced + between(rng, 200, 560))
    known = last if sudden else last - between(rng, book.practice.notice_days + 1, book.practice.notice_days + 14)
    if not book.past(known):
        return
    row = life.row
    row.ended_on = last
    told = min(known + days(2), last)
    over = book.past(last)
    follow = last if over else None
    outside = life.mentee.row.referrer_involved
    life.ending = Ending(
        match=row,
        kind=Ending.Kind.SUDDEN if sudden else Ending.Kind.PLANNED,
        known_on=known,
        last_day=last,
        reason=book.one(words.SUDDEN if sudden else words.PLANNED),
        mentee_told_on=known,
        mentor_told_on=known,
        carer_told_on=told if life.mentee.row.carer and book.past(told) else None,
        referrer_told_on=told if outside and book.past(told) else None,
        looked_back_on=follow,
        looked_back=book.one(words.LOOKED_BACK) if over else "",
        mentee_confirmed_on=follow,
        mentor_confirmed_on=follow,
        follows=book.one(words.FOLLOWS) if over else "",
        asked_exit_on=follow,
        offered="The Friday group, and helping at the summer event." if over else "",
        by=book.who(),
        at=moment(known),
    )
    if over:
        _after(book, turn, life, last)


def _after(book: Book, turn: _Round, life: MatchLife, last: date) -> None:
    """The mentee leaves, or waits anew; the mentor takes a breath, or leaves."""
    rng, mentee, mentor = book.rng, life.mentee.row, life.mentor.row
    leaves = last + between(rng, 0, 5)
    if rng.random() < 0.8 and book.past(leaves):
        mentee.left_on, mentee.left_because = leaves, book.one(words.LEFT)
    else:
        mentee.waiting_since = last
        turn.wait(last, life.mentee)
    away = last + between(rng, 5, 20)
    busy = any(one is not life and one.row.ended_on is None for one in life.mentor.matches) or mentor.places > 1
    if rng.random() < 0.25 and not busy and book.past(away):
        mentor.left_on, mentor.left_because = away, book.one(words.MENTOR_LEFT)
    else:
        turn.free_from(last + between(rng, 10, 30), life.mentor)


def pauses(book: Book) -> None:
    """A few are away for some weeks, or just now."""
    for life in book.mentors:
        if not life.here or book.rng.random() > 0.05:
            continue
        accepted = life.row.accepted_on or book.start
        span = (book.at - accepted).days - 120
        if span < 10:
            continue
        begins = accepted + timedelta(days=60 + book.rng.randrange(span))
        life.pauses.append(
            Pause(
                mentor=life.row,
                begins=begins,
                ends=begins + between(book.rng, 10, 24),
                reason="Away with family.",
                by=book.who(),
                at=moment(begins),
            )
        )
