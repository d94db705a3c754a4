"""Addresses of a check-in link, for participants. No address but the first holds the secret."""

from django.urls import path

from outcomes.views import answering

app_name = "check-in"
urlpatterns = [
    path("q/", answering.resume, name="resume"),
    path("q/<int:number>/", answering.question, name="question"),
    path("care/", answering.care, name="care"),
    path("back/", answering.back, name="back"),
    path("done/", answering.done, name="done"),
    path("<str:secret>/", answering.start, name="start"),
]
