"""The migration of an outbox that holds mail: secrets of what has left or failed are wiped, links have an end."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

BEFORE, AFTER = ("notices", "0001_outbox"), ("notices", "0002_retries_and_account_mail")
WRITTEN = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.mark.django_db(transaction=True)
def test_mail_of_before_is_carried_over() -> None:
    MigrationExecutor(connection).migrate([BEFORE])
    try:
        apps = MigrationExecutor(connection).loader.project_state([BEFORE]).apps
        body = apps.get_model("organisations", "Organisation").objects.create(kind="body", name="B", slug="b")
        old = apps.get_model("notices", "Message").objects
        for state in ("waiting", "sent", "stopped", "failed"):
            for kind in ("invited", "decided"):
                old.create(
                    organisation=body,
                    kind=kind,
                    subject="x",
                    body="x",
                    state=state,
                    secret="a link" if kind == "invited" else "",
                    created_at=WRITTEN,
                )
    finally:
        last = MigrationExecutor(connection)
        last.migrate(last.loader.graph.leaf_nodes())
    new = MigrationExecutor(connection).loader.project_state([AFTER]).apps.get_model("notices", "Message").objects
    end = WRITTEN + timedelta(days=14)
    assert set(new.values_list("state", "kind", "secret", "good_until", "tries")) == {
        ("waiting", "invited", "a link", end, 0),
        ("sent", "invited", "", end, 0),
        ("stopped", "invited", "", end, 0),
        ("failed", "invited", "", end, 0),
        *((state, "decided", "", None, 0) for state in ("waiting", "sent", "stopped", "failed")),
    }
