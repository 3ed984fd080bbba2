"""A gate before uploads: a body far above what any form takes is not even written to the disk."""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

TIMES = 2  # a file somewhat too large gets a sentence beside its field instead


class Gate(FileUploadHandler):
    """Refuses by the announced length, before the first byte is read."""

    def handle_raw_input(self, input_data, meta, content_length, boundary, encoding=None):
        if content_length > settings.MAX_UPLOAD_BYTES * TIMES:
            raise RequestDataTooBig("The upload is too large.")

    def receive_data_chunk(self, raw_data, start):
        return raw_data

    def file_complete(self, file_size):
        return None
