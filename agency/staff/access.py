"""Who may do what. Pages, the APIs and the admin all ask here.

A grant pairs a tool with a level, such as ``invoices:update``; a higher level includes the lower
ones. The tool ``*`` stands for every tool that a role does not name.
"""

from django.apps import apps
from django.contrib.auth.backends import ModelBackend

LEVELS = ("view", "update", "manage")
LEVEL_OF_MODEL_ACTION = {"view": "view", "add": "update", "change": "update", "delete": "manage"}

# What a role can be granted, in the order of the matrix, with the words that staff see.
TOOLS = {
    "customers": "Customers and contacts",
    "deals": "Deals",
    "projects": "Projects and milestones",
    "tasks": "Tasks",
    "time": "Time and approvals",
    "budgets": "Budgets and service types",
    "invoices": "Invoices and payments",
    "staff": "Staff, roles and teams",
    "settings": "Organisation and settings",
}


def held_level(grants: dict, tool: str) -> str | None:
    """The level that ``grants`` give for ``tool``."""
    return grants.get(tool, grants.get("*"))


def reaches(held: str | None, level: str) -> bool:
    return held in LEVELS and LEVELS.index(held) >= LEVELS.index(level)


def may(staff, tool: str, level: str) -> bool:
    """Whether a person, through the credential used, holds ``level`` on ``tool``.

    A key's scopes only ever narrow what its owner may do.
    """
    if not staff.is_active or staff.role_id is None:
        return False
    scopes = getattr(staff, "key_scopes", None)
    if scopes and not reaches(held_level(scopes, tool), level):
        return False
    return reaches(held_level(staff.role.grants, tool), level)


class GrantBackend(ModelBackend):
    """Answer both ``invoices:update`` and the admin's ``billing.change_invoice``."""

    def has_perm(self, user_obj, perm, obj=None) -> bool:
        if not user_obj.is_authenticated:
            return False
        tool, level = split_permission(perm)
        return tool is not None and may(user_obj, tool, level)

    def has_module_perms(self, user_obj, app_label) -> bool:
        models = apps.get_app_config(app_label).get_models()
        tools = {tool_of(model) for model in models} - {None}
        return any(may(user_obj, tool, "view") for tool in tools)

    def get_user(self, user_id):
        """The person with their role: every request asks for its grants."""
        model = apps.get_model("staff", "Staff")
        staff = model.objects.select_related("role").filter(pk=user_id).first()
        return staff if staff and self.user_can_authenticate(staff) else None


def tool_of(model) -> str | None:
    """The tool that guards a model; models of other packages belong to the settings."""
    own = getattr(model, "tool", None)
    if own or model._meta.app_label in {"crm", "budgets", "billing"}:
        return own
    return "settings"


def split_permission(perm: str) -> tuple[str | None, str]:
    """Turn ``invoices:update`` or ``billing.change_invoice`` into (tool, level)."""
    if ":" in perm:
        tool, _, level = perm.partition(":")
        return tool, level
    app_label, codename = perm.split(".")
    action, _, model_name = codename.partition("_")
    if action not in LEVEL_OF_MODEL_ACTION:
        return "settings", "manage"
    return tool_of(apps.get_model(app_label, model_name)), LEVEL_OF_MODEL_ACTION[action]
