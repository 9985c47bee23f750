"""The addresses of the body's courses."""

from django.urls import URLPattern, path

from kithwork.web.body.courses.attendance import attendance, course_register
from kithwork.web.body.courses.feedback import course_feedback
from kithwork.web.body.courses.listing import courses
from kithwork.web.body.courses.making import (
    course_calendar,
    course_cancel,
    course_change,
    course_close,
    course_new,
    course_outline,
    course_publish,
)
from kithwork.web.body.courses.offering import course, course_offers
from kithwork.web.body.courses.parts import part_change, part_move, part_new, part_remove
from kithwork.web.body.courses.places import (
    course_alternative,
    course_confirm,
    course_end,
    course_letter,
    course_place,
)

ONE = "body/<slug:org>/courses/<slug:ref>"
PART = f"{ONE}/parts/<int:part>"
PLACE = f"{ONE}/places/<slug:place>"

urlpatterns: list[URLPattern] = [
    path("body/<slug:org>/courses/", courses, name="courses"),
    path("body/<slug:org>/courses/new/", course_new, name="course_new"),
    path(f"{ONE}/", course, name="course"),
    path(f"{ONE}/change/", course_change, name="course_change"),
    path(f"{ONE}/publish/", course_publish, name="course_publish"),
    path(f"{ONE}/requests/", course_close, name="course_close"),
    path(f"{ONE}/cancel/", course_cancel, name="course_cancel"),
    path(f"{ONE}/offers/", course_offers, name="course_offers"),
    path(f"{ONE}/outline.pdf", course_outline, name="course_outline"),
    path(f"{ONE}/calendar.ics", course_calendar, name="course_calendar"),
    path(f"{ONE}/parts/new/", part_new, name="part_new"),
    path(f"{PART}/", part_change, name="part_change"),
    path(f"{PART}/move/", part_move, name="part_move"),
    path(f"{PART}/remove/", part_remove, name="part_remove"),
    path(f"{PART}/attendance/", attendance, name="attendance"),
    path(f"{ONE}/attendance/", course_register, name="course_register"),
    path(f"{ONE}/feedback/", course_feedback, name="course_feedback"),
    path(f"{PLACE}/", course_place, name="course_place"),
    path(f"{PLACE}/confirm/", course_confirm, name="course_confirm"),
    path(f"{PLACE}/alternative/", course_alternative, name="course_alternative"),
    path(f"{PLACE}/end/", course_end, name="course_end"),
    path(f"{PLACE}/letter.pdf", course_letter, name="course_letter"),
]
