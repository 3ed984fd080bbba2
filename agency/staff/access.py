"""Who may do what. Pages, the APIs and the admin all ask here.

A grant pairs a tool with a level, such as ``invoices:update``; a higher level includes the lower
ones. The tool ``*`` stands for every tool that a role does not name.
"""

from django.apps import apps
from django.conf import settings

LEVELS = ("view", "update", "manage")
NONE = "none"  # written where a role leaves out a tool that ``*`` would include
LEVEL_OF_MODEL_ACTION = {"view": "view", "add": "update", "change": "update", "delete": "manage"}

# What a role can be granted, in the order of the matrix, with the words that staff see.
TOOLS = {
    "customers": "Customers and contacts",
    "deals": "Deals",
    "engagements": "Engagements",
    "projects": "Projects and milestones",
    "tasks": "Tasks",
    "time": "Time and approvals",
    "budgets": "Budgets and service types",
    "invoices": "Invoices and payments",
    "expenses": "Expenses",
    "items": "Items and their groups",
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
    if level not in LEVELS or not staff.is_active or staff.role_id is None:
        return False
    scopes = getattr(staff, "key_scopes", None)
    if scopes and not reaches(held_level(scopes, tool), level):
        return False
    return reaches(held_level(staff.role.grants, tool), level)


def allows(staff, perm: str) -> bool:
    """The same for a right in words: ``invoices:update`` or ``billing.change_invoice``."""
    tool, level = split_permission(perm)
    return tool is not None and may(staff, tool, level)


def opens(staff, label: str) -> bool:
    """Whether a person sees anything of an app or of a tool of that name."""
    return any(may(staff, tool, "view") for tool in _tools_of(label))


DEMO_PASSWORD = "demo-agency"


def is_known_to_all(password: str) -> bool:
    """The demo's password opens nothing outside of development."""
    return password == DEMO_PASSWORD and not settings.DEBUG


class GrantBackend:
    """Signs people in by e-mail and password; strangers hold no right."""

    def authenticate(self, request, username=None, password=None, email=None, **kwargs):
        """The active person with that address and password, or None after the same time."""
        address = username or email
        if not address or password is None or is_known_to_all(password):
            return None
        model = apps.get_model("staff", "Staff")
        try:
            staff = model.objects.get_by_natural_key(address)
        except model.DoesNotExist:
            model().set_password(password)  # hashing is what takes the time
            return None
        return staff if staff.check_password(password) and staff.is_active else None

    def get_user(self, user_id):
        """The person with their role: every request asks for its grants."""
        people = apps.get_model("staff", "Staff").objects.active()
        return people.select_related("role").filter(pk=user_id).first()

    def has_perm(self, user_obj, perm, obj=None) -> bool:
        return user_obj.is_authenticated and allows(user_obj, perm)

    def has_module_perms(self, user_obj, app_label) -> bool:
        return user_obj.is_authenticated and opens(user_obj, app_label)


def tool_of(model) -> str | None:
    """The tool that guards a model; models of other packages belong to the settings."""
    own = getattr(model, "tool", None)
    if own or model._meta.app_label in {"crm", "budgets", "billing"}:
        return own
    return "settings"


def split_permission(perm: str) -> tuple[str | None, str]:
    """Turn ``invoices:update`` or ``billing.change_invoice`` into (tool, level).

    Templates spell the first as ``perms.invoices.update``. A right that nothing knows is nobody's.
    """
    if ":" in perm:
        tool, _, level = perm.partition(":")
        return tool, level
    label, _, codename = perm.partition(".")
    if label in TOOLS and codename in LEVELS:
        return label, codename
    action, _, model_name = codename.partition("_")
    level = LEVEL_OF_MODEL_ACTION.get(action, "")
    try:
        return (tool_of(apps.get_model(label, model_name)) if level else None), level
    except LookupError:
        return None, level


def _tools_of(label: str) -> set[str]:
    if label in TOOLS and label not in apps.app_configs:
        return {label}
    try:
        models = apps.get_app_config(label).get_models()
    except LookupError:
        return set()
    return {tool for tool in map(tool_of, models) if tool}
