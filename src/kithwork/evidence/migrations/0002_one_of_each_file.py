"""Two uploads at once could keep one same file twice: the first stays, and takes over what the others were used for."""

from django.db import migrations
from django.db.models import Count
from django.utils import timezone


def keep_the_first(apps, schema_editor):
    items = apps.get_model("evidence", "Item").objects
    offers = apps.get_model("evidence", "Offer").objects
    living = items.filter(removed_at__isnull=True, destroyed_at__isnull=True).exclude(digest="")
    twice = living.order_by().values("journey", "digest").annotate(many=Count("id")).filter(many__gt=1)
    for one in list(twice):
        first, *others = living.filter(journey=one["journey"], digest=one["digest"]).order_by("added_at", "id")
        for other in others:
            if first.redacted_at is None and other.redacted_at is not None:
                first.redacted_by, first.redacted_at = other.redacted_by, other.redacted_at
                first.redacted_wording = other.redacted_wording
            first.casework = first.casework or other.casework
            slots = offers.filter(item=first).values_list("slot", flat=True)
            offers.filter(item=other).exclude(slot__in=list(slots)).update(item=first)
            offers.filter(item=other).delete()
            other.removed_at = timezone.now()  # what was sent stays with its round
            other.save(update_fields=["removed_at"])
        first.save(update_fields=["redacted_by", "redacted_at", "redacted_wording", "casework"])


class Migration(migrations.Migration):

    dependencies = [
        ("evidence", "0001_evidence"),
    ]

    operations = [
        migrations.RunPython(keep_the_first, migrations.RunPython.noop, elidable=True),
    ]
