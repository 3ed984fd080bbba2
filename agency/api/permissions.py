"""The right that every API call needs."""

from rest_framework import permissions

LEVEL_OF_ACTION = {
    "list": "view",
    "retrieve": "view",
    "create": "update",
    "update": "update",
    "partial_update": "update",
    "destroy": "manage",
}


class HasGrant(permissions.BasePermission):
    """Require the level of the tool that the current action asks for; deny what declares none."""

    def has_permission(self, request, view) -> bool:
        if not request.user.is_authenticated:
            return False
        if view.action in {None, "metadata"}:
            return True  # no such verb here: 405 follows
        level = required_level(view)
        return level is not None and request.user.has_perm(f"{view.tool}:{level}")


def required_level(view) -> str | None:
    """The level that the current action needs: its own, the view's, or the rule for its verb."""
    handler = getattr(view, view.action or "", None)
    own = getattr(handler, "level", None) or getattr(view, "level", None)
    return own or LEVEL_OF_ACTION.get(view.action)


def right_to_see(model) -> str:
    """What one needs to see records of a kind: ``view`` of its tool unless the model asks more."""
    return f"{model.tool}:{getattr(model, 'view_level', 'view')}"
