"""Why an interview counts that lasted longer than the scheme allows, or did not keep one of its rules."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("assessment", "0001_assessment")]

    operations = [
        migrations.AddField(
            model_name="interview",
            name="reason",
            field=models.TextField(blank=True, max_length=1000),
        ),
    ]
