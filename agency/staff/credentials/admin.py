from django.contrib import admin

from agency.records.looking import LookOnly, run_on_all
from agency.staff import keys
from agency.staff.models import ApiKey

SHOWN = ["name", "prefix", "scopes", "created_at", "expires_at", "last_used_at", "revoked_at"]


class KeyInline(admin.TabularInline):
    """A person's keys; their secrets are nowhere to be seen."""

    model = ApiKey
    fields = readonly_fields = SHOWN
    extra = 0
    can_delete = False

    def has_add_permission(self, request, obj=None) -> bool:
        return False

    def has_view_permission(self, request, obj=None) -> bool:
        return request.user.has_perm("settings:manage")


@admin.register(ApiKey)
class ApiKeyAdmin(LookOnly):
    """Everybody's keys, for those who manage the settings; made on the owner's page alone."""

    list_display = ["name", "prefix", "owner", "state", "expires_at", "last_used_at", "created_at"]
    list_filter = [("owner", admin.RelatedOnlyFieldListFilter), "revoked_at", "expires_at"]
    list_select_related = ["owner"]
    search_fields = ["name", "prefix", "owner__first_name", "owner__last_name", "owner__email"]
    date_hierarchy = "created_at"
    fields = ["owner", *SHOWN]
    actions = ["revoke"]

    def has_view_permission(self, request, obj=None) -> bool:
        return request.user.has_perm("settings:manage")

    def has_revoke_permission(self, request) -> bool:
        return request.user.has_perm("settings:manage")

    @admin.action(description="Revoke the chosen keys", permissions=["revoke"])
    def revoke(self, request, queryset):
        run_on_all(request, queryset, keys.revoke, "revoked")
