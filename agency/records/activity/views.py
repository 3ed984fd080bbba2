"""The stream on a record's page: read it, speak, attach, take back."""

from functools import cached_property

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.views.generic import TemplateView, View

from agency.errors import BusinessError
from agency.records import subjects
from agency.records.activity import feed
from agency.records.files import operations as files
from agency.records.files.models import Attachment
from agency.records.files.serving import as_attachment
from agency.records.notes import operations as notes
from agency.records.notes import words
from agency.records.notes.models import Comment, Note
from agency.ui.forms import OfficeForm
from agency.ui.views import OperationFormView, RecordStepView, ToolPage

REFUSED = 422
REMARKS = {"comment": Comment, "note": Note}


class Stream(ToolPage, TemplateView):
    """What happened to one record. Whoever may see the record may read, comment and attach."""

    tool = ""  # the right is that of the record: see ``subject``
    template_name = "records/activity/stream.html"

    @cached_property
    def subject(self):
        model = subjects.model_of(self.kwargs["kind"])
        if model is not None and not self.request.user.has_perm(subjects.right_to_see(model)):
            raise PermissionDenied
        found = subjects.find(self.kwargs["kind"], self.kwargs["pk"], staff=self.request.user)
        if found is None:
            raise Http404
        return found

    def get(self, request, *args, **kwargs):
        return self.shown()

    def post(self, request, *args, **kwargs):
        """A comment, a note or files, whichever button was pressed."""
        text, said = request.POST.get("text", ""), request.POST.get("say", "")
        try:
            if said:
                say = notes.create_note if said == "note" else notes.create_comment
                say(self.subject, by=request.user, body=words.from_text(text[: 2 * notes.LONGEST]))
            for file in request.FILES.getlist("file"):
                files.create(self.subject, by=request.user, file=file)
        except BusinessError as error:
            return self.shown(error=error.message, text=text, status=REFUSED)
        return self.shown()

    def shown(self, *, status: int = 200, **context) -> HttpResponse:
        kind = self.request.GET.get("show", "")
        kind = kind if kind in feed.KINDS else ""
        most = feed.MOST_OF_ALL if self.request.GET.get("all") else feed.MOST
        items, has_more = feed.stream(self.subject, self.request.user, kind=kind, most=most)
        about = {"subject": self.subject, "kind": kind, "kinds": feed.KINDS.items()}
        found = {
            "items": items,
            "has_more": has_more and most == feed.MOST,
            "path": self.request.path,
        }
        return self.render_to_response({**about, **found, **context}, status=status)


class OneRemark:
    """Finds the comment or note in the URL, if its record may be seen."""

    tool = ""

    @cached_property
    def record(self):
        found = REMARKS[self.kwargs["word"]].objects.filter(pk=self.kwargs["pk"]).first()
        if found is None or not self.subject_of(found):
            raise Http404
        return found

    def subject_of(self, found):
        return subjects.find(found.subject_type, found.subject_id, staff=self.request.user)

    def get_crumbs(self):
        subject = self.subject_of(self.record)
        path = subjects.path_of(subject)
        return [(str(subject), path)] if path else []


class RemarkForm(OfficeForm):
    """The words themselves."""

    body = forms.CharField(
        label="Text", widget=forms.Textarea(attrs={"rows": 5}), max_length=notes.LONGEST
    )


class ChangeRemark(OneRemark, OperationFormView):
    title = "Change what you wrote"
    level = "view"
    form_class = RemarkForm
    events = ("activity",)

    def get_initial(self):
        return {"body": words.to_text(self.record.body)}

    def perform(self, form):
        body = words.from_text(form.cleaned_data["body"])
        return notes.update(self.record, by=self.request.user, body=body)

    def success_url(self, result) -> str:
        return self.back_url()


class RemoveRemark(OneRemark, RecordStepView):
    title = "Remove it"
    level = "view"
    question = "History keeps that it was there."
    submit_label = "Remove"
    danger = True
    events = ("activity",)

    def perform(self):
        notes.delete(self.record, by=self.request.user)

    def success_url(self, result) -> str:
        return subjects.path_of(self.subject_of(self.record)) or "/"


class OneFile:
    """Finds the file in the URL, if its record may be seen."""

    tool = ""

    @cached_property
    def record(self):
        found = Attachment.objects.filter(pk=self.kwargs["pk"]).first()
        if found is None or not self.subject_of(found):
            raise Http404
        return found

    def subject_of(self, found):
        return subjects.find(found.subject_type, found.subject_id, staff=self.request.user)


class Download(OneFile, ToolPage, View):
    """The file itself: always a download, never a page of ours."""

    def get(self, request, *args, **kwargs):
        return as_attachment(self.record.file, self.record.name, self.record.content_type)


class RemoveFile(OneFile, RecordStepView):
    title = "Remove the file"
    level = "view"
    question = "Its content is deleted; history keeps its name."
    submit_label = "Remove"
    danger = True
    events = ("activity",)

    def perform(self):
        files.delete(self.record, by=self.request.user)

    def success_url(self, result) -> str:
        return subjects.path_of(self.subject_of(self.record)) or "/"
