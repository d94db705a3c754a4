"""The form renderer: label, hint, error and control belong together, and the summary leads to them."""

import re

import pytest
from django import forms
from django.template.loader import render_to_string

from clinic.forms.widgets import Amount, Day, Moment, Prose, Scale

TOO_MUCH = "Dose must be 60 mg or less: 120 of 180 mg has been given"


class Dose(forms.Form):
    """One field of each family."""

    dose_mg = forms.DecimalField(
        label="Dose",
        help_text="From 30 to 60 mg.",
        max_value=60,
        widget=Amount("mg"),
        error_messages={"max_value": TOO_MUCH},
    )
    kind = forms.ChoiceField(
        label="Kind", widget=forms.RadioSelect, choices=[("a", "First"), ("b", "Second")]
    )
    assent = forms.BooleanField(label="Agreed")
    distress = forms.TypedChoiceField(
        label="Distress",
        coerce=int,
        choices=[(n, n) for n in range(11)],
        widget=Scale(lowest="is none", highest="is most"),
    )
    note = forms.CharField(label="Note", widget=Prose(), required=False)
    on = forms.DateField(label="On", widget=Day(), required=False)
    at = forms.DateTimeField(label="At", widget=Moment(), required=False)
    key = forms.CharField(widget=forms.HiddenInput, required=False)


def page(form) -> str:
    return render_to_string("components/form.html", {"form": form, "submit": "Record dose"})


@pytest.fixture
def refused() -> str:
    return page(Dose({"dose_mg": "80"}))


def test_a_control_names_its_hint_and_its_error(refused):
    control = re.search(r"<input[^>]*id=\"id_dose_mg\"[^>]*>|<input[^>]*name=\"dose_mg\"[^>]*>", refused)[0]
    assert 'aria-describedby="id_dose_mg_helptext id_dose_mg_error"' in control
    assert 'aria-invalid="true"' in control


def test_the_error_is_the_same_in_the_summary_and_at_the_field(refused):
    assert f'<a href="#id_dose_mg">{TOO_MUCH}</a>' in refused
    assert re.search(rf'id="id_dose_mg_error">.*{re.escape(TOO_MUCH)}', refused)


@pytest.mark.parametrize("name", ["dose_mg", "kind", "assent", "distress"])
def test_every_link_of_the_summary_leads_to_a_control(name, refused):
    target = re.search(rf'href="#(id_{name}\w*)"', refused)[1]
    assert re.search(rf'<input[^>]*id="{target}"', refused)


def test_ids_are_not_used_twice(refused):
    ids = re.findall(r'\sid="([^"]+)"', refused)
    assert len(ids) == len(set(ids))


def test_what_was_typed_comes_back(refused):
    assert 'value="80"' in refused


def test_no_choice_is_made_beforehand():
    assert "checked" not in page(Dose())


def test_an_untouched_form_has_no_summary():
    assert "data-error-summary" not in page(Dose())


def test_an_error_of_the_whole_form_stands_in_the_summary():
    form = Dose({})
    form.add_error(None, "The session is closed.")
    assert "<b>The session is closed.</b>" in page(form)


def test_an_error_of_a_hidden_field_is_not_lost():
    form = Dose({})
    form.add_error("key", "This form is too old. Load the page again.")
    assert "This form is too old" in page(form)


def test_what_may_be_left_out_says_so():
    assert page(Dose()).count("(optional)") == 3


def test_a_unit_stands_beside_its_amount():
    assert '<span class="unit">mg</span>' in page(Dose())


def test_text_from_outside_is_escaped():
    assert "<script>" not in page(Dose({"note": "<script>", "dose_mg": "<script>"}))
