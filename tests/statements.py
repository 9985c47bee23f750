"""Which statements each test makes of the database, so that a second database need not be asked the same thing twice.

`pytest -p tests.statements --keep-statements` notes them; the run on PostgreSQL then takes, with
`--each-statement-once`, as few tests as make every statement that any test makes: docs/decisions/009-two-databases.md
says why that is as good as all. Statements are told apart by their text, by the kinds of what they write, by how many
rows they wrote (none, one, more) and by whether the database refused them. Tests with real commits, and tests of which
nothing was noted, run always; tests that ask the database nothing run on SQLite alone.
"""

import hashlib
import json
import re
import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

KEPT = Path(__file__).parent.parent / "build" / "statements"
LISTS = re.compile(r"%s(?:, %s)+")  # as many as somebody asked for
ROWS = re.compile(r"\(%s…\)(?:, \(%s…\))+")
UNTOLD = ("SAVEPOINT", "RELEASE", "ROLLBACK")  # named anew each time
HARDLY = 0.02  # seconds: what the quickest of tests takes


class Noting:
    """Notes what each test of this process asks, and how long it works."""

    def __init__(self) -> None:
        self.asked: dict[str, set[str]] = {}
        self.seconds: dict[str, float] = {}
        self._now: set[str] = set()

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[Any]:
        if self._note not in connection.execute_wrappers:
            connection.execute_wrappers.append(self._note)
        self._now = self.asked[item.nodeid] = set()
        began = time.process_time()
        try:
            return (yield)  # type: ignore[return-value]  # a hook's wrapper gives what it wraps
        finally:
            self.seconds[item.nodeid] = time.process_time() - began

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if not self.asked:
            return  # the workers' own process runs no test
        worker = getattr(session.config, "workerinput", {}).get("workerid", "alone")
        KEPT.mkdir(parents=True, exist_ok=True)
        told = {name: [self.seconds.get(name, 0.0), sorted(made)] for name, made in self.asked.items()}
        (KEPT / f"{worker}.json").write_text(json.dumps(told), encoding="utf-8")

    def _note(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if sql.startswith(UNTOLD):
            return execute(sql, params, many, context)
        refused = True
        try:
            answer = execute(sql, params, many, context)
            refused = False
        finally:
            self._now.add(_told(sql, params, many, 0 if refused else context["cursor"].rowcount, refused))
        return answer


def _told(sql: str, params: Any, many: bool, rows: int, refused: bool) -> str:
    """The statement in sixteen letters."""
    words = [ROWS.sub("(%s…)", LISTS.sub("%s…", sql)), str(refused)]
    if not sql.startswith("SELECT"):
        kinds = () if many or not isinstance(params, (list, tuple)) else params
        words += [str(min(rows, 2)), *(type(one).__name__ for one in kinds)]
    return hashlib.sha256("\0".join(words).encode()).hexdigest()[:16]


def read() -> tuple[dict[str, set[str]], dict[str, float]]:
    """What was noted: the statements of each test, and its seconds."""
    asked: dict[str, set[str]] = {}
    seconds: dict[str, float] = {}
    for file in sorted(KEPT.glob("*.json")):
        for name, (took, made) in json.loads(file.read_text(encoding="utf-8")).items():
            asked[name] = {*made}
            seconds[name] = took
    return asked, seconds


def cover(asked: dict[str, set[str]], seconds: dict[str, float], begin: set[str]) -> set[str]:
    """`begin`, and tests that make between them all that is asked by any: those first that show most in their time."""
    left: set[str] = set().union(*asked.values()).difference(*(asked.get(name, set()) for name in begin))
    waiting = {name: made & left for name, made in sorted(asked.items()) if name not in begin}
    chosen = {*begin}
    while left:
        best = max(waiting, key=lambda name: len(waiting[name]) / (seconds[name] + HARDLY))
        chosen.add(best)
        shown = waiting.pop(best)
        left -= shown
        waiting = {name: rest for name, made in waiting.items() if (rest := made - shown)}
    times = Counter(one for name in chosen for one in asked.get(name, ()))
    for name in sorted(chosen - begin, key=lambda name: (-seconds[name], name)):  # those that later ones made needless
        if all(times[one] > 1 for one in asked[name]):
            chosen.discard(name)
            times.subtract(asked[name])
    return chosen


class Choosing:
    """Leaves out the tests that would ask only what others ask."""

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        asked, seconds = read()
        here = {item.nodeid for item in items}
        asked = {name: made for name, made in asked.items() if name in here}
        always = {item.nodeid for item in items if item.nodeid not in asked or _commits(item)}
        chosen = cover(asked, seconds, always)
        config.hook.pytest_deselected(items=[item for item in items if item.nodeid not in chosen])
        items[:] = [item for item in items if item.nodeid in chosen]


def _commits(item: pytest.Item) -> bool:
    """Whether the test does without the transaction that is rolled back after each of the others."""
    marked = any(mark.kwargs.get("transaction") for mark in item.iter_markers("django_db"))
    return marked or "transactional_db" in getattr(item, "fixturenames", ())


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("statements")
    group.addoption("--keep-statements", action="store_true", help="note which statements each test makes")
    group.addoption("--each-statement-once", action="store_true", help="leave out tests that ask nothing of their own")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--keep-statements"):
        if not hasattr(config, "workerinput"):
            shutil.rmtree(KEPT, ignore_errors=True)  # what was noted of other texts of the tests
        config.pluginmanager.register(Noting())
    if config.getoption("--each-statement-once"):
        config.pluginmanager.register(Choosing())
