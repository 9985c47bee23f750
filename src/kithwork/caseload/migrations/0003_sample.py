from django.conf import settings
from django.db import migrations, models
import django.db.models.deletion
import django.utils.timezone

import kithwork.core.refs


class Migration(migrations.Migration):
    dependencies = [
        ("caseload", "0002_outcomes"),
        ("organisations", "0002_service_roles"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Sample",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ref",
                    models.CharField(default=kithwork.core.refs.new_ref, editable=False, max_length=12, unique=True),
                ),
                ("seed", models.BigIntegerField()),
                ("last_day", models.DateField()),
                ("figures", models.JSONField(default=dict)),
                ("faults", models.JSONField(default=list)),
                ("made", models.JSONField(default=dict)),
                ("capacity_before", models.PositiveIntegerField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("thrown_away_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="samples",
                        to="organisations.service",
                    ),
                ),
            ],
            options={
                "ordering": ("-at", "-id"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("thrown_away_at__isnull", True)),
                        fields=("service",),
                        name="sample_one_at_a_time",
                    )
                ],
            },
        ),
    ]
