from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0002_retries_and_account_mail"),
    ]

    operations = [
        migrations.CreateModel(
            name="Told",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject", models.CharField(max_length=12)),
                ("occasion", models.CharField(max_length=120)),
                ("on", models.DateField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("subject", "occasion"), name="told_once")],
            },
        ),
    ]
