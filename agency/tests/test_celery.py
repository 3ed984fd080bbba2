"""The background engine knows every slice's jobs."""

from agency import celery


def test_every_slice_with_jobs_is_found():
    expected = {
        ".".join(file.relative_to(celery.settings.BASE_DIR).with_suffix("").parts)
        for name in ("agency", "crm", "budgets", "billing")
        for file in (celery.settings.BASE_DIR / name).glob("**/jobs.py")
    }
    assert set(celery.job_modules()) == expected
