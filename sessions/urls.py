"""Addresses of layer 2."""

from django.urls import path

from sessions.views import amending, eligibility, entries, register, sessions, today

app_name = "sessions"
urlpatterns = [
    path("today", today.today, name="today"),
    path("open/<uuid:enrolment>", sessions.begin, name="open"),
    path("register", register.people, name="register"),
    path("register/counts", register.counts, name="register-counts"),
    path("register/counts.csv", register.counts_as_csv, name="register-csv"),
    path("enrolments/<uuid:pk>/eligibility", eligibility.eligibility, name="eligibility"),
    path("enrolments/<uuid:pk>/decisions", eligibility.history, name="decisions"),
    path("decisions/<uuid:pk>", eligibility.decision, name="decision"),
    path("decisions/<uuid:pk>/countersign", eligibility.countersign, name="countersign"),
    path("decisions/<uuid:pk>/withdraw", eligibility.withdraw, name="decision-withdraw"),
    path("<uuid:pk>/", sessions.session, name="session"),
    path("<uuid:pk>/attendance", entries.entry, {"name": "attendance"}, name="attendance"),
    path("<uuid:pk>/setting", entries.entry, {"name": "setting"}, name="setting"),
    path("<uuid:pk>/notes", entries.entry, {"name": "notes"}, name="notes"),
    path("<uuid:pk>/vitals", entries.entry, {"name": "vitals"}, name="vitals"),
    path("<uuid:pk>/doses", entries.entry, {"name": "doses"}, name="doses"),
    path("<uuid:pk>/close", sessions.close, name="close"),
    path("<uuid:pk>/sign", sessions.sign, name="sign"),
    path("<uuid:pk>/amend/<str:table>/<uuid:row>", amending.amend, name="amend"),
    path("<uuid:pk>/withdraw/<str:table>/<uuid:row>", amending.withdraw, name="withdraw"),
    path("<uuid:pk>/add/<str:table>", amending.add, name="add"),
]
