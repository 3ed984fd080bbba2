"""The steps of all onboardings in the admin, to look things up."""

from django.contrib import admin

from agency.records.looking import LookOnly
from crm.customers.admin import CustomerAdmin
from crm.office_admin import LookOnlyInline
from crm.onboarding.models import OnboardingMilestone


class OnboardingInline(LookOnlyInline):
    """The checklist on the page of its customer; it is ticked on the pages of the office."""

    model = OnboardingMilestone
    fields = readonly_fields = ["stage", "title", "completed_at", "completed_by", "source"]


CustomerAdmin.inlines.append(OnboardingInline)


@admin.register(OnboardingMilestone)
class OnboardingMilestoneAdmin(LookOnly):
    list_display = ["customer", "stage", "title", "completed_at", "completed_by", "source"]
    list_filter = ["stage", "source", "key"]
    list_select_related = ["customer", "completed_by"]
    search_fields = ["customer__name", "title"]

    def get_queryset(self, request):
        return super().get_queryset(request).visible_to(request.user)
