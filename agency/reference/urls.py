"""The settings: the organisation, numbering, taxes, payment modes, currencies."""

from django.urls import path

from agency.reference import views
from agency.reference.currencies import views as currencies
from agency.reference.modes import views as modes
from agency.reference.numbering import views as numbering
from agency.reference.organisation import views as organisation
from agency.reference.taxes import views as taxes

urlpatterns = [
    path("settings", views.SettingsPage.as_view(), name="settings"),
    path("settings/organisation", organisation.OrganisationPage.as_view(), name="organisation"),
    path("settings/numbering", numbering.SeriesList.as_view(), name="number-series-list"),
    path("settings/numbering/<int:pk>", numbering.EditSeries.as_view(), name="number-series-edit"),
    path("settings/taxes", taxes.TaxList.as_view(), name="tax-list"),
    path("settings/taxes/new", taxes.NewTax.as_view(), name="tax-new"),
    path("settings/taxes/<int:pk>", taxes.EditTax.as_view(), name="tax-edit"),
    path("settings/payment-modes", modes.ModeList.as_view(), name="payment-mode-list"),
    path("settings/payment-modes/new", modes.NewMode.as_view(), name="payment-mode-new"),
    path("settings/payment-modes/<int:pk>", modes.EditMode.as_view(), name="payment-mode-edit"),
    path("settings/currencies", currencies.CurrencyList.as_view(), name="currency-list"),
    path("settings/currencies/import", currencies.ImportRates.as_view(), name="rates-import"),
    path("settings/currencies/<int:pk>", currencies.CurrencyPage.as_view(), name="currency-page"),
    path(
        "settings/currencies/<int:pk>/edit", currencies.EditCurrency.as_view(), name="currency-edit"
    ),
    path("settings/currencies/<int:pk>/rates", currencies.NewRate.as_view(), name="rate-new"),
    path("settings/rates/<int:pk>/delete", currencies.RemoveRate.as_view(), name="rate-delete"),
]
