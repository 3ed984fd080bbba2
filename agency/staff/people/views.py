"""The list of people."""

from django.db.models import Q
from django.utils.html import format_html

from agency.staff.models import Staff
from agency.staff.people import letters
from agency.staff.people import operations as people
from agency.staff.people.filters import StaffFilter
from agency.staff.people.forms import RoleForm
from agency.ui import formats
from agency.ui.icons import pill
from agency.ui.views import BulkAction, Column, FilteredListView, Tab


def name_of(person: Staff):
    return format_html(
        '<a class="id nw" href="{}">{} {}</a>',
        person.get_absolute_url(),
        formats.face(str(person), "s"),
        person,
    )


def state_pill(person: Staff):
    if person.is_active:
        return pill("Active", "circle-check", "good")
    return pill("Left", "circle-slash")


def names(rows) -> str:
    return ", ".join(str(row) for row in rows.all())


class StaffList(FilteredListView):
    """Everybody who works here, and those who left."""

    tool, title, noun, sort = "staff", "Staff", "people", "name"
    crumbs = [("Settings", "settings")]
    queryset = Staff.objects.listing()
    filterset_class, filters = StaffFilter, ["role", "department", "team"]
    create_url, create_label, create_level = "staff-new", "New person", "manage"
    tabs = [
        Tab("active", "Active", Q(is_active=True)),
        Tab("left", "Left", Q(is_active=False)),
        Tab("all", "All"),
    ]
    columns = [
        Column(
            name="name",
            label="Name",
            draw=name_of,
            export=str,
            phone="title",
            fixed=True,
            sort=("first_name", "last_name"),
        ),
        Column(name="title", label="Title", sort="title", clip=True),
        Column(name="email", label="E-mail", sort="email", phone="sub"),
        Column(name="role", label="Role", sort="role__position", phone="value"),
        Column(name="departments", label="Departments", value=lambda one: names(one.departments)),
        Column(name="teams", label="Teams", value=lambda one: names(one.teams), shown=False),
        Column(name="phone", label="Phone", shown=False),
        Column(name="week", label="Week", value="weekly_minutes", kind="hours", shown=False),
        Column(
            name="seen", label="Last sign-in", value="last_login", kind="moment", sort="last_login"
        ),
        Column(name="state", label="State", value="is_active", draw=state_pill, phone="state"),
    ]
    bulk_actions = [
        BulkAction(
            key="role",
            label="Set role",
            icon="shield",
            level="manage",
            run=people.update,
            form_class=RoleForm,
            done="have the role now",
        ),
        BulkAction(
            key="invite",
            label="Invite",
            icon="mail",
            level="manage",
            run=letters.invite,
            done="invited",
            allows=lambda person: person.is_active and person.last_login is None,
        ),
        BulkAction(
            key="deactivate",
            label="Deactivate",
            icon="user-x",
            level="manage",
            danger=True,
            run=people.deactivate,
            done="deactivated",
            allows=lambda person: person.is_active,
            confirm="They cannot sign in any more, and their API keys end. Their records stay.",
        ),
        BulkAction(
            key="activate",
            label="Activate",
            icon="user-check",
            level="manage",
            run=people.activate,
            done="activated",
            allows=lambda person: not person.is_active,
        ),
    ]

    def get_columns(self) -> list[Column]:
        """What people are billed at is not for everybody."""
        if not self.may("update"):
            return self.columns
        rate = Column(
            name="rate",
            label="Rate",
            value="hourly_rate",
            kind="money",
            currency="",
            sort="hourly_rate",
            shown=False,
        )
        return [*self.columns[:-2], rate, *self.columns[-2:]]
