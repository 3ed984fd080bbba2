"""The pages that staff see."""

from django.urls import include, path

urlpatterns = [
    path("", include("agency.ui.urls")),
    path("", include("crm.timesheets.urls")),
    path("", include("agency.reference.urls")),
    path("", include("agency.staff.urls")),
    path("", include("agency.records.urls")),
    path("", include("crm.urls")),
    path("", include("budgets.urls")),
    path("", include("billing.urls")),
]
