"""Teamwork's dialect, at the root of the site."""

from django.urls import path

from agency.reference.currencies.api_teamwork import CurrencyCodeViewSet

LIST = {"get": "list"}

urlpatterns = [
    path("currencycodes.json", CurrencyCodeViewSet.as_view(LIST)),
]
