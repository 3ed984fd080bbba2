from django.contrib.auth.base_user import BaseUserManager
from django.db.models import Q

from agency.staff import access
from agency.staff.roles.models import Role
from agency.staff.scope import SharedQuerySet


class StaffQuerySet(SharedQuerySet):
    def active(self):
        return self.filter(is_active=True)

    def administrators(self):
        """The active people who can give every right back: they manage staff and settings."""
        keys = [role.pk for role in Role.objects.all() if is_administrators(role.grants)]
        return self.active().filter(role__in=keys)

    def matching(self, text: str):
        """People whose name, title or address contains every word of the text."""
        found = self
        for word in text.split():
            found = found.filter(
                Q(first_name__icontains=word)
                | Q(last_name__icontains=word)
                | Q(email__icontains=word)
                | Q(title__icontains=word)
            )
        return found

    def listing(self):
        """People with what a list shows of them, in three statements however many they are."""
        return self.select_related("role").prefetch_related("departments", "teams")


def is_administrators(grants: dict) -> bool:
    """Whether a role with these grants can undo any change to rights."""
    return all(
        access.reaches(access.held_level(grants, tool), "manage") for tool in ("staff", "settings")
    )


class StaffManager(BaseUserManager.from_queryset(StaffQuerySet)):
    """Creates people with a normalised, lower-case e-mail address."""

    def get_by_natural_key(self, email):
        return self.select_related("role").get(email__iexact=email)

    def create_user(self, email, password=None, **values):
        staff = self.model(email=self.normalize_email(email).lower(), **values)
        staff.set_password(password)
        staff.save(using=self._db)
        return staff

    def create_superuser(self, email, password=None, **values):
        role = Role.objects.get(key="executive")
        return self.create_user(email, password, is_staff=True, role=role, **values)
