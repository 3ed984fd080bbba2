"""What people add to the pages: their areas of the settings, search, pickers, words of history."""

from django.db.models import Q

from agency.records.events import words
from agency.staff.models import Staff
from agency.ui import areas, navigation, palette, pickers


def register() -> None:
    see, manage = "staff:view", "settings:manage"
    for group, label, url, icon, text, permission, order in (
        ("People", "Staff", "staff-list", "users", STAFF, see, 10),
        ("People", "Roles", "role-list", "shield", ROLES, see, 20),
        ("People", "Teams", "team-list", "users-round", TEAMS, see, 30),
        ("People", "Departments", "department-list", "network", DEPARTMENTS, see, 40),
        ("Connections", "API keys", "key-list", "key-round", KEYS, "", 10),
        ("Agency", "Audit log", "audit-log", "scroll-text", AUDIT, manage, 30),
        ("You", "Your profile", "profile", "circle-user", PROFILE, "", 10),
        ("You", "Security", "security", "lock-keyhole", SECURITY, "", 20),
    ):
        areas.add(group, label, url, icon, text, permission=permission, order=order)
    navigation.add("Account", "Your profile", "profile", "circle-user", order=10)
    navigation.add("Account", "Security", "security", "lock-keyhole", order=20)
    navigation.add_new("Person", "staff-new", "user-plus", "staff:manage", order=90)
    palette.add_searcher("People", find, permission="staff:view", order=60)
    palette.add_action("New API key", "key-new", "key-round", words="token credential")
    pickers.add("staff", pick, permission="staff:view", detail=lambda one: one.title)
    for verb, (sentence, icon, tone) in SAYINGS.items():
        words.say(verb, sentence, icon=icon, tone=tone)


def find(staff, text: str):
    """People whose name, title or address contains the words."""
    return [
        palette.Hit(str(one), one.get_absolute_url(), "circle-user", one.title)
        for one in Staff.objects.matching(text).order_by("-is_active", "first_name")[:8]
    ]


def pick(staff, text: str):
    return Staff.objects.active().matching(text).filter(~Q(role=None))


STAFF = "Who works here, in which role, at which rate"
ROLES = "What each role may do, and how far it sees"
TEAMS = "Who leads whom"
DEPARTMENTS = "Parts of the agency, such as Design"
KEYS = "Programs that work in your name"
AUDIT = "Every change, with who made it and through what"
PROFILE = "Your name, phone and time zone"
SECURITY = "Password, two-step sign-in, recent sign-ins"
SAYINGS = {
    "activated": ("took the person back", "user-check", "good"),
    "deactivated": ("let the person go", "user-x", "bad"),
    "password_changed": ("set a new password", "key-round", ""),
    "invited": ("mailed an invitation", "mail", ""),
    "api_key_created": ("made an API key", "key-round", ""),
    "api_key_revoked": ("revoked an API key", "ban", ""),
    "second_factor_on": ("turned two-step sign-in on", "shield-check", "good"),
    "second_factor_off": ("turned two-step sign-in off", "shield-off", "bad"),
    "recovery_codes_renewed": ("made new recovery codes", "life-buoy", ""),
}
