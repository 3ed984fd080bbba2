"""The base of records that hang on any business object."""

from django.db import models

from agency.records import subjects


class AboutQuerySet(models.QuerySet):
    def of(self, name: str, pk: int):
        return self.filter(subject_type=name, subject_id=pk)

    def about(self, subject):
        return self.of(subjects.name_of(subject), subject.pk)


class AboutAnything(models.Model):
    """Points at a business object by name and id, so that the record outlives the object."""

    subject_type = models.CharField(max_length=30)
    subject_id = models.PositiveBigIntegerField()

    objects = AboutQuerySet.as_manager()

    class Meta:
        abstract = True
        indexes = [models.Index(fields=["subject_type", "subject_id"])]

    @property
    def subject(self):
        """The object itself, or None once it is gone."""
        model = subjects.model_of(self.subject_type)
        return model.objects.filter(pk=self.subject_id).first() if model else None
