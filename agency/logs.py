"""Structured logs: one line an event, with the request's id and without secrets."""

import logging
import re
import sys

import structlog

HIDDEN = "[hidden]"
SECRET_NAMES = re.compile(
    r"pass(word|wd)?$|secret|token|authorization|cookie|session_?key|api_?key|credential|dsn$",
    re.IGNORECASE,
)
# What must not be read in a log even where no field name gives it away.
SECRET_TEXT = [
    (re.compile(r"\bpk_[\w-]{8,}"), HIDDEN),
    (re.compile(r"\beyJ[\w-]{5,}\.[\w-]+\.[\w-]*"), HIDDEN),
    (re.compile(r"\b(bearer|basic)\s+[\w.~+/=-]{6,}", re.IGNORECASE), rf"\1 {HIDDEN}"),
    (re.compile(r"([?&](?:code|state)=)[^\s&\"']+"), rf"\1{HIDDEN}"),  # of a sign-in elsewhere
    (re.compile(r"(://[^\s:/@]*):[^\s/@]+@"), rf"\1:{HIDDEN}@"),
    (
        re.compile(
            r"((?:password|passwd|secret|token|api_?key|sessionid|csrftoken)"
            r"[\w-]{0,20}[\"'\\]*\s*[:=]\s*[\"'\\]*)[^\s\"'&,;}\\]+",
            re.IGNORECASE,
        ),
        rf"\1{HIDDEN}",
    ),
]

KEPT = {"_record", "_from_structlog", "exc_info"}  # what later processors read, not text


def redact_text(text: str) -> str:
    """``text`` with keys, tokens and passwords replaced."""
    for pattern, replacement in SECRET_TEXT:
        text = pattern.sub(replacement, text)
    return text


def redact(value, name: str = ""):
    """A copy of ``value`` in which secrets are replaced, however deep they stand."""
    if name and SECRET_NAMES.search(name) and value not in (None, "", [], {}):
        return HIDDEN
    if isinstance(value, dict):
        return {key: redact(inner, str(key)) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [redact(inner) for inner in value]
    return redact_text(value) if isinstance(value, str) else value


def hide_secrets(logger, method, event: dict) -> dict:
    """Redact an event's fields before it is printed (a structlog processor)."""
    own = {name: event.pop(name) for name in KEPT & event.keys()}
    return redact(event) | own


class SafeFormatter(structlog.stdlib.ProcessorFormatter):
    """Prints an event and looks once more over the finished text, tracebacks included."""

    def format(self, record) -> str:
        return redact_text(super().format(record))


SHARED = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.stdlib.PositionalArgumentsFormatter(),
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.StackInfoRenderer(),
]


def renderer(*, json: bool) -> list:
    if json:
        return [
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(default=str),
        ]
    plain = structlog.dev.plain_traceback
    colors = sys.stderr.isatty()
    return [structlog.dev.ConsoleRenderer(colors=colors, exception_formatter=plain)]


def configure(options: dict) -> None:
    """Send all logs through structlog: JSON lines, or readable ones in development."""
    handler = logging.StreamHandler()
    handler.setFormatter(
        SafeFormatter(
            foreign_pre_chain=[*SHARED, structlog.stdlib.ExtraAdder()],
            processors=[
                hide_secrets,
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                *renderer(json=options["json"]),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(options["level"])
    for name in ("django", "django.server", "celery", "gunicorn.error", "gunicorn.access"):
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True
    structlog.configure(
        processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def report_errors(dsn: str) -> None:
    """Send unhandled errors to Sentry, without personal data and without secrets."""
    import sentry_sdk  # noqa: PLC0415 slow to load, and off for most

    sentry_sdk.init(dsn=dsn, send_default_pii=False, before_send=lambda event, hint: redact(event))
