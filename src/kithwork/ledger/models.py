"""What happened, by whom, when. Rows are only ever added; each carries the digest of the one before."""

from django.db import models


class Record(models.Model):
    """One act. `facts` are small and impersonal: references, dates, figures, digests, never words that people typed."""

    seq = models.BigIntegerField(unique=True)  # 1, 2, 3, ... without gaps
    at = models.DateTimeField()
    actor = models.CharField(max_length=40)  # 'user:<ref>', 'system' or 'visitor'
    act = models.CharField(max_length=60)
    subject = models.CharField(max_length=120)  # 'journey:<ref>'
    organisation = models.CharField(max_length=12, blank=True)  # its ref
    facts = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ("seq",)
        indexes = (
            models.Index(fields=("subject", "seq"), name="record_subject"),
            models.Index(fields=("organisation", "seq"), name="record_organisation"),
        )
