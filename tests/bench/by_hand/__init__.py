"""What readiness asks of a service, written by hand as SQL by somebody who wants these numbers alone, quickly, once.

One statement for each set, one scan of it for all its checks; joins where a table is read for everybody, a look into an
index where one row of many is wanted. The same text runs on SQLite and PostgreSQL, but for adding to days. It answers
the QiM edition of 2022 and nothing else: its parameters stand in the text.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from tests.bench.by_hand import matches, papers, people, service
from tests.bench.by_hand.ground import Hand, Statement

__all__ = ["Found", "Hand", "found", "statements"]

Found = dict[str, tuple[int, int, tuple[int, int, int], date | None]]


def statements(hand: Hand) -> list[Statement]:
    """All there is to ask, a statement for each set."""
    return [
        papers.policies(hand),
        *papers.papers(hand),
        *papers.registers(hand),
        papers.staff(hand),
        people.mentees(hand),
        people.mentors(hand),
        matches.matches(hand),
        matches.ended(hand),
        service.referrals(hand),
        service.trainings(hand),
        *service.service(hand),
    ]


def found(hand: Hand, ask: Callable[[str], Sequence[Any]]) -> Found:
    """What each check finds: all, failing, lapsing, until. `ask` gives the row of a query."""
    answers: Found = {}
    for statement in statements(hand):
        row = ask(statement.sql)
        for place, (key, counts) in enumerate(statement.checks.items()):
            all_of, failing, one, two, three, first = row[6 * place : 6 * place + 6]
            day = date.fromisoformat(first) if isinstance(first, str) else first
            until = counts.lasts.after(day) if day and counts.lasts else day
            answers[key] = (all_of, failing, (one, two, three), until)
    return answers
