"""Addresses of layer 1."""

from django.urls import path

from clinic.views import (
    accounts,
    audit,
    consents,
    health,
    information,
    participants,
    preferences,
    today,
    understanding,
)

app_name = "clinic"
urlpatterns = [
    path("", today.today, name="today"),
    path("health/live", health.live, name="live"),
    path("health/ready", health.ready, name="ready"),
    path("preferences/theme", preferences.theme, name="theme"),
    path("preferences/lock", preferences.lock, name="lock"),
    path("information/", information.information, name="information"),
    path("participants/", participants.find, name="participants"),
    path("participants/new", participants.add, name="participant-add"),
    path("participants/<uuid:pk>/identity", participants.identity, name="identity"),
    path("participants/<uuid:pk>/consents", consents.overview, name="consents"),
    path("participants/<uuid:pk>/consents/new/<slug:kind>", consents.record, name="consent-record"),
    path("participants/<uuid:pk>/consents/<uuid:consent>", consents.one, name="consent"),
    path(
        "participants/<uuid:pk>/consents/<uuid:consent>/withdraw", consents.withdraw, name="consent-withdraw"
    ),
    path(
        "participants/<uuid:pk>/consents/<uuid:consent>/understanding",
        understanding.start,
        name="understanding-start",
    ),
    path(
        "participants/<uuid:pk>/understanding/<uuid:understanding>/<int:number>",
        understanding.question,
        name="understanding-question",
    ),
    path(
        "participants/<uuid:pk>/understanding/<uuid:understanding>/done",
        understanding.done,
        name="understanding-done",
    ),
    path("participants/<uuid:pk>/enrol", participants.enrol, name="enrol"),
    path("accounts-of-staff/", accounts.people, name="accounts"),
    path("accounts-of-staff/new", accounts.add, name="account-add"),
    path("accounts-of-staff/<uuid:pk>", accounts.person, name="account"),
    path("accounts-of-staff/<uuid:pk>/disable", accounts.disable, name="account-disable"),
    path("accounts-of-staff/memberships/<uuid:pk>/end", accounts.end_role, name="membership-end"),
    path("audit/", audit.events, name="audit"),
]
