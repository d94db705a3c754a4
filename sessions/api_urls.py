"""The API of layer 2."""

from django.urls import path

from sessions.api import amending, eligibility, entries, gate, screening, sessions

app_name = "sessions-api"
urlpatterns = [
    path("enrolments/<uuid:pk>/eligibility/", eligibility.Eligibility.as_view(), name="eligibility"),
    path("eligibility/<uuid:pk>/countersign/", eligibility.Countersign.as_view(), name="countersign"),
    path("enrolments/<uuid:pk>/findings/", screening.Findings.as_view(), name="findings"),
    path("enrolments/<uuid:pk>/medicines/", screening.Medicines.as_view(), name="medicines"),
    path("sessions/", sessions.Sessions.as_view(), name="sessions"),
    path("sessions/<uuid:pk>/", sessions.OneSession.as_view(), name="session"),
    path("sessions/<uuid:pk>/attendances/", entries.Attendances.as_view(), name="attendances"),
    path("sessions/<uuid:pk>/settings/", entries.Settings.as_view(), name="settings"),
    path("sessions/<uuid:pk>/notes/", entries.Notes.as_view(), name="notes"),
    path("sessions/<uuid:pk>/vitals/", entries.Vitals.as_view(), name="vitals"),
    path("sessions/<uuid:pk>/doses/", entries.Doses.as_view(), name="doses"),
    path("sessions/<uuid:pk>/close/", sessions.Close.as_view(), name="close"),
    path("sessions/<uuid:pk>/sign/", sessions.Sign.as_view(), name="sign"),
    path("sessions/<uuid:pk>/gate/", gate.GateNow.as_view(), name="gate"),
    path("sessions/<uuid:pk>/gate/dose/", gate.Decide.as_view(), name="dose-decision"),
    path("sessions/<uuid:pk>/gate/overrides/", gate.Override.as_view(), name="gate-override"),
    path(
        "sessions/<uuid:pk>/gate/overrides/<uuid:override>/countersign/",
        gate.Countersign.as_view(),
        name="gate-countersign",
    ),
    path(
        "sessions/<uuid:pk>/deviations/<uuid:row>/reason/", gate.Explain.as_view(), name="deviation-explain"
    ),
    path("sessions/<uuid:pk>/deviations/<uuid:row>/review/", gate.Review.as_view(), name="deviation-review"),
    path("sessions/<uuid:pk>/amend/<str:table>/<uuid:row>/", amending.Amend.as_view(), name="amend"),
    path("sessions/<uuid:pk>/withdraw/<str:table>/<uuid:row>/", amending.Withdraw.as_view(), name="withdraw"),
    path("sessions/<uuid:pk>/add/<str:table>/", amending.Add.as_view(), name="add"),
]
