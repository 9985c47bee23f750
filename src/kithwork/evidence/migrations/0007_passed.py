import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("evidence", "0006_breaches_from_elsewhere"),
    ]

    operations = [
        migrations.AddField(
            model_name="item",
            name="passed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(model_name="item", name="passed_at", field=models.DateTimeField(blank=True, null=True)),
        migrations.AddField(
            model_name="item", name="passed_wording", field=models.CharField(blank=True, max_length=500)
        ),
        migrations.AddField(model_name="item", name="passed_digest", field=models.CharField(blank=True, max_length=64)),
    ]
