"""What was declared redacted before there was a gate counts as passed by that declaration; all else goes through it."""

from hashlib import sha256

from django.db import migrations

WORDS = "Before there was a privacy gate it was declared: "


def pass_declared(apps, schema_editor):
    items = apps.get_model("evidence", "Item").objects
    for item in items.filter(redacted_at__isnull=False, destroyed_at__isnull=True).iterator(500):
        said = "\x00".join((item.title, item.text, item.url, item.file_name, item.digest))
        items.filter(pk=item.pk).update(
            passed_by=item.redacted_by_id,
            passed_at=item.redacted_at,
            passed_wording=f"{WORDS}{item.redacted_wording}"[:500],
            passed_digest=sha256(said.encode()).hexdigest(),
        )


class Migration(migrations.Migration):
    dependencies = [
        ("evidence", "0007_passed"),
    ]

    operations = [
        migrations.RunPython(pass_declared, migrations.RunPython.noop, elidable=True),
    ]
