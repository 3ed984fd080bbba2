"""The page of a person."""

from django.urls import reverse

from agency.reference import organisation
from agency.staff.access import LEVELS, TOOLS, may
from agency.staff.models import Staff
from agency.staff.people.views import state_pill
from agency.staff.signin import second_factor
from agency.ui.views import Action, RecordView


class StaffPage(RecordView):
    """Who somebody is, what they may do, and the steps of their account."""

    tool, subject, name = "staff", "staff", "person"
    queryset, template_name = Staff.objects.listing(), "staff/record.html"
    crumbs = [("Settings", "settings")]
    list_url, list_label = "staff-list", "Staff"

    def step(self, label: str, route: str, icon: str, **options) -> Action:
        url = reverse(route, args=[self.record.pk])
        return Action(label=label, url=url, icon=icon, level="manage", **options)

    def actions(self) -> list[Action]:
        person = self.record
        found = [self.step("Set password", "staff-password", "key-round", **ASK)]
        if person.is_active:
            found.append(self.step("Mail an invitation", "staff-invite", "mail", **POST))
            found.append(self.step("Deactivate", "staff-deactivate", "user-x", danger=True, **ASK))
        else:
            found.append(self.step("Activate", "staff-activate", "user-check", **POST))
        if self.has_codes:
            found.append(
                self.step("Turn off two-step sign-in", "staff-codes-off", "shield-off", **ASK)
            )
        found.append(self.step("Delete", "staff-delete", "trash-2", danger=True, **ASK))
        return [*found, self.step("Edit", "staff-edit", "pencil", primary=True, key="e")]

    @property
    def has_codes(self) -> bool:
        return second_factor.is_on(self.record)

    def get_context_data(self, **context):
        person = self.record
        return super().get_context_data(
            state=state_pill(person),
            has_codes=self.has_codes,
            rights=[(words, self.level_of(tool)) for tool, words in TOOLS.items()],
            led=person.led_teams.all(),
            keys=person.api_keys.live().count(),
            base=organisation.current().base_currency,
            sees_rate=self.may("update"),
            **context,
        )

    def level_of(self, tool: str) -> str:
        held = [level for level in LEVELS if may(self.record, tool, level)]
        return held[-1].capitalize() if held else ""


POST = {"post": True, "menu": True}
ASK = {"dialog": True, "menu": True}
