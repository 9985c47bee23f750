"""Faults on purpose, of many kinds: each breaks one rule, and says which indicator, what it is, where it is found."""

from collections.abc import Iterable
from itertools import zip_longest

from kithwork.procedures.plausible.book import Book
from kithwork.procedures.plausible.faults import matches, mentees, mentors, service
from kithwork.procedures.plausible.faults.hand import Breaker, Hand

__all__ = ["BREAKERS", "put_in"]

# one of each subject in turn, so that a handful of faults is of many kinds
BREAKERS: tuple[Breaker, ...] = tuple(
    breaker
    for row in zip_longest(mentors.BREAKERS, matches.BREAKERS, mentees.BREAKERS, service.BREAKERS)
    for breaker in row
    if breaker is not None
)


def put_in(book: Book, number: int, spare: Iterable[object] = ()) -> None:
    """So many faults, of one kind after the other and round again; fewer where nobody is left whom one would fit.

    `spare`: lives that no fault may be about.
    """
    hand = Hand(book, {id(one) for one in spare})
    while len(book.faults) < number:
        before = len(book.faults)
        for breaker in BREAKERS:
            if len(book.faults) < number and (fault := breaker(hand)) is not None:
                book.faults.append(fault)
        if len(book.faults) == before:
            return
