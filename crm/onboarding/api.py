"""``/api/clients/:companyId/onboarding``."""

from django.http import Http404
from rest_framework import serializers
from rest_framework.response import Response

from agency.api.answers import Nullable, answers
from agency.api.fields import TextIn
from agency.api.rows import StrictSerializer
from agency.api.viewsets import ToolViewSet
from crm.customers.models import Customer
from crm.onboarding import operations
from crm.onboarding.progress import progress_of, stages_of

STAGE = {
    "title": str,
    "percentage": int,
    "milestones": [
        {
            "key": str,
            "title": str,
            "completed": bool,
            "completed_at": Nullable(serializers.DateTimeField()),
            "completed_by": Nullable(str),
            "completed_by_name": Nullable(str),
            "source": Nullable(serializers.ChoiceField(choices=["manual", "auto"])),
            "notes": str,
        }
    ],
}
SHAPE = {"company_id": str, "percentage": int, "stages": [STAGE]}


class MilestoneTick(StrictSerializer):
    """Tick or untick a milestone, and write its notes."""

    completed = serializers.BooleanField(required=False)
    notes = TextIn(max_length=4000)


class OnboardingViewSet(ToolViewSet):
    """The checklist that welcomes a company."""

    tool = "customers"
    queryset = Customer.objects.all()
    serializer_class = MilestoneTick

    @answers(SHAPE)
    def retrieve(self, request, pk):
        return self.checklist(self.get_object())

    @answers(SHAPE, body=MilestoneTick, partial=True, errors=(404,))
    def update(self, request, pk, key):
        customer = self.get_object()
        if key not in {step.key for steps in stages_of(customer).values() for step in steps}:
            raise Http404
        values = self.body(partial=True)
        operations.change(customer, key, by=request.user, **values)
        return self.checklist(customer)

    def checklist(self, customer: Customer) -> Response:
        stages = stages_of(customer)
        steps = [step for each in stages.values() for step in each]
        shown = [
            {
                "title": title,
                "percentage": progress_of(each),
                "milestones": [milestone(step) for step in each],
            }
            for title, each in stages.items()
        ]
        whole = {"company_id": str(customer.pk), "percentage": progress_of(steps)}
        return Response(whole | {"stages": shown})


def milestone(step) -> dict:
    return {
        "key": step.key,
        "title": step.title,
        "completed": step.completed_at is not None,
        "completed_at": step.completed_at,
        "completed_by": str(step.completed_by_id) if step.completed_by_id else None,
        "completed_by_name": str(step.completed_by) if step.completed_by_id else None,
        "source": step.source or None,
        "notes": step.notes,
    }
