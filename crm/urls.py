"""The pages of customers, their people, deals, engagements, projects and tasks."""

from django.urls import path

from crm.contacts import editing as contacts
from crm.contacts.views import ContactListView, CustomerContacts
from crm.customers import editing as customers
from crm.customers.record import CustomerView
from crm.customers.views import CustomerListView
from crm.deals import editing as deals
from crm.deals.record import DealView
from crm.deals.views import CustomerDeals, DealBoardView, DealListView
from crm.engagements import editing as engagements
from crm.engagements.record import EngagementView
from crm.engagements.revenue import RevenueView
from crm.engagements.views import CustomerEngagements, EngagementListView
from crm.home.panels import Approvals, MyProjects, MyTasks, MyWeek
from crm.home.views import HomeView
from crm.merging.views import Merge
from crm.onboarding import views as onboarding
from crm.projects import editing as projects
from crm.projects import planning
from crm.projects.record import ProjectView
from crm.projects.views import CustomerOpenProjects, CustomerProjects, ProjectListView
from crm.tasks import editing as tasks
from crm.tasks import views as task_views
from crm.tasks.mywork import MyWorkView
from crm.tasks.record import TaskView

customer_pages = [
    path("customers", CustomerListView.as_view(), name="customer-list"),
    path("customers/new", customers.NewCustomer.as_view(), name="customer-new"),
    path("customers/<int:pk>", CustomerView.as_view(), name="customer-page"),
    path("customers/<int:pk>/edit", customers.EditCustomer.as_view(), name="customer-edit"),
    path("customers/<int:pk>/activate", customers.Activate.as_view(), name="customer-activate"),
    path(
        "customers/<int:pk>/deactivate", customers.Deactivate.as_view(), name="customer-deactivate"
    ),
    path("customers/<int:pk>/merge", Merge.as_view(), name="customer-merge"),
    path("customers/<int:pk>/delete", customers.Delete.as_view(), name="customer-delete"),
    path(
        "customers/<int:pk>/panels/onboarding",
        onboarding.OnboardingPanel.as_view(),
        name="customer-onboarding",
    ),
    path(
        "customers/<int:pk>/onboarding/<slug:key>",
        onboarding.Tick.as_view(),
        name="onboarding-tick",
    ),
    path(
        "customers/<int:pk>/onboarding/<slug:key>/notes",
        onboarding.Notes.as_view(),
        name="onboarding-notes",
    ),
]

contact_pages = [
    path("contacts", ContactListView.as_view(), name="contact-list"),
    path("contacts/new", contacts.NewContactAnywhere.as_view(), name="contact-new-anywhere"),
    path("customers/<int:pk>/contacts/new", contacts.NewContact.as_view(), name="contact-new"),
    path("contacts/<int:pk>/edit", contacts.EditContact.as_view(), name="contact-edit"),
    path("contacts/<int:pk>/primary", contacts.MakePrimary.as_view(), name="contact-primary"),
    path("contacts/<int:pk>/delete", contacts.Delete.as_view(), name="contact-delete"),
    path(
        "customers/<int:pk>/panels/contacts", CustomerContacts.as_view(), name="customer-contacts"
    ),
]

deal_pages = [
    path("deals", DealBoardView.as_view(), name="deal-board"),
    path("deals/list", DealListView.as_view(), name="deal-list"),
    path("deals/new", deals.NewDeal.as_view(), name="deal-new"),
    path("deals/<int:pk>", DealView.as_view(), name="deal-page"),
    path("deals/<int:pk>/edit", deals.EditDeal.as_view(), name="deal-edit"),
    path("deals/<int:pk>/move", deals.MoveDeal.as_view(), name="deal-move"),
    path("deals/<int:pk>/won", deals.WinDeal.as_view(), name="deal-won"),
    path("deals/<int:pk>/lost", deals.LoseDeal.as_view(), name="deal-lost"),
    path("deals/<int:pk>/delete", deals.DeleteDeal.as_view(), name="deal-delete"),
    path("deals/<int:pk>/panels/tasks", task_views.DealTasks.as_view(), name="deal-tasks"),
    path("customers/<int:pk>/panels/deals", CustomerDeals.as_view(), name="customer-deals"),
]

engagement_pages = [
    path("engagements", EngagementListView.as_view(), name="engagement-list"),
    path("engagements/new", engagements.NewEngagement.as_view(), name="engagement-new"),
    path("engagements/revenue", RevenueView.as_view(), name="engagement-revenue"),
    path("engagements/<int:pk>", EngagementView.as_view(), name="engagement-page"),
    path("engagements/<int:pk>/edit", engagements.EditEngagement.as_view(), name="engagement-edit"),
    path("engagements/<int:pk>/move", engagements.MoveEngagement.as_view(), name="engagement-move"),
    path(
        "customers/<int:pk>/panels/engagements",
        CustomerEngagements.as_view(),
        name="customer-engagements",
    ),
]

project_pages = [
    path("projects", ProjectListView.as_view(), name="project-list"),
    path("projects/new", projects.NewProject.as_view(), name="project-new"),
    path("projects/<int:pk>", ProjectView.as_view(), name="project-page"),
    path("projects/<int:pk>/edit", projects.EditProject.as_view(), name="project-edit"),
    path("projects/<int:pk>/team", projects.EditMembers.as_view(), name="project-members"),
    path("projects/<int:pk>/move", projects.MoveProject.as_view(), name="project-move"),
    path("projects/<int:pk>/archive", projects.Archive.as_view(), name="project-archive"),
    path("projects/<int:pk>/unarchive", projects.Unarchive.as_view(), name="project-unarchive"),
    path("projects/<int:pk>/delete", projects.DeleteProject.as_view(), name="project-delete"),
    path("projects/<int:pk>/panels/tasks", task_views.ProjectTasks.as_view(), name="project-tasks"),
    path("projects/<int:pk>/panels/board", task_views.ProjectBoard.as_view(), name="project-board"),
    path(
        "projects/<int:pk>/panels/milestones",
        planning.ProjectMilestones.as_view(),
        name="project-milestones",
    ),
    path("projects/<int:pk>/milestones/new", planning.NewMilestone.as_view(), name="milestone-new"),
    path("milestones/<int:pk>/edit", planning.EditMilestone.as_view(), name="milestone-edit"),
    path("milestones/<int:pk>/tick", planning.TickMilestone.as_view(), name="milestone-tick"),
    path("milestones/<int:pk>/delete", planning.DeleteMilestone.as_view(), name="milestone-delete"),
    path(
        "customers/<int:pk>/panels/projects", CustomerProjects.as_view(), name="customer-projects"
    ),
    path(
        "customers/<int:pk>/panels/open-projects",
        CustomerOpenProjects.as_view(),
        name="customer-open-projects",
    ),
]

task_pages = [
    path("my-work", MyWorkView.as_view(), name="my-work"),
    path("tasks", task_views.TaskListView.as_view(), name="task-list"),
    path("tasks/board", task_views.TaskBoardView.as_view(), name="task-board"),
    path("tasks/new", tasks.NewTask.as_view(), name="task-new"),
    path("tasks/<int:pk>", TaskView.as_view(), name="task-page"),
    path("tasks/<int:pk>/edit", tasks.EditTask.as_view(), name="task-edit"),
    path("tasks/<int:pk>/move", tasks.MoveTask.as_view(), name="task-move"),
    path("tasks/<int:pk>/complete", tasks.CompleteTask.as_view(), name="task-complete"),
    path("tasks/<int:pk>/reopen", tasks.ReopenTask.as_view(), name="task-reopen"),
    path("tasks/<int:pk>/delete", tasks.DeleteTask.as_view(), name="task-delete"),
    path(
        "customers/<int:pk>/panels/tasks", task_views.CustomerTasks.as_view(), name="customer-tasks"
    ),
]

home_pages = [
    path("", HomeView.as_view(), name="home"),
    path("home/tasks", MyTasks.as_view(), name="home-tasks"),
    path("home/projects", MyProjects.as_view(), name="home-projects"),
    path("home/week", MyWeek.as_view(), name="home-week"),
    path("home/approvals", Approvals.as_view(), name="home-approvals"),
]

urlpatterns = [
    *home_pages,
    *customer_pages,
    *contact_pages,
    *deal_pages,
    *engagement_pages,
    *project_pages,
    *task_pages,
]
