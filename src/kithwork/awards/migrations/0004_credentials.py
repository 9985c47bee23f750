"""Keys of awarding bodies, their status lists, and the credentials of awards."""

import django.db.models.deletion
import django.utils.timezone
import kithwork.core.refs
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('awards', '0003_terms_and_listing'),
        ('organisations', '0002_service_roles'),
    ]

    operations = [
        migrations.CreateModel(
            name='SigningKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(default=kithwork.core.refs.new_ref, editable=False, max_length=12, unique=True)),
                ('public', models.CharField(max_length=60, unique=True)),
                ('sealed', models.BinaryField()),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('retired_at', models.DateTimeField(blank=True, null=True)),
                ('stolen_at', models.DateTimeField(blank=True, null=True)),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signing_keys', to='organisations.organisation')),
            ],
            options={
                'ordering': ('-made_at', '-id'),
            },
        ),
        migrations.CreateModel(
            name='StatusList',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(default=kithwork.core.refs.new_ref, editable=False, max_length=12, unique=True)),
                ('begun_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('full_at', models.DateTimeField(blank=True, null=True)),
                ('document', models.TextField(blank=True)),
                ('signed_at', models.DateTimeField(blank=True, null=True)),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='status_lists', to='organisations.organisation')),
            ],
            options={
                'ordering': ('-begun_at', '-id'),
            },
        ),
        migrations.CreateModel(
            name='Credential',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(default=kithwork.core.refs.new_ref, editable=False, max_length=12, unique=True)),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('index', models.PositiveIntegerField(blank=True, null=True)),
                ('salt', models.CharField(blank=True, max_length=32)),
                ('document', models.TextField(blank=True)),
                ('signed_at', models.DateTimeField(blank=True, null=True)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('fault', models.CharField(blank=True, max_length=500)),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('award', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='credentials', to='awards.award')),
                ('key', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='credentials', to='awards.signingkey')),
                ('list', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='credentials', to='awards.statuslist')),
            ],
            options={
                'ordering': ('asked_at', 'id'),
            },
        ),
        migrations.AddConstraint(
            model_name='signingkey',
            constraint=models.UniqueConstraint(condition=models.Q(('retired_at__isnull', True)), fields=('body',), name='one_key_in_use'),
        ),
        migrations.AddIndex(
            model_name='credential',
            index=models.Index(condition=models.Q(('signed_at__isnull', True)), fields=['asked_at'], name='credentials_to_sign'),
        ),
        migrations.AddConstraint(
            model_name='credential',
            constraint=models.UniqueConstraint(fields=('list', 'index'), name='place_used_once'),
        ),
        migrations.AddConstraint(
            model_name='credential',
            constraint=models.UniqueConstraint(condition=models.Q(('revoked_at__isnull', True)), fields=('award',), name='one_good_credential'),
        ),
    ]
