"""Saved views: a list's filters, sort and columns under a name."""

from django.conf import settings
from django.db import models
from django.urls import NoReverseMatch, reverse


class SavedViewQuerySet(models.QuerySet):
    def visible_to(self, staff):
        """One's own views, and those that colleagues share."""
        return self.filter(models.Q(owner=staff) | models.Q(is_shared=True))

    def of_page(self, page: str):
        """The views of one list, by its route name."""
        return self.filter(page=page)


class SavedView(models.Model):
    """The query of one list page, kept by one person, shown to all when shared."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_views"
    )
    page = models.CharField(max_length=100)
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=2000, blank=True)
    is_shared = models.BooleanField("shared with everybody", default=False)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint("owner", "page", "name", name="saved_view_name_once_per_page")
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        try:
            return f"{reverse(self.page)}?{self.query}"
        except NoReverseMatch:
            return ""  # the list was renamed since
