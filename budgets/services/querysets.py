from agency.staff.scope import SharedQuerySet


class ServiceTypeQuerySet(SharedQuerySet):
    def active(self):
        return self.filter(is_active=True)
