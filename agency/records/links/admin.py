"""Links for clients, to look at and to revoke."""

from django.contrib import admin

from agency.records.links import operations as links
from agency.records.links.models import PublicLink
from agency.records.looking import LookOnly, run_on_all


@admin.register(PublicLink)
class PublicLinkAdmin(LookOnly):
    list_display = ["__str__", "created_by", "created_at", "expires_at", "revoked_at", "opened"]
    list_filter = ["subject_type", "expires_at", "revoked_at"]
    list_select_related = ["created_by"]
    search_fields = ["=subject_id", "created_by__email"]
    actions = ["revoke"]

    @admin.action(description="Revoke the chosen links", permissions=["revoke"])
    def revoke(self, request, queryset):
        run_on_all(request, queryset, links.revoke, "revoked")

    def has_revoke_permission(self, request) -> bool:
        return request.user.has_perm("settings:manage")
