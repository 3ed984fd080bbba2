"""Nobody grants a right that they lack.

What counts is what a person holds through the credential they use: a key that is narrowed to time
hands on nothing but time. ``by=None`` is the installation itself, at the console or in a job.
"""

from agency.errors import BusinessError, NotAllowedError
from agency.staff.access import LEVELS, NONE, TOOLS, held_level, may, reaches
from agency.staff.scope import ALL, OWN, TEAM

SCOPES = (OWN, TEAM, ALL)
EVERY_TOOL = "*"


def checked(grants: dict) -> dict[str, str]:
    """Grants as roles keep them: known tools, a level each, nothing that ``*`` says already.

    Raises ``BusinessError`` on ``grants`` for a tool or a level that does not exist.
    """
    for tool, level in grants.items():
        if tool not in TOOLS and tool != EVERY_TOOL:
            raise BusinessError(f"There is no tool “{tool}”.", field="grants")
        if level not in (*LEVELS, NONE, None, ""):
            raise BusinessError(f"There is no level “{level}”.", field="grants")
    kept = {tool: level or NONE for tool, level in grants.items()}
    rest = kept.pop(EVERY_TOOL, NONE)
    named = {tool: level for tool, level in kept.items() if level != rest}
    return named if rest == NONE else {EVERY_TOOL: rest, **named}


def require_held(by, *, grants: dict, scope: str, before=None) -> None:
    """Raise ``NotAllowedError`` where ``by`` would hand on more than they hold.

    ``before`` is the role as it was: what it granted already is no new grant.
    """
    missing = lacking(by, grants=grants, scope=scope, before=before)
    if missing:
        raise NotAllowedError(
            f"You cannot grant what you do not hold: {', '.join(missing)}.", field="grants"
        )


def require_cover(by, person) -> None:
    """Raise ``NotAllowedError`` where ``person`` holds a right that ``by`` lacks.

    Whoever sets another's password or address could sign in as them, and would hold their rights.
    """
    if by is None or by.pk == person.pk or person.role_id is None:
        return
    if lacking(by, grants=person.role.grants, scope=person.role.scope):
        raise NotAllowedError(f"{person} holds rights that you lack.")


def lacking(by, *, grants: dict, scope: str, before=None) -> list[str]:
    """The rights among ``grants`` and ``scope`` that are new and that ``by`` does not hold."""
    if by is None:
        return []
    known = before.grants if before else {}
    missing = [
        f"{tool}:{level}"
        for tool in (*TOOLS, EVERY_TOOL)
        if reaches(level := held_level(grants, tool), "view")
        and not reaches(held_level(known, tool), level)
        and not may(by, tool, level)
    ]
    reach = max(_reach(by.role.scope) if by.role_id else 0, _reach(before.scope) if before else 0)
    return [*missing, f"scope {scope}"] if _reach(scope) > reach else missing


def _reach(scope: str) -> int:
    return SCOPES.index(scope)
