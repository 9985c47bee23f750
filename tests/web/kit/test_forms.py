"""Plain Django forms come out as GOV.UK markup, with errors that lead to their fields and text kept as typed."""

from datetime import date

import pytest
from django import forms
from django.core.exceptions import ValidationError
from lxml import html

from kithwork.core.verdict import Refused
from kithwork.web.kit.cards import Link
from kithwork.web.kit.forms import (
    ErrorSummary,
    GovDateField,
    LongText,
    PoundsField,
    Renderer,
    hinted,
    refusal,
    refuse,
)


class Sample(forms.Form):
    default_renderer = Renderer()

    name = forms.CharField(label="Name of the service", help_text="As on your letters.")
    email = forms.EmailField(label="Email", required=False)
    began = GovDateField(label="When did it begin?", help_text="Like 27 3 2019.")
    aims = LongText(label="Aims", max_words=3)
    notes = forms.CharField(label="Notes", widget=forms.Textarea, max_length=90, required=False)
    meets = forms.ChoiceField(
        label="How do they meet?",
        choices=[("a", "In person"), ("b", hinted("Online", "By video"))],
        widget=forms.RadioSelect,
    )
    groups = forms.MultipleChoiceField(
        label="Groups", choices=[("y", "Young"), ("o", "Old")], widget=forms.CheckboxSelectMultiple
    )
    nation = forms.ChoiceField(label="Nation", choices=[("", "Choose"), ("w", "Wales")])
    fee = PoundsField(label="Fee", required=False)
    word = forms.CharField(label="Password", widget=forms.PasswordInput)
    policy = forms.FileField(label="Policy")
    agree = forms.BooleanField(label="I agree")


def page(form: forms.Form) -> html.HtmlElement:
    return html.fromstring(f"<div>{form}</div>")


def one(tree: html.HtmlElement, path: str) -> html.HtmlElement:
    found = tree.xpath(path)
    assert len(found) == 1, f"{path}: {len(found)}"
    return found[0]


def test_an_input_has_its_label_and_its_hint() -> None:
    tree = page(Sample())
    box = one(tree, "//input[@id='id_name']")
    assert box.get("class") == "govuk-input"
    assert one(tree, "//label[@for='id_name']").text_content().strip() == "Name of the service"
    assert box.get("aria-describedby") == "id_name_helptext"
    assert one(tree, "//*[@id='id_name_helptext']").text_content() == "As on your letters."


def test_no_field_is_left_to_the_browsers_own_bubbles() -> None:
    assert page(Sample()).xpath("//*[@required]") == []


def test_an_optional_field_says_so_and_a_required_one_does_not() -> None:
    tree = page(Sample())
    assert "(optional)" in one(tree, "//label[@for='id_email']").text_content()
    assert "(optional)" not in one(tree, "//label[@for='id_name']").text_content()


def test_every_id_is_unique_and_every_description_exists() -> None:
    tree = page(Sample({"name": ""}))
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    for described in tree.xpath("//@aria-describedby"):
        assert set(described.split()) <= set(ids)


def test_choices_stand_in_a_fieldset_with_a_legend() -> None:
    tree = page(Sample())
    legend = one(tree, "//fieldset[.//input[@name='meets']]/legend")
    assert legend.text_content().strip() == "How do they meet?"
    assert len(tree.xpath("//input[@type='radio' and @class='govuk-radios__input']")) == 2
    assert len(tree.xpath("//input[@type='checkbox' and @name='groups' and @class='govuk-checkboxes__input']")) == 2


def test_a_choice_may_carry_a_hint() -> None:
    tree = page(Sample())
    described = one(tree, "//input[@name='meets' and @value='b']").get("aria-describedby")
    assert one(tree, f"//*[@id='{described}']").text_content() == "By video"


def test_long_text_counts_words_and_never_cuts_text_off() -> None:
    tree = page(Sample())
    group = one(tree, "//div[@data-module='govuk-character-count'][.//textarea[@name='aims']]")
    assert (group.get("data-count-type"), group.get("data-maxlength")) == ("words", "3")
    assert "up to 3 words" in group.text_content()
    notes = one(tree, "//textarea[@name='notes']")
    assert notes.get("maxlength") is None
    assert "id_notes-info" in notes.get("aria-describedby")


def test_too_many_words_are_refused_and_kept() -> None:
    form = Sample({"aims": "one two three four"})
    assert form.errors["aims"] == ["Use 3 words or fewer; there are 4"]
    assert "one two three four" in one(page(form), "//textarea[@name='aims']").text_content()


def test_money_and_passwords_have_their_parts() -> None:
    tree = page(Sample())
    assert one(tree, "//input[@name='fee']/preceding-sibling::div").text == "£"
    toggle = one(tree, "//button[@aria-controls='id_word']")
    assert toggle.get("type") == "button"
    assert toggle.get("hidden") is not None


@pytest.mark.parametrize(
    ("typed", "pounds"), [("550", 550), ("£1,200", 1200), ("1 200", 1200), ("", None), ("1200.00", 1200)]
)
def test_amounts_as_people_type_them(typed: str, pounds: int | None) -> None:
    assert PoundsField(required=False).clean(typed) == pounds


def test_the_summary_leads_to_each_faulty_field() -> None:
    form = Sample({"email": "ada@", "began_day": "31", "began_month": "2", "began_year": "2027"})
    tree = page(form)
    links = {a.get("href"): a.text for a in tree.xpath("//div[@class='govuk-error-summary']//a")}
    assert links["#id_name"] == "Fill in ‘Name of the service’"
    assert links["#id_began_0"] == "There is no such date as 31 February 2027"
    assert links["#id_meets_0"] == "Answer the question ‘How do they meet?’"
    assert links["#id_nation"] == "Choose an answer for ‘Nation’"
    assert links["#id_policy"] == "Choose a file for ‘Policy’"
    assert links["#id_agree"] == "Tick ‘I agree’ to go on"
    for href in links:
        one(tree, f"//*[@id='{href[1:]}']")


def test_a_faulty_input_is_marked_and_described_by_its_error() -> None:
    tree = page(Sample({"email": "ada@"}))
    box = one(tree, "//input[@name='email']")
    assert box.get("class") == "govuk-input govuk-input--error"
    assert box.get("aria-invalid") == "true"
    assert box.get("aria-describedby") == "id_email_error"
    assert box.get("value") == "ada@"
    assert "valid email" in one(tree, "//*[@id='id_email_error']").text_content()


def test_an_error_of_no_field_is_in_the_summary_escaped() -> None:
    form = Sample({"name": "x"})
    form.add_error(None, "Two people saved <this>")
    assert "Two people saved <this>" in one(page(form), "//div[@class='govuk-error-summary']").text_content()


def test_a_form_without_faults_has_no_summary() -> None:
    assert not ErrorSummary(Sample())
    assert page(Sample()).xpath("//div[@class='govuk-error-summary']") == []


def test_a_refusal_stands_on_top_with_what_to_do_now_and_faults_of_shape_are_dropped() -> None:
    form = Sample({"name": "Ours", "fee": "lots"})
    assert not form.is_valid()
    refuse(form, Refused("It is 100% done, see 'Fee' <b>"), Link("See the journey", "/journeys/1/"))
    said = [(error.text, error.href) for error in ErrorSummary(form).errors]
    assert said == [("It is 100% done, see 'Fee' <b>", ""), ("See the journey", "/journeys/1/")]
    tree = page(form)
    assert [link.get("href") for link in tree.xpath("//div[@class='govuk-error-summary']//a")] == ["/journeys/1/"]
    assert one(tree, "//input[@name='name']").get("value") == "Ours"
    assert one(tree, "//input[@name='fee']").get("value") == "lots"
    assert not tree.xpath("//p[@class='govuk-error-message']")


def test_a_refusal_without_a_way_on_is_said_alone() -> None:
    form = Sample({"name": "Ours"})
    refuse(form, Refused("Half of it (50%) is missing."))
    assert [error.text for error in ErrorSummary(form).errors] == ["Half of it (50%) is missing."]
    button = refusal(Refused("It is done."), Link("Back", "/back/"))
    assert [(error.text, error.href) for error in ErrorSummary(button).errors] == [
        ("It is done.", ""),
        ("Back", "/back/"),
    ]


def test_typed_text_is_kept_and_escaped() -> None:
    typed = {
        "name": '<b>"Ours"</b>',
        "began_day": "x",
        "began_month": "Smarch",
        "began_year": "27",
        "fee": "lots",
        "meets": "b",
    }
    tree = page(Sample(typed))
    assert one(tree, "//input[@name='name']").get("value") == '<b>"Ours"</b>'
    assert [box.get("value") for box in tree.xpath("//input[starts-with(@name, 'began_')]")] == ["x", "Smarch", "27"]
    assert one(tree, "//input[@name='fee']").get("value") == "lots"
    assert one(tree, "//input[@name='meets' and @checked]").get("value") == "b"


def test_a_password_is_never_sent_back() -> None:
    assert one(page(Sample({"word": "secret-word"})), "//input[@name='word']").get("value") is None


@pytest.mark.parametrize(
    "typed",
    [
        ["27", "3", "2027"],
        ["27", "03", "2027"],
        [" 27 ", "March", "2027"],
        ["27", "mar", "2027"],
        ["27", "MAR.", "2027"],
    ],
)
def test_dates_as_people_type_them(typed: list[str]) -> None:
    assert GovDateField().clean(typed) == date(2027, 3, 27)


@pytest.mark.parametrize(
    ("typed", "message", "boxes"),
    [
        (["27", "", "2027"], "The date must include a month", "month"),
        (["", "", "2027"], "The date must include a day and a month", "day month"),
        (["32", "3", "2027"], "Write the day as a number from 1 to 31", "day"),
        (["²", "3", "2027"], "Write the day as a number from 1 to 31", "day"),
        (["27", "13", "2027"], "Write the month as a number from 1 to 12, or by name, such as March", "month"),
        (["27", "Smarch", "2027"], "Write the month as a number from 1 to 12, or by name, such as March", "month"),
        (["27", "3", "27"], f"Write the year with four digits, such as {date.today().year}", "year"),
        (["29", "2", "2027"], "There is no such date as 29 February 2027", "day month year"),
    ],
)
def test_a_faulty_date_says_which_box(typed: list[str], message: str, boxes: str) -> None:
    with pytest.raises(ValidationError) as caught:
        GovDateField().clean(typed)
    assert caught.value.messages == [message]
    assert caught.value.params is not None
    assert caught.value.params["boxes"] == boxes


def test_only_the_wrong_box_of_a_date_is_marked_and_the_summary_leads_there() -> None:
    form = Sample({"began_day": "27", "began_month": "Smarch", "began_year": "2027"})
    tree = page(form)
    marked = [box.get("name") for box in tree.xpath("//input[starts-with(@name, 'began_') and @aria-invalid]")]
    assert marked == ["began_month"]
    assert tree.xpath("//div[@class='govuk-error-summary']//a[@href='#id_began_1']")


def test_an_empty_optional_date_is_none_and_a_required_one_is_asked_for() -> None:
    assert GovDateField(required=False).clean(["", "", ""]) is None
    with pytest.raises(ValidationError):
        GovDateField().clean(["", "", ""])


def test_a_date_is_shown_in_its_boxes_and_not_changed_by_being_sent_back() -> None:
    tree = page(Sample(initial={"began": date(2027, 3, 7)}))
    assert [box.get("value") for box in tree.xpath("//input[starts-with(@name, 'began_')]")] == ["7", "3", "2027"]
    assert not GovDateField().has_changed(date(2027, 3, 7), ["07", "March", "2027"])
    assert GovDateField().has_changed(date(2027, 3, 7), ["8", "3", "2027"])


def test_formsets_render_each_form_once_under_a_legend() -> None:
    class Line(forms.Form):
        default_renderer = Renderer()
        name = forms.CharField()

    tree = html.fromstring(f"<div>{forms.formset_factory(Line, extra=2, renderer=Renderer())()}</div>")
    assert len(tree.xpath("//fieldset/legend")) == 2
    assert len(tree.xpath("//input[@name='form-TOTAL_FORMS']")) == 1
