"""Everything that happened with one mentor."""

from django.urls import reverse

from kithwork.caseload.queries.mentors import StepOutcome, SupervisionTopic
from kithwork.web.coordinator.mentors.seen import Seen
from kithwork.web.coordinator.mentors.wording import outcome_words
from kithwork.web.kit.cards import TimelineEvent
from kithwork.web.templatetags.kit import longdate


def timeline(one: Seen) -> list[TimelineEvent]:
    """Everything that happened, the latest first. What was written is shown to those who may open this page alone."""
    file = one.file
    topics = {topic.value: topic.label for topic in SupervisionTopic}
    found = [
        TimelineEvent(
            _first_large(step.get_kind_display())
            + ("" if step.outcome == StepOutcome.DONE else f": {step.get_outcome_display()}"),
            step.on,
            step.by.name if step.by else one.mentor.name,
            " ".join(filter(None, [step.note, *(f"{q} {a}" for q, a in step.answers.items()),
                                   f"Pointed to: {step.signposted_to}" if step.signposted_to else ""])),
        )
        for step in file.steps
    ]  # fmt: skip
    for reference in file.references:
        if reference.received_on:
            found.append(TimelineEvent(f"Reference by {reference.name} came", reference.received_on,
                                       href=one.at("reference", reference.ref), link="Read it"))  # fmt: skip
    for check in file.vettings:
        found.append(
            TimelineEvent(f"{_first_large(check.get_level_display())} check asked for", check.asked_on, check.by.name)
        )
        if check.on:
            until = f", counts until {longdate(check.expires_on)}" if check.expires_on else ""
            found.append(TimelineEvent(f"Check: {outcome_words(check.outcome)}{until}", check.on, check.by.name))
        if check.looked_up_on and check.looked_up_on != check.on:
            found.append(TimelineEvent("Update service looked up", check.looked_up_on))
    for row in file.attendance:
        if row.session.on <= one.today and row.state != "invited":
            place = reverse("training", args=[one.run.service.slug, row.session.training.ref])
            title = f"{row.session.training.title}, session {row.session.number}: {row.get_state_display()}"
            found.append(
                TimelineEvent(title, row.session.on, text=row.performance, href=place, link="See the training")
            )
    for session in file.supervisions:
        how = "face to face" if session.face_to_face else "at a distance"
        told = "; ".join(topics[name] for name in session.topics if name in topics)
        wish = f"Wants to learn: {session.learning}." if session.learning else ""
        stays = {True: "Wants to go on.", False: "Does not want to go on.", None: ""}[session.goes_on]
        said = " ".join(filter(None, [f"{told}." if told else "", session.notes, wish, stays]))
        found.append(TimelineEvent(f"Supervision, {how}", session.on, session.by.name, said))
    for contact in file.contacts:
        reached = "" if contact.reached else " (not reached)"
        found.append(TimelineEvent(f"Contact {contact.get_way_display()}{reached}", contact.on,
                                   contact.by.name if contact.by else "", contact.words))  # fmt: skip
    for pause in file.pauses:
        end = longdate(pause.ends) if pause.ends else "not known yet"
        found.append(TimelineEvent(f"Away until {end}", pause.begins, pause.by.name, pause.reason))
    for match in file.matches:
        if match.introduced_on:
            found.append(TimelineEvent(f"Introduced to {match.mentee}", match.introduced_on))
        if match.ended_on and match.ended_on <= one.today:
            found.append(TimelineEvent(f"Match with {match.mentee} ended", match.ended_on))
    for consent in file.consents:
        found.append(TimelineEvent(f"Consent to keep their details {consent.get_answer_display()}", consent.on,
                                   consent.by.name if consent.by else one.mentor.name, consent.wording))  # fmt: skip
    if one.mentor.left_on:
        found.append(TimelineEvent("Left", one.mentor.left_on, text=one.mentor.left_because))
    return sorted(found, key=lambda event: event.when, reverse=True)


def _first_large(words: str) -> str:
    """'ID badge given' keeps its capitals, which str.capitalize would not."""
    return words[:1].upper() + words[1:]
