"""What comes in and what goes out."""

from django.urls import URLPattern, path

from kithwork.web.coordinator.data import coming, leaving, mail, sampling

urlpatterns: list[URLPattern] = [
    path("run/<slug:slug>/import/", coming.imports, name="imports"),
    path("run/<slug:slug>/import-example/<slug:kind>/", coming.import_example, name="import_example"),
    path("run/<slug:slug>/import/<slug:imported>/", coming.one_import, name="import"),
    path("run/<slug:slug>/import/<slug:imported>/check/", coming.import_check, name="import_check"),
    path("run/<slug:slug>/import/<slug:imported>/undo/", coming.import_undo, name="import_undo"),
    path("run/<slug:slug>/import/<slug:imported>/discard/", coming.import_discard, name="import_discard"),
    path("run/<slug:slug>/export/", leaving.export_service, name="export_service"),
    path("run/<slug:slug>/mentees/<slug:mentee>/everything/", leaving.mentee_everything, name="mentee_everything"),
    path("run/<slug:slug>/mentors/<slug:mentor>/everything/", leaving.mentor_everything, name="mentor_everything"),
    path(
        "run/<slug:slug>/referrals/<slug:referral>/everything/", leaving.referrer_everything, name="referrer_everything"
    ),
    path("run/<slug:slug>/service/staff/<slug:staff>/everything/", leaving.staff_everything, name="staff_everything"),
    path("run/<slug:slug>/outbox/", mail.service_outbox, name="service_outbox"),
    path("run/<slug:slug>/outbox/<slug:message>/", mail.service_message, name="service_message"),
    path("run/<slug:slug>/outbox/<slug:message>/send/", mail.service_message_again, name="service_message_again"),
    path("run/<slug:slug>/outbox/<slug:message>/stop/", mail.service_message_stop, name="service_message_stop"),
    path("run/<slug:slug>/sample/", sampling.sample, name="sample"),
    path("run/<slug:slug>/sample/throw-away/", sampling.throw_sample_away, name="throw_sample_away"),
]
