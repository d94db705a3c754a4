"""The API of layer 1."""

from django.urls import path

from clinic.api import consents, participants, understanding

app_name = "clinic-api"
urlpatterns = [
    path("participants/", participants.Participants.as_view(), name="participants"),
    path("participants/<uuid:pk>/", participants.OneParticipant.as_view(), name="participant"),
    path("participants/<uuid:pk>/consents/", consents.Consents.as_view(), name="consents"),
    path(
        "participants/<uuid:pk>/consents/<uuid:consent>/withdraw/",
        consents.Withdrawal.as_view(),
        name="consent-withdraw",
    ),
    path(
        "participants/<uuid:pk>/understandings/",
        understanding.Understandings.as_view(),
        name="understandings",
    ),
    path("participants/<uuid:pk>/enrolments/", participants.Enrolments.as_view(), name="enrolments"),
]
