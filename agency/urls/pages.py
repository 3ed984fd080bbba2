"""The pages that staff see."""

from django.urls import include, path

urlpatterns = [
    path("", include("agency.ui.urls")),
    path("", include("billing.urls")),
]
