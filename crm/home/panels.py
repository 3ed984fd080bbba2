"""What this app puts on the home page: one's own tasks, one's projects."""

from agency.reference import organisation
from crm.home.views import HomePanelView
from crm.projects.models import Project
from crm.tasks.mywork import grouped, open_tasks_of

MOST = 12


class MyTasks(HomePanelView):
    """One's own open tasks that have a date, the most pressing first."""

    tool, title = "tasks", "My tasks"
    template_name = "crm/home/my_tasks.html"
    more_url, more_label = "my-work", "My work"

    def get_context_data(self, **context):
        tasks = list(open_tasks_of(self.request.user)[: MOST + 1])
        return super().get_context_data(
            groups=grouped(tasks[:MOST], organisation.today()),
            has_more=len(tasks) > MOST,
            perms_update=self.may("update"),
            **context,
        )


class MyProjects(HomePanelView):
    """The open projects that one leads or works on, by deadline."""

    tool, title = "projects", "My projects"
    template_name = "crm/home/my_projects.html"
    more_url, more_label = "project-list", "All projects"

    def get_context_data(self, **context):
        mine = Project.objects.listing().with_tasks().of_person(self.request.user).open()
        return super().get_context_data(projects=mine.by_deadline()[:8], **context)
