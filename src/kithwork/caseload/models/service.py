"""How one service works: its own words, its intervals, what it asks of mentors."""

from django.db import models
from django.db.models import F, Q

from kithwork.accounts.models import User
from kithwork.core.refs import new_ref
from kithwork.organisations.models import Organisation, Service


class Practice(models.Model):
    """One for each service that runs its work here. Intervals are whole months, days or weeks, as named.

    The figures a service starts with are those of the Quality in Mentoring indicators (001, appendix 2).
    """

    class Vetting(models.TextChoices):
        DBS = "dbs", "DBS"
        PVG = "pvg", "PVG"
        ACCESS_NI = "access-ni", "AccessNI"
        NONE = "none", "none needed"

    service = models.OneToOneField(Service, on_delete=models.CASCADE, related_name="practice")
    begun_on = models.DateField()
    about = models.TextField(blank=True, max_length=4000)  # for the public
    eligibility = models.JSONField(default=list)  # who the service is for: questions, each to be answered yes
    signposts = models.TextField(blank=True, max_length=4000)  # where else people are pointed to
    mentor_role = models.TextField(blank=True, max_length=8000)  # the role description every applicant is assessed by
    mentee_word = models.CharField(max_length=40, default="mentee")
    mentor_word = models.CharField(max_length=40, default="mentor")
    capacity = models.PositiveIntegerField(default=30)  # matches supported at any one time (indicator 26)
    waiting_limit = models.PositiveIntegerField(default=0)  # referrals close themselves when so many wait; 0: never
    takes_referrals = models.BooleanField(default=True)
    closed_until = models.DateField(null=True, blank=True)  # when referrals open again, where that is known
    closed_because = models.CharField(max_length=300, blank=True)
    takes_mentors = models.BooleanField(default=True)
    visits_homes = models.BooleanField(default=False)  # whether mentors go to mentees' homes (indicator 43)
    contact_months = models.PositiveSmallIntegerField(default=3)  # with everybody matched or unmatched (42, 53)
    review_months = models.PositiveSmallIntegerField(default=3)  # of each match with the mentee (44)
    supervision_months = models.PositiveSmallIntegerField(default=6)  # of each mentor (52)
    risk_months = models.PositiveSmallIntegerField(default=12)  # activity and home risk assessments (43)
    new_weeks = models.PositiveSmallIntegerField(default=8)  # a match is new for so long (53, 58)
    notice_days = models.PositiveSmallIntegerField(default=14)  # before a planned ending (59)
    agreement_months = models.PositiveSmallIntegerField(default=2)  # after the start of a match (excellence 22)
    training_sessions = models.PositiveSmallIntegerField(default=2)  # initial training, at least (48)
    references = models.PositiveSmallIntegerField(default=2)  # written ones (47)
    vetting = models.CharField(max_length=10, choices=Vetting, default=Vetting.DBS)
    vetting_years = models.PositiveSmallIntegerField(default=3)
    vetting_window_days = models.PositiveSmallIntegerField(default=60)  # renewal is asked for so long before
    vetting_grace_days = models.PositiveSmallIntegerField(default=0)  # a running match may go on so long after
    badges = models.BooleanField(default=True)  # ID badges are given (32)
    agreement_first = models.BooleanField(default=False)  # a mentor bank: agreed in writing before the first meeting
    longest_months = models.PositiveSmallIntegerField(default=0)  # of one match; 0: no limit (a mentor bank: 36)
    call_first = models.CharField(max_length=200, blank=True)  # whom to ring when something is wrong
    words_of_consent = models.JSONField(default=dict)  # kind of consent -> the wording asked today
    retain_years = models.PositiveSmallIntegerField(default=6)  # after somebody has left
    # what is asked of every mentor alike, in the service's own words; empty: the usual ones (core/service/asked.py)
    application_questions = models.JSONField(default=list, blank=True)
    interview_questions = models.JSONField(default=list, blank=True)
    reference_questions = models.JSONField(default=list, blank=True)


class Bank(models.Model):
    """A service is the mentor bank of a scheme: whoever completes its programme becomes a mentor there.

    It takes two: a lead of the service asks, an officer of the scheme's body agrees. One bank for a scheme at a time.
    """

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="banks")
    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="banks")
    scheme = models.SlugField(max_length=60)
    asked_on = models.DateField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    agreed_on = models.DateField(null=True, blank=True)
    agreed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)  # turned down, or given up

    class Meta:
        ordering = ("asked_on", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("body", "scheme"),
                condition=Q(agreed_on__isnull=False, ended_on__isnull=True),
                name="bank_one_for_a_scheme",
            ),
            models.CheckConstraint(
                condition=Q(agreed_on__isnull=True) | Q(agreed_on__gte=F("asked_on")), name="bank_asked_first"
            ),
        )
