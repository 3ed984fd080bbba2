"""All settings; every value that differs between installations comes from the environment.

The README's table lists the variables. ``VAR_DIR`` holds everything that is written; the file
``development`` in it switches development mode on for every command run beside ``make run``.
"""

from datetime import timedelta
from pathlib import Path

import environ
from csp.constants import SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

VAR_DIR = Path(env("VAR_DIR", default=str(BASE_DIR / "var"))).resolve()
DEBUG = env.bool("DEBUG", default=(VAR_DIR / "development").exists())

DEVELOPMENT_SECRET = "development-only-secret-do-not-use-where-money-is-real"
_secret_file = VAR_DIR / "secret_key"
SECRET_KEY = env("SECRET_KEY", default="")
if DEBUG and not SECRET_KEY:
    SECRET_KEY = _secret_file.read_text().strip() if _secret_file.exists() else DEVELOPMENT_SECRET
if not DEBUG and (not SECRET_KEY or SECRET_KEY == DEVELOPMENT_SECRET):
    raise ImproperlyConfigured("Set SECRET_KEY to a long random value (or DEBUG=1 to develop).")

# Where `manage.py serve` listens, and with how many; a server's own gunicorn is told elsewhere.
HOST = env("HOST", default="127.0.0.1")
PORT = env.int("PORT", default=8000)
WEB_CONCURRENCY = env.int("WEB_CONCURRENCY", default=1)
WEB_THREADS = env.int("WEB_THREADS", default=8)
WORKER_CONCURRENCY = env.int("WORKER_CONCURRENCY", default=4)

PUBLIC_BASE_URL = env("PUBLIC_BASE_URL", default=f"http://{HOST}:{PORT}").rstrip("/")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["*"] if DEBUG else [])
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[PUBLIC_BASE_URL])
SITE_NAME = "Agency"

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "django_filters",
    "django_htmx",
    "django_prometheus",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "import_export",
    "lucide",
    "rest_framework",
    "rest_framework_simplejwt.token_blacklist",
    "agency",
    "agency.api",
    "agency.ui",
    "agency.documents",
    "agency.reference",
    "agency.records",
    "agency.staff",
    "crm",
    "budgets",
    "billing",
]

MIDDLEWARE = [
    "agency.health.ProbeMiddleware",
    "agency.proxy.ClientAddressMiddleware",
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "agency.records.channel.RequestChannelMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "agency.staff.localtime.LocalTimeMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "agency.ui.middleware.HtmxAnswers",
    "agency.staff.signin.middleware.IdleSessions",
    "axes.middleware.AxesMiddleware",
    "django_prometheus.middleware.PrometheusAfterMiddleware",
]
APPEND_SLASH = False
ROOT_URLCONF = "agency.urls"
WSGI_APPLICATION = "agency.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "agency.ui.context.shell",
            ]
        },
    }
]

# -- database ------------------------------------------------------------------------------------
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'agency.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # One writer at a time, waiting in a queue: 16 concurrent writers get no "database is locked".
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;",
    }
    if DATABASES["default"]["NAME"] != ":memory:":
        # Tests with many threads need a file: the shared memory of SQLite locks whole tables.
        DATABASES["default"]["TEST"] = {"NAME": f"{DATABASES['default']['NAME']}.test"}
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# -- people --------------------------------------------------------------------------------------
AUTH_USER_MODEL = "staff.Staff"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "agency.staff.access.GrantBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "/login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/login"
SESSION_COOKIE_AGE = env.int("SESSION_IDLE_SECONDS", default=12 * 3600)
SESSION_SAVE_EVERY_REQUEST = False
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
CSRF_FAILURE_VIEW = "agency.ui.errors.csrf_failure"
FILTERS_EMPTY_CHOICE_LABEL = "Any"

ACCOUNT_ADAPTER = "agency.staff.signin.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True  # until it was left alone for SESSION_COOKIE_AGE
# By address as well as by name, behind the lock-out: an office shares one address.
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "60/5m/ip,10/5m/key",
    "reset_password": "20/m/ip,3/5m/key",
}
MFA_ADAPTER = "agency.staff.signin.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1  # a clock may be half a minute off
AXES_FAILURE_LIMIT = env.int("LOGIN_FAILURE_LIMIT", default=5)
AXES_COOLOFF_TIME = timedelta(minutes=env.int("LOGIN_LOCKOUT_MINUTES", default=15))
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # who keeps trying waits no longer
AXES_USERNAME_FORM_FIELD = "login"
AXES_USERNAME_CALLABLE = "agency.staff.signin.lockout.name_of"
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ACCESS_FAILURE_LOG = False
AXES_VERBOSE = False
AXES_LOCKOUT_CALLABLE = "agency.staff.signin.lockout.answer"

# -- API -----------------------------------------------------------------------------------------
API_RATE_LIMIT = env("API_RATE_LIMIT", default="1000/hour")
REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["agency.api.json.JsonRenderer"],
    "DEFAULT_PARSER_CLASSES": ["agency.api.json.JsonParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "agency.staff.authentication.KeyAuthentication",
        "agency.staff.authentication.TokenAuthentication",
        "agency.staff.authentication.PageSessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["agency.api.permissions.HasGrant"],
    "DEFAULT_FILTER_BACKENDS": ["agency.api.filters.FilterBackend"],
    "DEFAULT_SCHEMA_CLASS": "agency.api.schema.AgencySchema",
    "EXCEPTION_HANDLER": "agency.api.errors.as_response",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "COERCE_DECIMAL_TO_STRING": False,
}
SIMPLE_JWT = {
    "ALGORITHM": "HS256",
    "ACCESS_TOKEN_LIFETIME": timedelta(minutes=30),
    "REFRESH_TOKEN_LIFETIME": timedelta(days=14),
    "ROTATE_REFRESH_TOKENS": True,
    "BLACKLIST_AFTER_ROTATION": True,
    "CHECK_REVOKE_TOKEN": True,  # a changed password ends every token
    "UPDATE_LAST_LOGIN": False,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Agency API",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.0",
    "DEFAULT_GENERATOR_CLASS": "agency.api.schema.AgencyGenerator",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
    "POSTPROCESSING_HOOKS": [],
    "SCHEMA_COERCE_PATH_PK_SUFFIX": True,
    "SWAGGER_UI_SETTINGS": {"docExpansion": "none", "filter": True, "deepLinking": True},
}

# -- places that are written ---------------------------------------------------------------------
MEDIA_ROOT = VAR_DIR / "media"
STATIC_URL = "/static/"
STATIC_ROOT = Path(env("STATIC_ROOT", default=str(VAR_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
if (VAR_DIR / "assets").exists():  # a server has collected them into STATIC_ROOT before
    STATICFILES_DIRS.append(("vendor", VAR_DIR / "assets"))
STORAGES = {
    "default": {"BACKEND": "agency.documents.files.WholeFileStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_AUTOREFRESH = DEBUG
DATA_UPLOAD_MAX_MEMORY_SIZE = env.int("MAX_BODY_BYTES", default=5 * 1024 * 1024)
MAX_UPLOAD_BYTES = env.int("MAX_UPLOAD_BYTES", default=20 * 1024 * 1024)
FILE_UPLOAD_HANDLERS = [
    "agency.documents.uploads.Gate",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# -- cache, queue, mail --------------------------------------------------------------------------
CACHES = {"default": env.cache("CACHE_URL", default="locmemcache://")}
if CACHES["default"]["BACKEND"].endswith(".RedisCache"):
    CACHES["default"]["BACKEND"] = "agency.cache.ForgivingRedisCache"
    CACHES["default"]["OPTIONS"] = {"socket_connect_timeout": 1, "socket_timeout": 1}
CELERY_BROKER_URL = env("CELERY_BROKER_URL", default="filesystem://")
if CELERY_BROKER_URL.startswith("filesystem://"):
    CELERY_BROKER_URL = "filesystem://localhost"
    _queue = VAR_DIR / "queue"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(_queue),
        "data_folder_out": str(_queue),
        "control_folder": str(_queue / "control"),
        "polling_interval": 0.1,  # seconds; also what a busy worker waits between two messages
    }
else:
    CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 2, "socket_keepalive": True}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")
CELERY_TIMEZONE = "UTC"

EMAIL_URL = env("EMAIL_URL", default=f"filemail:///{VAR_DIR / 'mail'}" if DEBUG else "consolemail:")
vars().update(env.email("EMAIL_URL", default=EMAIL_URL))
if EMAIL_URL.startswith("filemail:"):
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = str(VAR_DIR / "mail")
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=20)  # seconds; a worker never hangs on a server
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="Agency <agency@example.com>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# -- Xero: unset means "not connected" ------------------------------------------------------------
XERO_SIMULATOR = env.bool("XERO_SIMULATOR", default=False)  # a stand-in, beside `make run`
_stand_in = f"http://{HOST}:{PORT + 1}" if XERO_SIMULATOR else ""
XERO_API_URL = env("XERO_API_URL", default=_stand_in or "https://api.xero.com").rstrip("/")
XERO_IDENTITY_URL = env(
    "XERO_IDENTITY_URL", default=_stand_in or "https://identity.xero.com"
).rstrip("/")
XERO_LOGIN_URL = env("XERO_LOGIN_URL", default=_stand_in or "https://login.xero.com").rstrip("/")
XERO_CLIENT_ID = env("XERO_CLIENT_ID", default="simulator" if XERO_SIMULATOR else "")
XERO_CLIENT_SECRET = env("XERO_CLIENT_SECRET", default="simulator" if XERO_SIMULATOR else "")
XERO_SCOPES = env(
    "XERO_SCOPES",
    default="offline_access accounting.invoices accounting.payments accounting.contacts"
    " accounting.settings.read",
)
XERO_GRANT = env("XERO_GRANT", default="authorization_code")  # or client_credentials
XERO_WEBHOOK_KEY = env("XERO_WEBHOOK_KEY", default="")
XERO_FRESH_SECONDS = env.float("XERO_FRESH_SECONDS", default=5)  # between two live reads of one
XERO_TIMEOUT = env.int("XERO_TIMEOUT", default=20)  # seconds a worker waits for an answer
XERO_LIVE_TIMEOUT = env.int("XERO_LIVE_TIMEOUT", default=4)  # seconds a detail waits
# Below Xero's own limits an organisation, 60 a minute, 5 at once, 5,000 a day: others call too.
XERO_MINUTE_LIMIT = env.int("XERO_MINUTE_LIMIT", default=55)
XERO_CONCURRENT_LIMIT = env.int("XERO_CONCURRENT_LIMIT", default=4)
XERO_DAY_LIMIT = env.int("XERO_DAY_LIMIT", default=4900)
XERO_MINUTE_SECONDS = env.float("XERO_MINUTE_SECONDS", default=60)  # shorter against a simulator
XERO_IS_SIMULATED = env.bool("XERO_IS_SIMULATED", default=XERO_SIMULATOR)
if (XERO_SIMULATOR or XERO_IS_SIMULATED) and not DEBUG:
    raise ImproperlyConfigured("The Xero simulator is for development: unset XERO_SIMULATOR.")

# -- language and time ---------------------------------------------------------------------------
LANGUAGE_CODE = "en-au"
USE_TZ = True
TIME_ZONE = "UTC"  # dates follow the organisation's own zone: agency.reference.organisation

# -- security ------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": ["'none'"],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    }
}
X_FRAME_OPTIONS = "DENY"  # for browsers that do not know frame-ancestors; the others ignore it
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
if not DEBUG:
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=365 * 24 * 3600)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

# -- logs and errors -----------------------------------------------------------------------------
LOG_LEVEL = env("LOG_LEVEL", default="INFO")
LOGGING_CONFIG = "agency.logs.configure"
LOGGING = {"level": LOG_LEVEL, "json": not DEBUG}
SENTRY_DSN = env("SENTRY_DSN", default="")
METRICS_TOKEN = env("METRICS_TOKEN", default="")
