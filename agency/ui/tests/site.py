"""A small site for the tests of the base pages: people of the agency, and deals for money."""

import django_filters as filters
from django import forms
from django.apps import apps
from django.db.models import Q
from django.http import HttpResponse
from django.urls import include, path
from django.views.generic import TemplateView

from agency.errors import BusinessError
from agency.staff.models import Role, Staff
from agency.ui.forms import AmountField, OfficeForm
from agency.ui.icons import pill
from agency.ui.views import (
    Action,
    BulkAction,
    Column,
    Explanation,
    Figure,
    FilteredListView,
    OperationFormView,
    PanelView,
    RecordFormView,
    RecordStepView,
    RecordView,
    Step,
    Tab,
    ToolPage,
)


class PeopleFilter(filters.FilterSet):
    search = filters.CharFilter(method="find")
    role = filters.ModelChoiceFilter(queryset=Role.objects.all())
    title = filters.CharFilter(lookup_expr="icontains")
    joined = filters.DateFromToRangeFilter(field_name="created_at__date", label="Joined")

    class Meta:
        model = Staff
        fields = ["search", "role", "title"]

    def find(self, people, name, value):
        return people.matching(value)


def retire(person, *, by, reason=""):
    """An operation that refuses people who are gone already."""
    if not person.is_active:
        raise BusinessError("Has left already.")
    person.is_active, person.title = False, reason
    person.save()


class WhyForm(forms.Form):
    reason = forms.CharField(max_length=20)


def state_pill(person):
    return (
        pill("Active", "circle-check", "good") if person.is_active else pill("Left", "ban", "void")
    )


class PeopleList(FilteredListView):
    tool, title, noun, sort = "staff", "People", "people", "name"
    queryset = Staff.objects.select_related("role")
    filterset_class = PeopleFilter
    crumbs = [("Settings", "")]
    columns = [
        Column(
            name="name",
            label="Name",
            value="get_full_name",
            kind="link",
            phone="title",
            sort=("first_name", "last_name"),
            fixed=True,
        ),
        Column(name="email", label="E-mail", clip=True, sort="email", phone="sub"),
        Column(name="role", label="Role", value="role.name"),
        Column(
            name="state",
            label="State",
            draw=state_pill,
            phone="state",
            export=lambda person: "active" if person.is_active else "left",
        ),
        Column(
            name="week",
            label="Week",
            value="weekly_minutes",
            kind="hours",
            total=True,
            phone="value",
        ),
        Column(
            name="rate", label="Rate", value="hourly_rate", kind="money", currency="", shown=False
        ),
        Column(name="joined", label="Joined", value="created_at", kind="date", sort="created_at"),
    ]
    tabs = [
        Tab("all", "All"),
        Tab("active", "Active", Q(is_active=True)),
        Tab("left", "Left", Q(is_active=False), tone="bad"),
    ]
    bulk_actions = [
        BulkAction(
            key="retire",
            label="Retire",
            run=retire,
            done="retired",
            level="manage",
            primary=True,
            allows=lambda person: person.is_active,
        ),
        BulkAction(
            key="retire-why",
            label="Retire with reason",
            run=retire,
            done="retired",
            icon="user-x",
            form_class=WhyForm,
            danger=True,
        ),
    ]
    create_url, create_label, create_dialog = "person-new", "New person", True
    create_level = "manage"
    empty_icon, empty_title = "users", "Nobody here yet"
    empty_text = "Add the people who will sign in."


class PersonForm(OfficeForm):
    first_name = forms.CharField(max_length=80)
    email = forms.EmailField(help_text="For signing in")
    role = forms.ModelChoiceField(
        queryset=Role.objects.all(), required=False, widget=forms.Select(attrs={"data-pick": ""})
    )
    rate = AmountField(required=False, label="Hourly rate")
    started_on = forms.DateField(required=False)
    notes = forms.CharField(required=False, widget=forms.Textarea)
    is_staff = forms.BooleanField(required=False, label="Opens the admin", help_text="Support only")


class NewPerson(OperationFormView):
    tool, level, title, submit_label = "staff", "manage", "New person", "Add person"
    form_class = PersonForm
    crumbs = [("People", "person-list")]
    success_message = "{result} was added."

    def perform(self, form):
        if Staff.objects.filter(email=form.cleaned_data["email"]).exists():
            raise BusinessError("Somebody has this address already.", field="email")
        if form.cleaned_data["first_name"] == "Nobody":
            raise BusinessError("Nobody is not a person.")
        return Staff.objects.create(
            email=form.cleaned_data["email"], first_name=form.cleaned_data["first_name"]
        )


class ChangePerson(RecordFormView):
    tool, title, form_class = "staff", "Change person", PersonForm
    queryset = Staff.objects
    events = ("people",)

    def perform(self, form):
        self.record.first_name = form.cleaned_data["first_name"]
        self.record.save()
        return self.record


class RetirePerson(RecordStepView):
    tool, title, question, level = "staff", "Retire?", "They can no longer sign in.", "manage"
    queryset = Staff.objects
    success_message = "{result} has left."

    def perform(self):
        retire(self.record, by=self.request.user)
        return self.record


class PersonPage(RecordView):
    tool, subject, name = "staff", "person", "person"
    queryset = Staff.objects.select_related("role")
    list_url, list_label = "person-list", "People"

    def actions(self):
        path = f"/people/{self.record.pk}"
        return [
            Action(
                label="Retire",
                url=f"{path}/retire",
                post=True,
                level="manage",
                menu=True,
                confirm="They can no longer sign in.",
                icon="user-x",
                danger=True,
            ),
            Action(label="Delete", off="Has logged time", menu=True, icon="trash-2"),
            Action(label="Change", url=f"{path}/change", dialog=True, level="update", key="e"),
            Action(label="Write", url="mailto:x@example.com", primary=True, icon="send"),
        ]

    def figures(self):
        rate = self.record.hourly_rate
        why = Explanation(
            "Worth of a week",
            [("", "38 hours at the rate", rate)],
            rate,
            "AUD",
            "Rates are set in the settings.",
        )
        return [
            Figure(label="Rate", value=rate, currency="AUD", explain=why),
            Figure(label="Week", value=self.record.weekly_minutes, kind="hours", note="of 38:00"),
        ]

    def steps(self):
        return [Step("Invited", "1 Nov, Dan", "done"), Step("Joined", "today", "now"), Step("Left")]


class RolePanel(PanelView):
    tool, title, noun = "staff", "Colleagues", "people"
    queryset = Staff.objects
    columns = [
        Column(name="name", label="Name", value="get_full_name", kind="link", phone="title"),
        Column(name="email", label="E-mail"),
    ]

    def rows(self):
        return Staff.objects.visible_to(self.request.user).filter(role=self.record.role_id)


class DealFilter(filters.FilterSet):
    class Meta:
        model = apps.get_model("crm", "Deal")
        fields = ["title"]


class DealList(FilteredListView):
    tool, title, noun = "deals", "Deals", "deals"
    queryset = apps.get_model("crm", "Deal").objects.order_by("pk")
    filterset_class = DealFilter
    columns = [
        Column(name="title", label="Title", fixed=True),
        Column(name="value", label="Value", kind="money", total=True),
    ]


class Undeclared(ToolPage, TemplateView):
    """A page that forgot to name its tool."""


def home(request):
    return HttpResponse("home")


urlpatterns = [
    path("", home, name="home"),
    path("people", PeopleList.as_view(), name="person-list"),
    path("people/new", NewPerson.as_view(), name="person-new"),
    path("people/<int:pk>", PersonPage.as_view(), name="staff-page"),
    path("people/<int:pk>/change", ChangePerson.as_view(), name="person-change"),
    path("people/<int:pk>/retire", RetirePerson.as_view(), name="person-retire"),
    path("people/<int:pk>/panels/colleagues", RolePanel.as_view(), name="person-colleagues"),
    path("deals", DealList.as_view(), name="deal-list"),
    path("undeclared", Undeclared.as_view()),
    path("", include("agency.ui.urls")),
]
