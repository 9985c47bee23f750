from django.db import migrations, models

FOUND = (
    ("person", "Reported by a person"),
    ("elsewhere", "Reported elsewhere, of the same document"),
    ("later", "Found when it was looked through again for names that are new"),
)


def mark_elsewhere(apps, schema_editor):
    """Until now nobody had reported only what was reported elsewhere."""
    apps.get_model("evidence", "Breach").objects.filter(reported_by=None).update(found="elsewhere")
    apps.get_model("evidence", "Feedback").objects.filter(by=None).update(found="elsewhere")


class Migration(migrations.Migration):
    dependencies = [
        ("evidence", "0010_held_back"),
    ]

    operations = [
        migrations.AddField(
            model_name="breach",
            name="found",
            field=models.CharField(choices=FOUND, default="person", max_length=10),
        ),
        migrations.AddField(
            model_name="feedback",
            name="found",
            field=models.CharField(choices=FOUND, default="person", max_length=10),
        ),
        migrations.RunPython(mark_elsewhere, migrations.RunPython.noop, elidable=True),
    ]
