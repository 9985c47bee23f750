"""An award's number may begin with the longest name a scheme can have."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("awards", "0001_awards")]

    operations = [
        migrations.AlterField(
            model_name="award",
            name="number",
            field=models.CharField(max_length=80, unique=True),
        ),
    ]
