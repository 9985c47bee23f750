"""An invoice's number as a number as well, so that 10,000 comes after 9,999; and room for the longest names."""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def count(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """'2026-0007' is the serial 7."""
    invoices = apps.get_model("journeys", "Invoice").objects.using(editor.connection.alias)
    for invoice in invoices.only("number").iterator():
        invoice.serial = int(invoice.number.rpartition("-")[2])
        invoice.save(update_fields=["serial"])


class Migration(migrations.Migration):
    dependencies = [("journeys", "0001_journeys")]

    operations = [
        migrations.AddField(
            model_name="invoice",
            name="serial",
            field=models.PositiveIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.RunPython(count, migrations.RunPython.noop),
        migrations.AlterModelOptions(name="invoice", options={"ordering": ("issued_on", "serial")}),
        migrations.AlterField(
            model_name="invoice",
            name="what",
            field=models.CharField(max_length=700),
        ),
    ]
