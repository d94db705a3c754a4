"""Addresses of layer 3's API."""

from django.urls import path

from outcomes.api import outcomes

app_name = "outcomes-api"
urlpatterns = [
    path("participants/<uuid:pk>/assessments/", outcomes.Assessments.as_view(), name="assessments"),
    path("participants/<uuid:pk>/check-ins/", outcomes.CheckIns.as_view(), name="check-ins"),
]
