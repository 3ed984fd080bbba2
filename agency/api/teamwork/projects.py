"""Lists that stand at the root and under ``/projects/:id`` alike."""

from django.apps import apps
from django.http import Http404

from agency.api.permissions import right_to_see


class OfProjectMixin:
    """With ``project_pk`` in the path the list, or what is made, belongs to that project."""

    def project(self):
        """The project of the path; None where the path has none, 404 where it is not seen.

        What is made names it as a body would: reading its list alone asks for ``projects:view``.
        """
        if "project_pk" not in self.kwargs:
            return None
        model, person = apps.get_model("crm", "Project"), self.request.user
        rows = model.objects.select_related("customer").filter(pk=self.key("project_pk"))
        may = self.request.method == "POST" or person.has_perm(right_to_see(model))
        found = rows.visible_to(person).first() if may else None
        if found is None:
            raise Http404
        return found
