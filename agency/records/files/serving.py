"""Stored files on their way out: always a download, never a page of ours."""

from django.http import FileResponse, Http404


def as_attachment(stored, name: str, content_type: str) -> FileResponse:
    """The answer that holds a stored file; 404 where its content is gone."""
    try:
        content = stored.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    answer = FileResponse(content, as_attachment=True, filename=name, content_type=content_type)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = "private, no-store"
    return answer
