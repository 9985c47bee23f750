"""The awarding body desk's addresses."""

from django.urls import URLPattern, path

from kithwork.web.body import holding, rights
from kithwork.web.body.assessor import appoint
from kithwork.web.body.banks import banks
from kithwork.web.body.breaches import body_breach, breaches
from kithwork.web.body.clock import clock, close
from kithwork.web.body.courses.urls import urlpatterns as courses
from kithwork.web.body.decide import decide
from kithwork.web.body.dossier import body_dossier, body_dossier_stop, decision_pdf
from kithwork.web.body.duties import body_duties
from kithwork.web.body.handed_in import body_answers
from kithwork.web.body.impact import impact, impact_rows
from kithwork.web.body.journey import body_journey
from kithwork.web.body.keys import body_keys, body_keys_progress, body_rotate
from kithwork.web.body.ledger import body_ledger
from kithwork.web.body.money import body_invoice_pdf, invoices, issue_invoice, take_payment
from kithwork.web.body.outbox import outbox, outbox_message, send_message_again, send_outbox, stop_message
from kithwork.web.body.people import body_people, end_membership, withdraw_invite
from kithwork.web.body.pipeline import body_home
from kithwork.web.body.portfolio import (
    body_portfolio,
    body_portfolio_breach,
    body_portfolio_file,
    body_portfolio_zip,
)
from kithwork.web.body.preview import urlpatterns as previews
from kithwork.web.body.register import body_award, body_register, change_award
from kithwork.web.body.schemes import body_schemes, close_edition, publish_edition
from kithwork.web.body.stages import body_stage, keep_duty, panel, panel_record

ONE = "body/<slug:org>/journeys/<slug:ref>"

urlpatterns: list[URLPattern] = [
    path("body/<slug:org>/", body_home, name="body_home"),
    path("body/<slug:org>/banks/", banks, name="banks"),
    path(f"{ONE}/", body_journey, name="body_journey"),
    path(f"{ONE}/answers/<slug:stage>/", body_answers, name="body_answers"),
    path(f"{ONE}/decide/<slug:stage>/", decide, name="decide"),
    path(f"{ONE}/stages/<slug:stage>/", body_stage, name="body_stage"),
    path(f"{ONE}/portfolio/<slug:stage>/", body_portfolio, name="body_portfolio"),
    path(f"{ONE}/portfolio/<slug:stage>/portfolio.zip", body_portfolio_zip, name="body_portfolio_zip"),
    path(f"{ONE}/portfolio/<slug:stage>/pieces/<slug:item>/file", body_portfolio_file, name="body_portfolio_file"),
    path(
        f"{ONE}/portfolio/<slug:stage>/pieces/<slug:item>/breach/", body_portfolio_breach, name="body_portfolio_breach"
    ),
    path(f"{ONE}/panel/<slug:stage>/record/", panel_record, name="panel_record"),
    path(f"{ONE}/duties/<slug:duty>/", keep_duty, name="keep_duty"),
    path(f"{ONE}/invoice/<slug:stage>/", issue_invoice, name="issue_invoice"),
    path(f"{ONE}/pay/<slug:invoice>/", take_payment, name="take_payment"),
    path(f"{ONE}/invoices/<slug:invoice>.pdf", body_invoice_pdf, name="body_invoice_pdf"),
    path(f"{ONE}/assessor/", appoint, name="appoint"),
    path(f"{ONE}/decision.pdf", decision_pdf, name="decision_pdf"),
    path(f"{ONE}/dossier/", body_dossier, name="body_dossier"),
    path(f"{ONE}/dossier/<slug:dossier>/stop/", body_dossier_stop, name="body_dossier_stop"),
    path(f"{ONE}/clock/", clock, name="clock"),
    path(f"{ONE}/close/", close, name="close"),
    path("body/<slug:org>/panel/", panel, name="panel"),
    path("body/<slug:org>/invoices/", invoices, name="invoices"),
    path("body/<slug:org>/register/", body_register, name="body_register"),
    path("body/<slug:org>/awards/<slug:ref>/", body_award, name="body_award"),
    path("body/<slug:org>/awards/<slug:ref>/<slug:change>/", change_award, name="change_award"),
    path("body/<slug:org>/breaches/", breaches, name="breaches"),
    path("body/<slug:org>/breaches/<slug:breach>/", body_breach, name="body_breach"),
    path("body/<slug:org>/outbox/", outbox, name="outbox"),
    path("body/<slug:org>/outbox/send/", send_outbox, name="send_outbox"),
    path("body/<slug:org>/outbox/<slug:ref>/", outbox_message, name="outbox_message"),
    path("body/<slug:org>/outbox/<slug:ref>/send/", send_message_again, name="send_message_again"),
    path("body/<slug:org>/outbox/<slug:ref>/stop/", stop_message, name="stop_message"),
    path("body/<slug:org>/people/", body_people, name="body_people"),
    path("body/<slug:org>/people/invitations/<slug:ref>/withdraw/", withdraw_invite, name="withdraw_invite"),
    path("body/<slug:org>/people/<slug:user>/<slug:role>/end/", end_membership, name="end_membership"),
    path("body/<slug:org>/schemes/", body_schemes, name="body_schemes"),
    *previews,
    path("body/<slug:org>/schemes/<slug:slug>/<slug:edition>/", publish_edition, name="publish_edition"),
    path("body/<slug:org>/schemes/<slug:slug>/<slug:edition>/close/", close_edition, name="close_edition"),
    path("body/<slug:org>/impact/", impact, name="impact"),
    path("body/<slug:org>/impact/rows/", impact_rows, name="impact_rows"),
    path("body/<slug:org>/register/duties/", body_duties, name="body_duties"),
    path("body/<slug:org>/keys/", body_keys, name="body_keys"),
    path("body/<slug:org>/keys/progress/", body_keys_progress, name="body_keys_progress"),
    path("body/<slug:org>/keys/rotate/", body_rotate, name="body_rotate"),
    path("body/<slug:org>/ledger/", body_ledger, name="body_ledger"),
    path("body/<slug:org>/rights/", rights.body_rights, name="body_rights"),
    path("body/<slug:org>/rights/register/", rights.body_register_of_processing, name="body_register_of_processing"),
    path("body/<slug:org>/rights/asked/<slug:asked>/", rights.body_right_asked, name="body_right_asked"),
    path("body/<slug:org>/rights/holds/", holding.body_right_holds, name="body_right_holds"),
    path("body/<slug:org>/rights/holds/<slug:hold>/end/", holding.body_right_hold_end, name="body_right_hold_end"),
    path("body/<slug:org>/rights/going/", holding.body_right_going, name="body_right_going"),
    path(f"{ONE}/hold/", holding.body_right_hold, name="body_right_hold"),
    path(f"{ONE}/everything/", rights.body_everything, name="body_everything"),
    *courses,
]
