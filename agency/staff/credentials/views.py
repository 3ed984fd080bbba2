"""API keys: one's own; whoever manages the settings sees everybody's and may end them."""

from django.db.models import Q
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from agency.staff import keys
from agency.staff.credentials.forms import KeyForm
from agency.staff.models import ApiKey
from agency.ui.formats import DASH, moment
from agency.ui.icons import pill
from agency.ui.views import BulkAction, Column, FilteredListView, OperationFormView, Tab

PILLS = {
    "live": ("Works", "circle-check", "good"),
    "expired": ("Expired", "clock-alert", "warn"),
    "revoked": ("Revoked", "ban", "void"),
}


def state_pill(key: ApiKey):
    return pill(*PILLS[key.state])


def scope_words(key: ApiKey) -> str:
    return ", ".join(f"{tool}:{level}" for tool, level in key.scopes.items()) or "All rights"


def ends(key: ApiKey):
    return moment(key.expires_at) if key.expires_at else DASH


def is_live() -> Q:
    return Q(revoked_at=None) & (Q(expires_at=None) | Q(expires_at__gt=timezone.now()))


class KeyList(FilteredListView):
    tool, title, noun, sort = "", "API keys", "keys", "-created"
    crumbs = [("Settings", "settings")]
    queryset = ApiKey.objects.select_related("owner")
    create_url, create_label = "key-new", "New key"
    empty_icon, empty_title = "key-round", "No keys yet"
    empty_text = "A key lets a program work in your name, with all of your rights or some of them."
    columns = [
        Column(name="name", label="Name", sort="name", phone="title", fixed=True),
        Column(name="prefix", label="Begins with", value=lambda key: f"{key.prefix}…"),
        Column(name="owner", label="Owner", kind="person", sort="owner__first_name"),
        Column(name="scopes", label="May do", value=scope_words, clip=True, phone="sub"),
        Column(name="used", label="Last used", value="last_used_at", kind="moment", phone="value"),
        Column(name="ends", label="Ends", draw=ends, sort="expires_at"),
        Column(name="created", label="Made", value="created_at", kind="date", sort="created_at"),
        Column(name="state", label="State", value="state", draw=state_pill, phone="state"),
    ]
    bulk_actions = [
        BulkAction(
            key="revoke",
            label="Revoke",
            icon="ban",
            level="view",
            danger=True,
            run=keys.revoke,
            done="revoked",
            allows=lambda key: key.state == "live",
            confirm="The programs that use them are refused from now on. This cannot be undone.",
        )
    ]

    def get_tabs(self) -> list[Tab]:
        return [Tab("live", "Working", is_live()), Tab("all", "All")]


@method_decorator(never_cache, name="dispatch")
class NewKey(OperationFormView):
    """The answer holds the secret; no other page ever does."""

    tool, level, title, submit_label = "", "view", "New API key", "Make key"
    form_class, template_name = KeyForm, "settings/key_form.html"
    crumbs = [("Settings", "settings"), ("API keys", "key-list")]

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"by": self.request.user}

    def perform(self, form):
        return keys.create(
            self.request.user,
            name=form.cleaned_data["name"],
            by=self.request.user,
            scopes=form.scopes(),
            expires_at=form.expires_at(),
        )

    def succeeded(self, result):
        key, secret = result
        context = {
            "key": key,
            "secret": secret,
            "title": "Your new key",
            "crumbs": self.get_crumbs(),
            "back_url": reverse("key-list"),
        }
        return render(self.request, "settings/key_made.html", context)
