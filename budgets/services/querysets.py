from django.db.models import Q

from agency.staff.scope import SharedQuerySet


class ServiceTypeQuerySet(SharedQuerySet):
    def active(self):
        return self.filter(is_active=True)

    def in_order(self):
        return self.order_by("position", "name", "pk")

    def matching(self, text: str):
        return self.filter(
            Q(name__icontains=text) | Q(description__icontains=text) | Q(category__icontains=text)
        )

    def listing(self):
        return self.in_order()
