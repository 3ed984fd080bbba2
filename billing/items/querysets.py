from django.db.models import Q

from agency.staff.scope import SharedQuerySet


class ItemQuerySet(SharedQuerySet):
    def active(self):
        return self.filter(is_active=True)

    def matching(self, text: str):
        return self.filter(
            Q(description__icontains=text)
            | Q(long_description__icontains=text)
            | Q(group__name__icontains=text)
        )

    def listing(self):
        return self.select_related("group", "tax").order_by("description", "pk")
