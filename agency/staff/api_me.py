"""``/api/me``: who is calling, and what they may do with the credential used."""

from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response

from agency.api.fields import IdField
from agency.api.schema import Nullable, answers
from agency.api.views import ApiView
from agency.staff import access

USER = {
    "id": IdField(),
    "name": str,
    "email": str,
    "role": Nullable(str),
    "permissions": [str],
}


class MeView(ApiView):
    """The caller."""

    permission_classes = [IsAuthenticated]

    @answers({"user": USER})
    def get(self, request):
        """Who is calling; ``permissions`` lists every right held, such as “invoices:update”."""
        staff = request.user
        return Response(
            {
                "user": {
                    "id": str(staff.pk),
                    "name": staff.get_full_name(),
                    "email": staff.email,
                    "role": staff.role.key if staff.role_id else None,
                    "permissions": permissions_of(staff),
                }
            }
        )


def permissions_of(staff) -> list[str]:
    return [
        f"{tool}:{level}"
        for tool in access.TOOLS
        for level in access.LEVELS
        if access.may(staff, tool, level)
    ]
