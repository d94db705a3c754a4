"""What stands on the page of parts: one of everything, all invented."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

from django import forms

from clinic.forms.widgets import Amount, Day, Moment, Prose, Scale

NOW = datetime(2026, 11, 23, 0, 22, tzinfo=UTC)
TOO_MUCH = "Dose must be 60 mg or less: 120 of 180 mg has been given"


class Dose(forms.Form):
    """One field of each family."""

    dose_mg = forms.DecimalField(
        label="Dose",
        help_text="From 30 mg.",
        max_value=60,
        widget=Amount("mg"),
        error_messages={"max_value": TOO_MUCH},
    )
    route = forms.ChoiceField(label="Route", choices=[("", "Choose"), ("oral", "By mouth")])
    kind = forms.ChoiceField(
        label="Kind", widget=forms.RadioSelect, choices=[("a", "First"), ("b", "Second")]
    )
    seen = forms.MultipleChoiceField(
        label="Seen",
        widget=forms.CheckboxSelectMultiple,
        choices=[("e", "ECG"), ("p", "Pressure")],
        required=False,
    )
    assent = forms.BooleanField(label="The participant agrees, asked just now")
    on = forms.DateField(label="Day", widget=Day(), required=False)
    at = forms.DateTimeField(label="Given at", widget=Moment())
    distress = forms.TypedChoiceField(
        label="Distress",
        coerce=int,
        choices=[(n, n) for n in range(11)],
        widget=Scale(lowest="is none", highest="is most"),
    )
    note = forms.CharField(label="Note", widget=Prose(3), required=False)
    file = forms.FileField(label="File", required=False)


def ago(minutes: int) -> datetime:
    """So many minutes before the page's now."""
    return NOW - timedelta(minutes=minutes)


STEPS = [
    {"kind": "visit", "state": "done", "label": "Screening", "note": "14 Sep"},
    {"kind": "dose", "state": "done", "label": "Dosing 1", "note": "26 Oct", "url": "/d"},
    {"kind": "visit", "state": "missed", "label": "Integration 1", "note": "16 Nov"},
    {"kind": "dose", "state": "now", "label": "Dosing 2", "note": "today"},
    {"kind": "visit", "state": "ahead", "label": "Integration 2", "note": "due 24 Nov"},
    {"kind": "dose", "state": "ahead", "label": "Dosing 3", "note": "from 21 Dec"},
]
ENTRIES = [
    {"at": ago(1), "text": "Water in, 200 ml", "by": "Co-therapist", "state": "kept", "tone": "kept"},
    {
        "at": ago(12),
        "text": "Vitals 148/91, pulse 104",
        "by": "Lead therapist",
        "state": "saved",
        "tone": "flag",
    },
    {"at": ago(60), "text": "Toilet", "by": "Lead therapist", "note": "hands were busy", "state": "late"},
    {"at": ago(90), "text": "Pulse 140", "by": "Co-therapist", "struck": True, "state": "error"},
    {
        "at": ago(134),
        "text": "MDMA 120 mg by mouth",
        "by": "Lead therapist",
        "state": "saved",
        "tone": "dose",
    },
]
WORK = [
    {
        "tone": "red",
        "state": "red",
        "word": "Red",
        "title": "P-2HD9, thoughts of not wanting to live",
        "url": "/1",
        "text": "Called at 22:06.",
        "owner": "Physician",
        "due": NOW + timedelta(hours=2),
        "action": "Read, close",
    },
    {
        "tone": "amber",
        "state": "amber",
        "word": "Amber",
        "title": "P-5TBN has not answered for two days",
        "url": "/2",
        "owner": "You",
        "due": ago(80),
        "action": "Record a call",
    },
    {
        "tone": "",
        "state": "waiting",
        "word": "To sign",
        "title": "Session of P-9RVC",
        "url": "/3",
        "owner": "You",
        "since": ago(5000),
        "action": "Read, sign",
    },
]
VISITS = [
    {
        "at": ago(120),
        "code": "P-3MFX",
        "title": "Integration",
        "state": "done",
        "word": "Done",
        "tone": "past",
    },
    {
        "at": ago(30),
        "code": "P-7KQ4",
        "title": "Dosing",
        "state": "running",
        "word": "Running",
        "tone": "now",
        "url": "/c",
        "action": "Open console",
        "text": "Lantern room.",
    },
]
ROWS = [["PCL-5", 52, 38], ["CAPS-5", 41, None]]


def context(theme: str) -> dict:
    """The page's context; the form has been refused."""
    nav = [
        {"label": label, "url": "/", "current": label == "Today", "count": 3 if label == "Alerts" else 0}
        for label in ("Today", "Participants", "Alerts", "Outcomes")
    ]
    calls = [{"label": "In danger right now", "note": "Emergency services", "number": "000", "shown": "000"}]
    return {
        "theme": theme,
        "nav": nav,
        "site_name": "Harbour",
        "role_label": "Lead therapist",
        "now": NOW,
        "user": SimpleNamespace(is_authenticated=True),
        "form": Dose({"dose_mg": "80"}),
        "place": "Australia/Sydney",
        "born": date(1984, 3, 4),
        "old": ago(14),
        "soon": NOW + timedelta(minutes=14),
        "steps": STEPS,
        "entries": ENTRIES,
        "work": WORK,
        "visits": VISITS,
        "calls": calls,
        "rows": ROWS,
        "columns": [{"label": "Measure"}, {"label": "Before", "number": 1}, {"label": "Now", "number": 1}],
        "facts": [("Team", "Two", "By rota"), ("Doses", 0, ""), ("Escort", None, "")],
    }
