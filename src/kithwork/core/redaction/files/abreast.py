"""Pages side by side: a reader of pictures is a program of its own and uses one core, and most machines have two."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

AT_ONCE = 2

T = TypeVar("T")
R = TypeVar("R")


def abreast(work: Callable[[T], R], given: Iterable[T]) -> Iterator[R]:
    """`work` on each, two at a time, answers in the order of `given`; the first that raises ends it.

    `given` is asked in the thread of whoever asks us, and only for as many as are worked on: PDFium draws one page at
    a time, and a page takes tens of megabytes.
    """
    pool = ThreadPoolExecutor(AT_ONCE)
    under_way: deque[Future[R]] = deque()
    try:
        for one in given:
            under_way.append(pool.submit(work, one))
            if len(under_way) == AT_ONCE:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)
