"""The base of records that the admin shows and that operations write."""

from django.contrib import admin, messages

from agency.errors import BusinessError


class LookOnly(admin.ModelAdmin):
    """Rows that are read here and written elsewhere."""

    list_per_page = 50
    show_full_result_count = False

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False


def run_on_all(request, rows, operation, done: str) -> None:
    """Run an operation on each row; a refusal is told by name and stops no other."""
    count = 0
    for row in rows:
        try:
            operation(row, by=request.user)
        except BusinessError as error:
            messages.warning(request, f"{row}: {error}")
        else:
            count += 1
    if count:
        messages.success(request, f"{count} {done}.")
