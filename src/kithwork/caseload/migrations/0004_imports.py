from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('caseload', '0003_sample'),
    ]

    operations = [
        migrations.AddField(
            model_name='import',
            name='answers',
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name='import',
            name='brought_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='import',
            name='filled',
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name='import',
            name='heading_row',
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='import',
            name='sheet',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='import',
            name='skipped',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='import',
            name='table',
            field=models.BinaryField(blank=True, default=b''),
        ),
        migrations.AlterField(
            model_name='import',
            name='made',
            field=models.JSONField(default=dict),
        ),
        migrations.AddIndex(
            model_name='import',
            index=models.Index(fields=['service', 'brought_at'], name='import_open'),
        ),
    ]
