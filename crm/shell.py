"""What customers and work add to the shell: menu, + New, search, pickers, panels."""

from agency.records.events import words
from agency.ui import navigation, palette, panels, pickers
from crm.contacts.models import Contact
from crm.customers.models import Customer
from crm.deals.models import Deal
from crm.engagements.models import Engagement
from crm.onboarding.checklist import milestones
from crm.projects.models import Project
from crm.tasks.models import Task
from crm.tasks.mywork import pressing

FOUND = 6  # hits of one kind in the palette


def register() -> None:
    teach()
    add_menu()
    add_new()
    add_search()
    add_pickers()
    add_panels()


def teach() -> None:
    """How history says what happens here."""
    say = words.say
    say("won", "won the deal", icon="circle-check", tone="good")
    say("lost", "lost the deal", icon="circle-x", tone="bad")
    say("stage_changed", "moved the deal", icon="arrow-right-left")
    say("assigned", "changed who does it", icon="user-round")
    say("priority_changed", "changed the priority", icon="chevrons-up")
    say("members_changed", "changed the team", icon="users")
    for what, said, sign in (
        ("contact_added", "added the contact", "user-round-plus"),
        ("contact_removed", "removed the contact", "user-round-minus"),
        ("milestone_added", "added the milestone", "milestone"),
        ("milestone_removed", "removed the milestone", "milestone"),
    ):
        say(what, named(said, what.partition("_")[0]), icon=sign, whole=True)
    say("milestone_updated", named("changed the milestone", "milestone"), icon="milestone")
    done = onboarding("completed")
    say("onboarding_completed", done, icon="circle-check", tone="good", whole=True)
    say("onboarding_reopened", onboarding("took back"), icon="undo-2", whole=True)
    say("onboarding_noted", onboarding("wrote about"), icon="notebook-pen")


def named(what: str, key: str):
    return lambda event: f"{what} {event.changes.get(key, '')}".strip()


def onboarding(what: str):
    titles = {key: title for _, key, title in milestones()}

    def sentence(event) -> str:
        key = event.changes.get("milestone", "")
        return f"{what} “{titles.get(key, key)}” of the onboarding"

    return sentence


def add_menu() -> None:
    add = navigation.add
    add("", "Home", "home", "house", key="h", order=0, phone="Home")
    add(
        "",
        "My work",
        "my-work",
        "circle-check",
        permission="tasks:view",
        key="w",
        order=10,
        count=pressing,
    )
    add(
        "Sell",
        "Deals",
        "deal-board",
        "handshake",
        permission="deals:view",
        key="d",
        order=10,
        within=("deal-list",),
    )
    add(
        "Sell",
        "Customers",
        "customer-list",
        "building-2",
        permission="customers:view",
        key="c",
        order=20,
    )
    add(
        "Sell",
        "Engagements",
        "engagement-list",
        "repeat",
        permission="engagements:view",
        key="e",
        order=15,
        within=("engagement-page", "engagement-new", "engagement-edit", "engagement-revenue"),
    )
    add("Sell", "Contacts", "contact-list", "contact", permission="customers:view", order=30)
    add(
        "Deliver",
        "Projects",
        "project-list",
        "folder-kanban",
        permission="projects:view",
        key="p",
        order=10,
    )
    add("Deliver", "Tasks", "task-list", "list-checks", permission="tasks:view", key="k", order=20)


def add_new() -> None:
    add = navigation.add_new
    add("Task", "task-new", "list-checks", "tasks:update", key="k", dialog=True, order=10)
    add("Project", "project-new", "folder-kanban", "projects:update", key="p", dialog=True)
    add("Deal", "deal-new", "handshake", "deals:update", key="d", dialog=True)
    add("Engagement", "engagement-new", "repeat", "engagements:update")
    add("Customer", "customer-new", "building-2", "customers:update", key="c")
    add("Contact", "contact-new-anywhere", "contact", "customers:update", key="o", dialog=True)


def add_search() -> None:
    add = palette.add_searcher
    add("Customers", find_customers, permission="customers:view", order=10)
    add("Contacts", find_contacts, permission="customers:view", order=15)
    add("Projects", find_projects, permission="projects:view", order=30)
    add("Tasks", find_tasks, permission="tasks:view", order=40)
    add("Deals", find_deals, permission="deals:view", order=50)
    add("Engagements", find_engagements, permission="engagements:view", order=45)


def find_customers(staff, text: str) -> list[palette.Hit]:
    rows = Customer.objects.visible_to(staff).matching(text).order_by("-is_active", "name")
    return [
        palette.Hit(str(row), row.get_absolute_url(), "building-2", row.domain)
        for row in rows[:FOUND]
    ]


def find_contacts(staff, text: str) -> list[palette.Hit]:
    rows = Contact.objects.listing().visible_to(staff).matching(text)[:FOUND]
    return [
        palette.Hit(str(row), row.customer.get_absolute_url(), "contact", str(row.customer))
        for row in rows
    ]


def find_projects(staff, text: str) -> list[palette.Hit]:
    rows = Project.objects.select_related("customer").visible_to(staff).matching(text)[:FOUND]
    return [
        palette.Hit(str(row), row.get_absolute_url(), "folder-kanban", str(row.customer or ""))
        for row in rows
    ]


def find_tasks(staff, text: str) -> list[palette.Hit]:
    rows = Task.objects.select_related("project").visible_to(staff).matching(text).by_urgency()
    return [
        palette.Hit(str(row), row.get_absolute_url(), "list-checks", str(row.project or ""))
        for row in rows[:FOUND]
    ]


def find_deals(staff, text: str) -> list[palette.Hit]:
    rows = Deal.objects.listing().visible_to(staff).matching(text)[:FOUND]
    return [
        palette.Hit(str(row), row.get_absolute_url(), "handshake", row.get_stage_display())
        for row in rows
    ]


def find_engagements(staff, text: str) -> list[palette.Hit]:
    rows = Engagement.objects.listing().visible_to(staff).matching(text)[:FOUND]
    return [
        palette.Hit(str(row), row.get_absolute_url(), "repeat", str(row.customer)) for row in rows
    ]


def add_pickers() -> None:
    def customers(staff, text):
        return Customer.objects.visible_to(staff).active().matching(text).order_by("name")

    def contacts(staff, text):
        return Contact.objects.listing().visible_to(staff).active().matching(text)

    def projects(staff, text):
        rows = Project.objects.select_related("customer").visible_to(staff)
        return rows.open().matching(text).order_by("name")

    def deals(staff, text):
        return Deal.objects.listing().visible_to(staff).matching(text)

    def engagements(staff, text):
        return Engagement.objects.listing().visible_to(staff).matching(text)

    def tasks(staff, text):
        rows = Task.objects.select_related("project").visible_to(staff)
        return rows.open().matching(text).by_urgency()

    add = pickers.add
    company = "customer"
    add("customers", customers, permission="customers:view", detail=lambda row: row.domain)
    for name, find, permission in (
        ("contacts", contacts, "customers:view"),
        ("projects", projects, "projects:view"),
        ("deals", deals, "deals:view"),
        ("engagements", engagements, "engagements:view"),
    ):
        add(name, find, permission=permission, detail=lambda row: getattr(row, company))
    add("tasks", tasks, permission="tasks:view", detail=lambda row: row.project)


def add_panels() -> None:
    add_to_home()
    add_to_customer()
    add = panels.add
    for subject in ("project", "deal"):
        url = f"{subject}-tasks"
        add(subject, "tasks", "Tasks", url, place="main", permission="tasks:view", order=10)
    add("project", "board", "Board", "project-board", permission="tasks:view", order=5)
    url, seen = "project-milestones", "projects:view"
    add("project", "milestones", "Milestones", url, place="main", permission=seen, order=20)


def add_to_home() -> None:
    def add(key, label, permission, **options):
        url = f"home-{key.removeprefix('my-')}"
        panels.add("home", key, label, url, permission=permission, **options)

    add("my-tasks", "My tasks", "tasks:view", place="main", order=20)
    add("my-projects", "My projects", "projects:view", place="main", order=90)
    add("my-week", "My week", "time:view", place="rail", order=10)
    add("approvals", "Time to approve", "time:update", place="rail", order=20)


def add_to_customer() -> None:
    def add(key, label, permission, **options):
        panels.add("customer", key, label, f"customer-{key}", permission=permission, **options)

    add("contacts", "Contacts", "customers:view", place="main", order=10)
    add("open-projects", "Open projects", "projects:view", place="main", order=20)
    add("onboarding", "Onboarding", "customers:view", place="rail", order=10)
    add("projects", "Projects", "projects:view", order=10, count=counted("projects"))
    add("deals", "Deals", "deals:view", order=15, count=counted("deals"))
    seen, number = "engagements:view", counted("engagements")
    add("engagements", "Engagements", seen, order=16, count=number)
    add("tasks", "Tasks", "tasks:view", order=40, count=open_tasks)


def counted(relation: str):
    """How many of the record's rows a person sees."""
    return lambda record, staff: getattr(record, relation).visible_to(staff).count()


def open_tasks(record, staff) -> int:
    return record.tasks.open().visible_to(staff).count()
