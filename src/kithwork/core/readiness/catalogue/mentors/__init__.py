"""Checks about mentors: how they come, how they are trained, how they are supported (indicators 32 and 45 to 54,
excellence 12, 15, 16, 19, 20), and what a mentor bank asks of them (002).
"""

from kithwork.core.readiness.asked import Asked
from kithwork.core.readiness.catalogue.mentors import gatherings, joining, supporting, training
from kithwork.core.readiness.catalogue.mentors.gatherings import (
    EventsHeld,
    NewslettersSent,
    StandardisationAttended,
)
from kithwork.core.readiness.catalogue.mentors.joining import (
    ApplicantsAnswered,
    ApplicantsSignposted,
    ApplicationsAssessed,
    ApplicationsCompleted,
    MentorsBadged,
    MentorsCounted,
    MentorsInterviewed,
    MentorsReferenced,
    MentorsVetted,
    SelectionsExplained,
)
from kithwork.core.readiness.catalogue.mentors.supporting import (
    MentorsContacted,
    MentorsFollowedUp,
    MentorsSupervised,
    WellbeingFollowed,
)
from kithwork.core.readiness.catalogue.mentors.training import (
    FeedbackActedOn,
    FeedbackGathered,
    MentorsTrained,
    TrainingObserved,
    TrainingOffered,
    TrainingOutlined,
)

__all__ = [
    "KINDS",
    "ApplicantsAnswered",
    "ApplicantsSignposted",
    "ApplicationsAssessed",
    "ApplicationsCompleted",
    "EventsHeld",
    "FeedbackActedOn",
    "FeedbackGathered",
    "MentorsBadged",
    "MentorsContacted",
    "MentorsCounted",
    "MentorsFollowedUp",
    "MentorsInterviewed",
    "MentorsReferenced",
    "MentorsSupervised",
    "MentorsTrained",
    "MentorsVetted",
    "NewslettersSent",
    "SelectionsExplained",
    "StandardisationAttended",
    "TrainingObserved",
    "TrainingOffered",
    "TrainingOutlined",
    "WellbeingFollowed",
]

KINDS: tuple[type[Asked], ...] = (*joining.KINDS, *training.KINDS, *supporting.KINDS, *gatherings.KINDS)
