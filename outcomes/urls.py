"""Addresses of layer 3 for staff."""

from django.urls import path

from outcomes.views import (
    assessments,
    before_after,
    check_ins,
    exports,
    imports,
    instruments,
    participants,
    permissions,
    sittings,
)

app_name = "outcomes"
urlpatterns = [
    path("participants/<uuid:pk>/", participants.participant, name="participant"),
    path("participants/<uuid:pk>/assessments/", assessments.listed, name="assessments"),
    path("participants/<uuid:pk>/check-ins/", check_ins.listed, name="check-ins"),
    path("enrolments/<uuid:pk>/before-after/", before_after.of_person, name="before-after"),
    path("programmes/<uuid:pk>/before-after/", before_after.of_programme, name="programme-before-after"),
    path("enrolments/<uuid:pk>/assess/", assessments.choose, name="assess-choose"),
    path("enrolments/<uuid:pk>/assess/<slug:key>/", assessments.enter, name="assess"),
    path("enrolments/<uuid:pk>/check-ins/new/", check_ins.make, name="check-in-make"),
    path("enrolments/<uuid:pk>/hand-over/", check_ins.hand_over, name="hand-over"),
    path("check-ins/<uuid:pk>/hand-over/", check_ins.hand_over_again, name="hand-over-again"),
    path("assessments/<uuid:pk>/", sittings.one, name="assessment"),
    path("check-ins/<uuid:pk>/", check_ins.one, name="check-in"),
    path("check-ins/<uuid:pk>/withdraw/", check_ins.withdraw, name="check-in-withdraw"),
    path("instruments/", instruments.listed, name="instruments"),
    path("instruments/<slug:key>/", instruments.one, name="instrument"),
    path("instruments/<slug:key>/permit/", permissions.permit, name="instrument-permit"),
    path("permissions/<uuid:pk>/withdraw/", permissions.withdraw, name="permission-withdraw"),
    path("import/", imports.upload, name="import"),
    path("import/preview/<uuid:pk>/", imports.preview, name="import-preview"),
    path("import/done/<uuid:pk>/", imports.done, name="import-done"),
    path("export/", exports.export, name="export"),
]
