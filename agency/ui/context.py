"""What the shell of every page shows; each part is worked out only where a template asks."""

from functools import cached_property

from agency.ui import navigation


class Shell:
    """Menu, + New, brand and slots for the person at the keyboard."""

    def __init__(self, request):
        self.request = request
        self.staff = request.user

    @cached_property
    def sections(self):
        return navigation.sections(self.staff)

    @cached_property
    def phone(self):
        return [entry for _, lines in self.sections for entry in lines if entry.phone][:4]

    @cached_property
    def keys(self):
        return [entry for _, lines in self.sections for entry in lines if entry.key]

    @cached_property
    def new_items(self):
        return navigation.new_items(self.staff)

    @cached_property
    def brand(self) -> str:
        return navigation.brand()

    @cached_property
    def timer(self):
        return navigation.slot("timer", self.staff)

    @cached_property
    def bell(self):
        return navigation.slot("bell", self.staff)

    @cached_property
    def banner(self):
        return navigation.slot("banner", self.staff)

    @cached_property
    def account(self):
        return navigation.slot("account", self.staff)

    @cached_property
    def current(self) -> str:
        match = self.request.resolver_match
        return navigation.current(self.staff, self.request.path, match.view_name if match else "")


def shell(request) -> dict:
    """The context processor."""
    return {"shell": Shell(request)} if hasattr(request, "user") else {}
