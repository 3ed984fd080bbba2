"""The pages of budgets, their lines and the services."""

from django.urls import path, re_path

from budgets.budgets import editing, panels
from budgets.budgets.record import BudgetView
from budgets.budgets.states import BudgetStatus
from budgets.budgets.views import BudgetListView
from budgets.lines import views as lines
from budgets.services import views as services

STATUS = "|".join(BudgetStatus.values)

urlpatterns = [
    path("budgets", BudgetListView.as_view(), name="budget-list"),
    path("budgets/new", editing.NewBudget.as_view(), name="budget-new"),
    path("budgets/<int:pk>", BudgetView.as_view(), name="budget-page"),
    path("budgets/<int:pk>/edit", editing.EditBudget.as_view(), name="budget-edit"),
    path("budgets/<int:pk>/delete", editing.DeleteBudget.as_view(), name="budget-delete"),
    re_path(
        rf"^budgets/(?P<pk>[0-9]{{1,18}})/(?P<status>{STATUS})$",
        editing.MoveBudget.as_view(),
        name="budget-move",
    ),
    path("budgets/<int:pk>/panels/time", panels.BudgetTime.as_view(), name="budget-time"),
    path("budgets/<int:pk>/lines/new", lines.NewLine.as_view(), name="budget-line-new"),
    path("budgets/<int:pk>/lines/order", lines.OrderLines.as_view(), name="budget-lines-order"),
    path("budget-lines/<int:pk>/edit", lines.EditLine.as_view(), name="budget-line-edit"),
    path("budget-lines/<int:pk>/delete", lines.DeleteLine.as_view(), name="budget-line-delete"),
    path("budget-lines/<int:pk>/up", lines.MoveLine.as_view(places=-1), name="budget-line-up"),
    path("budget-lines/<int:pk>/down", lines.MoveLine.as_view(), name="budget-line-down"),
    path(
        "customers/<int:pk>/panels/budgets",
        panels.CustomerBudgets.as_view(),
        name="customer-budgets",
    ),
    path(
        "projects/<int:pk>/panels/budgets",
        panels.ProjectBudgets.as_view(),
        name="project-budgets",
    ),
    path("home/budgets", panels.HomeBudgets.as_view(), name="home-budgets"),
    path("deals/<int:pk>/panels/budgets", panels.DealBudgets.as_view(), name="deal-budgets"),
    path("settings/service-types", services.ServiceTypeList.as_view(), name="service-type-list"),
    path("settings/service-types/new", services.NewServiceType.as_view(), name="service-type-new"),
    path(
        "settings/service-types/order",
        services.OrderServiceTypes.as_view(),
        name="service-types-order",
    ),
    path(
        "settings/service-types/<int:pk>/edit",
        services.EditServiceType.as_view(),
        name="service-type-edit",
    ),
    path(
        "settings/service-types/<int:pk>/delete",
        services.DeleteServiceType.as_view(),
        name="service-type-delete",
    ),
    path(
        "settings/service-types/<int:pk>/up",
        services.MoveServiceType.as_view(places=-1),
        name="service-type-up",
    ),
    path(
        "settings/service-types/<int:pk>/down",
        services.MoveServiceType.as_view(),
        name="service-type-down",
    ),
]
