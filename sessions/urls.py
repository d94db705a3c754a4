"""Addresses of layer 2."""

from django.urls import path

from sessions.views import amending, deviations, entries, gate, medicines, screening, sessions, today

app_name = "sessions"
urlpatterns = [
    path("today", today.today, name="today"),
    path("open/<uuid:enrolment>", sessions.begin, name="open"),
    path("screening/<uuid:enrolment>/", screening.overview, name="screening"),
    path("screening/<uuid:enrolment>/medicines", medicines.medicines, name="medicines"),
    path("screening/<uuid:enrolment>/medicines/new", medicines.add, name="medicine-add"),
    path("screening/<uuid:enrolment>/<str:occasion>/<str:group>", screening.screen, name="screen"),
    path("screening/medicines/<uuid:pk>/change", medicines.change, name="medicine-change"),
    path("screening/medicines/<uuid:pk>/clear", medicines.clear, name="medicine-clear"),
    path("screening/medicines/<uuid:pk>/withdraw", medicines.withdraw_medicine, name="medicine-withdraw"),
    path("screening/findings/<uuid:pk>/withdraw", screening.withdraw_finding, name="finding-withdraw"),
    path("<uuid:pk>/morning", screening.morning, name="morning"),
    path("<uuid:pk>/", sessions.session, name="session"),
    path("<uuid:pk>/attendance", entries.entry, {"name": "attendance"}, name="attendance"),
    path("<uuid:pk>/setting", entries.entry, {"name": "setting"}, name="setting"),
    path("<uuid:pk>/notes", entries.entry, {"name": "notes"}, name="notes"),
    path("<uuid:pk>/vitals", entries.entry, {"name": "vitals"}, name="vitals"),
    path("<uuid:pk>/doses", entries.entry, {"name": "doses"}, name="doses"),
    path("<uuid:pk>/close", sessions.close, name="close"),
    path("<uuid:pk>/sign", sessions.sign, name="sign"),
    path("deviations", deviations.waiting, name="deviations"),
    path("<uuid:pk>/deviations/<uuid:row>/reason", deviations.explain, name="deviation-explain"),
    path("<uuid:pk>/deviations/<uuid:row>/review", deviations.review, name="deviation-review"),
    path("<uuid:pk>/gate", gate.gate, name="gate"),
    path("<uuid:pk>/gate/dose", gate.decide, name="dose-decision"),
    path("<uuid:pk>/gate/override", gate.override, name="gate-override"),
    path("<uuid:pk>/gate/override/<uuid:override>", gate.countersign, name="gate-countersign"),
    path("<uuid:pk>/amend/<str:table>/<uuid:row>", amending.amend, name="amend"),
    path("<uuid:pk>/withdraw/<str:table>/<uuid:row>", amending.withdraw, name="withdraw"),
    path("<uuid:pk>/add/<str:table>", amending.add, name="add"),
]
