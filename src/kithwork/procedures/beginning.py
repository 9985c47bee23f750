"""An empty file of SQLite gets its present shape at once: one statement for each table, instead of all their history.

Replaying the migrations computes every model anew after each step, which takes longer than making the sample people of
the demo. What comes of it is the same (`tests/procedures/test_beginning.py` compares them): the tables of the models as
they are now, and what migrations do to the database beyond tables, marked there with the hint `shape`. PostgreSQL goes
through its migrations, once in its life.
"""

from django.apps import apps
from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal
from django.db import connections
from django.db.migrations import RunPython, RunSQL
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder


def bring_up(using: str = "default") -> None:
    """Bring a database to the present shape. An empty file gets it at once, any other by the migrations it lacks."""
    connection = connections[using]
    if connection.vendor == "sqlite" and not connection.introspection.table_names():
        _begin(using)
    call_command("migrate", verbosity=0, interactive=False, database=using)


def _begin(using: str) -> None:
    """Make all tables, note every migration as applied, and do what follows a migration: rights, kinds of content."""
    connection = connections[using]
    executor = MigrationExecutor(connection)
    plan = [migration for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes(), clean_start=True)]
    with connection.schema_editor() as editor:
        for model in apps.get_models():
            if model._meta.managed and not model._meta.proxy:
                editor.create_model(model)
    state = executor.loader.project_state()
    with connection.schema_editor() as editor:
        for migration in plan:
            for operation in migration.operations:
                if isinstance(operation, RunPython | RunSQL) and operation.hints.get("shape"):
                    operation.database_forwards(migration.app_label, editor, state, state)
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    recorder.migration_qs.bulk_create(
        recorder.Migration(app=migration.app_label, name=migration.name) for migration in plan
    )
    emit_post_migrate_signal(verbosity=0, interactive=False, db=using, apps=apps, plan=[])
