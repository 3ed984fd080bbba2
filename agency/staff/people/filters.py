import django_filters as filters

from agency.staff.models import Department, Role, Staff, Team


class StaffFilter(filters.FilterSet):
    search = filters.CharFilter(method="find")
    role = filters.ModelChoiceFilter(queryset=Role.objects.all())
    department = filters.ModelChoiceFilter(
        field_name="departments", queryset=Department.objects.all(), label="Department"
    )
    team = filters.ModelChoiceFilter(field_name="teams", queryset=Team.objects.all(), label="Team")

    class Meta:
        model = Staff
        fields = ["search", "role"]

    def find(self, people, name, text):
        return people.matching(text)
