"""Boards: cards in lanes, dragged or sent from one to another."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponseRedirect

from agency.errors import BusinessError
from agency.ui.pages import ToolPage, done
from agency.ui.views import FilteredListView, visible

MOST_CARDS = 400  # on one board; the lanes still count and add up all


@dataclass
class Lane:
    """One state with its cards; ``count`` and ``sums`` [(currency, amount)] are of all of them."""

    key: str
    label: str
    cards: list = field(default_factory=list)
    count: int = 0
    sums: list[tuple[str, Any]] = field(default_factory=list)
    note: str = ""
    new_url: str = ""

    @property
    def hidden(self) -> int:
        return self.count - len(self.cards)


class MoveMixin:
    """Takes {id, to, place} from the board and answers with the event that draws it anew."""

    def move(self, record, to: str, place: int) -> None:
        """Call the operation; a refusal is told and the card goes back."""
        raise NotImplementedError

    def movable(self):
        """The rows that may be moved here."""
        return visible(self.queryset, self.request.user)

    def post(self, request, *args, **kwargs):
        if not self.may("update"):
            return self.handle_no_permission()
        pk, place = request.POST.get("id", ""), request.POST.get("place", "")
        to = request.POST.get("to", "")
        if not (pk.isdecimal() and len(pk) < 19 and to):
            raise BadRequest("Say which card goes where.")
        record = self.movable().filter(pk=pk).first()
        if record is None:
            raise Http404
        try:
            self.move(record, to, int(place) if place.isdecimal() and len(place) < 6 else 0)
        except BusinessError as error:
            messages.error(request, str(error))
        if not request.htmx:
            return HttpResponseRedirect(request.get_full_path(), status=303)
        return done(request, "board")


class BoardView(MoveMixin, FilteredListView):
    """A page of lanes, with the filters of the list beside it."""

    template_name = "crm/board.html"
    rows_template_name = "crm/_board.html"
    card_template = ""
    list_url = ""  # the same rows as a list

    def lanes(self) -> list[Lane]:
        raise NotImplementedError

    def summary(self) -> str:
        """What stands under the title."""
        return ""

    def get_context_data(self, **context):
        # The table of the list is not wanted here, only what stands around it.
        return ToolPage.get_context_data(
            self,
            view=self,
            state=self.state,
            lanes=self.lanes(),
            board_url=self.request.get_full_path(),
            perms_update=self.may("update"),
            **self.frame(),
            **context,
        )


def filled(lanes: list[Lane], cards, lane_of) -> list[Lane]:
    """The same lanes with ``cards`` in them; ``lane_of(card)`` is a lane's key."""
    by_key = {lane.key: lane for lane in lanes}
    for card in cards[:MOST_CARDS]:
        if lane := by_key.get(lane_of(card)):
            lane.cards.append(card)
    return lanes
