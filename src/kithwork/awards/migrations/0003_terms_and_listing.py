"""When a term starts, and whether the holder is listed; an award there already started when it was granted."""

from django.db import migrations, models
from django.db.models import F


def started_when_granted(apps, schema_editor):  # type: ignore[no-untyped-def]  # the migration framework's own types
    apps.get_model("awards", "Award").objects.update(starts_on=F("granted_on"))


class Migration(migrations.Migration):
    dependencies = [("awards", "0002_longer_numbers")]

    operations = [
        migrations.AddField("award", "starts_on", models.DateField(null=True)),
        migrations.RunPython(started_when_granted, migrations.RunPython.noop),
        migrations.AlterField("award", "starts_on", models.DateField()),
        migrations.AddField("award", "listed", models.BooleanField(default=True)),
        migrations.AlterField("award", "place", models.CharField(blank=True, max_length=300)),
    ]
