"""The database itself refuses to change or delete a record."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

SQLITE = (
    "CREATE TRIGGER ledger_no_update BEFORE UPDATE ON ledger_record "
    "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END",
    "CREATE TRIGGER ledger_no_delete BEFORE DELETE ON ledger_record "
    "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END",
    # INSERT OR REPLACE deletes the row in its way without a word to the trigger above
    "CREATE TRIGGER ledger_no_replace BEFORE INSERT ON ledger_record "
    "WHEN EXISTS (SELECT 1 FROM ledger_record WHERE id = NEW.id OR seq = NEW.seq) "
    "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END",
)
POSTGRESQL = (
    "CREATE FUNCTION ledger_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$",
    "CREATE TRIGGER ledger_no_change BEFORE UPDATE OR DELETE ON ledger_record "
    "FOR EACH ROW EXECUTE FUNCTION ledger_append_only()",
    "CREATE TRIGGER ledger_no_truncate BEFORE TRUNCATE ON ledger_record "
    "FOR EACH STATEMENT EXECUTE FUNCTION ledger_append_only()",
)
UNDO = {
    "sqlite": (
        "DROP TRIGGER ledger_no_update",
        "DROP TRIGGER ledger_no_delete",
        "DROP TRIGGER ledger_no_replace",
    ),
    "postgresql": (
        "DROP TRIGGER ledger_no_truncate ON ledger_record",
        "DROP TRIGGER ledger_no_change ON ledger_record",
        "DROP FUNCTION ledger_append_only()",
    ),
}


def forwards(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def backwards(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in UNDO[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = (("ledger", "0001_records"),)
    # the hint tells `procedures.beginning` that an empty database needs it too
    operations = (migrations.RunPython(forwards, backwards, elidable=False, hints={"shape": True}),)
