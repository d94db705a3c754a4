"""The page of the results and of a decision on them."""

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from clinic.models import Enrolment
from clinic.permissions import Action, may_at
from clinic.selectors import people_at
from sessions.deciding import why_not
from sessions.decision_pages import about, shown
from sessions.forms.eligibility import DecideForm, DosingDayForm
from sessions.services.eligibility import evaluate_enrolment, holders
from sessions.services.evaluation import Evaluation


class EligibilityPage:
    """What one person sees of one enrolment. The rules are asked when it is shown, not when a form is only parsed."""

    def __init__(self, request, enrolment: Enrolment):
        self.request, self.enrolment = request, enrolment
        self.form: DecideForm | None = None

    def make_form(self, data) -> DecideForm:
        people = people_at(self.enrolment.site_id) if data is not None else {}
        self.form = DecideForm(data, people=people)
        return self.form

    def context(self) -> dict:
        """Everything on the page. The form is there for those whom the protocol lets decide."""
        page = about(self.request, self.enrolment, _("Eligibility"), _("Decide and sign"))
        try:
            found = evaluate_enrolment(
                self.enrolment, timezone.now(), born=page.get("birth_date"), dosing_on=self.day()
            )
        except ValidationError as missing:
            return {**page, "problem": missing.messages[0], "may_decide": False}
        return {**page, **shown(found.facts), "standing": found.standing, **self.deciding(found)}

    def day(self):
        """The day of the dose that is asked for; None for none, and for nonsense."""
        asked = DosingDayForm(self.request.POST if self.request.method == "POST" else self.request.GET)
        return asked.cleaned_data.get("dosing_on") if asked.is_valid() else None

    def deciding(self, found: Evaluation) -> dict:
        """Whether this person may decide here, else why not, and the form that asks for the day of the dose."""
        screening, user = found.protocol.screening, self.request.user
        holds = may_at(user, Action.DECIDE, self.enrolment.site_id)
        reason = why_not(user, self.enrolment, screening.deciders) if holds else ""
        if self.form is not None:
            people = holders(self.enrolment, screening.overriders) if found.blocking else {}
            self.form.show(found, people)
        return {
            "may_decide": holds and not reason,
            "why_not": reason,
            "day_form": DosingDayForm(initial={"dosing_on": found.facts["dosing_on"]}, auto_id="day_%s"),
        }
