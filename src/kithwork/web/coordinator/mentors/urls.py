"""Addresses of the mentors' room."""

from django.urls import URLPattern, path

from kithwork.web.coordinator.mentors import (
    acts,
    attending,
    checks,
    gatherings,
    leading,
    listing,
    record,
    steps,
    trainings,
)

ROOM = "run/<slug:slug>/mentors"
ONE = f"{ROOM}/<slug:mentor>"
TRAINING = f"{ROOM}/trainings/<slug:training>"
SESSION = f"{TRAINING}/sessions/<slug:session>"
GATHERING = f"{ROOM}/gatherings/<slug:gathering>"

urlpatterns: list[URLPattern] = [
    path(f"{ROOM}/", listing.mentors, name="mentors"),
    path(f"{ROOM}/new/", steps.mentor_new, name="mentor_new"),
    path(f"{ROOM}/exemptions/", listing.exemptions, name="exemptions"),
    path(f"{ROOM}/questions/", leading.mentor_questions, name="mentor_questions"),
    path(f"{ROOM}/bank/", leading.bank, name="bank"),
    path(f"{ROOM}/trainings/", trainings.trainings, name="trainings"),
    path(f"{ROOM}/trainings/new/", trainings.training_new, name="training_new"),
    path(f"{TRAINING}/", trainings.training, name="training"),
    path(f"{TRAINING}/change/", trainings.training_change, name="training_change"),
    path(f"{TRAINING}/invite/", trainings.training_invite, name="training_invite"),
    path(f"{TRAINING}/outline/", trainings.training_outline, name="training_outline"),
    path(f"{TRAINING}/cancel/", trainings.training_cancel, name="training_cancel"),
    path(f"{TRAINING}/ask/", attending.training_ask, name="training_ask"),
    path(f"{TRAINING}/acted/", attending.training_acted, name="training_acted"),
    path(f"{TRAINING}/said/<slug:mentor>/", attending.training_said, name="training_said"),
    path(f"{TRAINING}/sessions/new/", trainings.session_new, name="session_new"),
    path(f"{SESSION}/", trainings.session_change, name="session"),
    path(f"{SESSION}/attendance/", attending.session_register, name="session_register"),
    path(f"{SESSION}/remove/", trainings.session_remove, name="session_remove"),
    path(f"{ROOM}/gatherings/", gatherings.gatherings, name="gatherings"),
    path(f"{ROOM}/gatherings/new/", gatherings.gathering_new, name="gathering_new"),
    path(f"{GATHERING}/", gatherings.gathering, name="gathering"),
    path(f"{GATHERING}/change/", gatherings.gathering_change, name="gathering_change"),
    path(f"{GATHERING}/invite/", gatherings.gathering_invite, name="gathering_invite"),
    path(f"{ONE}/", record.mentor, name="mentor"),
    path(f"{ONE}/change/", steps.mentor_change, name="mentor_change"),
    path(f"{ONE}/consent/", steps.mentor_consent, name="mentor_consent"),
    path(f"{ONE}/steps/<slug:step>/", steps.mentor_step, name="mentor_step"),
    path(f"{ONE}/select/", steps.mentor_select, name="mentor_select"),
    path(f"{ONE}/feedback/", steps.mentor_feedback, name="mentor_feedback"),
    path(f"{ONE}/references/new/", checks.reference_new, name="reference_new"),
    path(f"{ONE}/references/<slug:reference>/", checks.reference, name="reference"),
    path(f"{ONE}/references/<slug:reference>/ask/", checks.reference_ask, name="reference_ask"),
    path(f"{ONE}/references/<slug:reference>/paper/", checks.reference_paper, name="reference_paper"),
    path(f"{ONE}/vetting/", checks.vetting_ask, name="vetting_ask"),
    path(f"{ONE}/vetting/<slug:vetting>/", checks.vetting_outcome, name="vetting"),
    path(f"{ONE}/exempt/", checks.exempt, name="exempt"),
    path(f"{ONE}/exemptions/<int:exemption>/end/", checks.exemption_end, name="exemption_end"),
    path(f"{ONE}/contact/", acts.mentor_contact, name="mentor_contact"),
    path(f"{ONE}/supervision/", acts.supervise, name="supervise"),
    path(f"{ONE}/away/", acts.mentor_pause, name="mentor_pause"),
    path(f"{ONE}/back/", acts.mentor_is_back, name="mentor_is_back"),
    path(f"{ONE}/leave/", acts.mentor_leave, name="mentor_leave"),
    path(f"{ONE}/return/", acts.mentor_return, name="mentor_return"),
    path(f"{ONE}/champion/", acts.champion, name="champion"),
    path(f"{ONE}/invite/", acts.mentor_invite, name="mentor_invite"),
    path("run/<slug:slug>/mentees/<slug:mentee>/becomes-mentor/", acts.becomes_mentor, name="becomes_mentor"),
]
