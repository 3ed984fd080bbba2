"""The CRM dialect, ``/api/v1``: ``{"data": …}``, numbers for ids, codes and words for statuses."""
