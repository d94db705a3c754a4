"""All settings, read from the environment once. What is missing or wrong stops the start with one sentence."""

from email.utils import parseaddr
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from clinic import environment
from clinic.database_urls import database
from clinic.roles import ROLES

BASE_DIR = Path(__file__).resolve().parent.parent
VERSION = "0.1.0"

# -- where we are
DEMO = environment.flag("DEMO")
DEBUG = False
SECRET_KEY = environment.text("SECRET_KEY")
KEY_FILE = Path(environment.text("KEY_FILE"))
SITE_URL = environment.text("SITE_URL").rstrip("/")
ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS")
SECURE = urlsplit(SITE_URL).scheme == "https"

# -- what is installed; upper layers are named as strings only
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "rest_framework",
    "drf_spectacular",
    "django_htmx",
    "procrastinate.contrib.django",
    "clinic.apps.ClinicConfig",
    "sessions.apps.TherapyConfig",
    "outcomes.apps.OutcomesConfig",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "clinic.middleware.body_limit",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "clinic.middleware.bearer_token",
    "clinic.middleware.memberships",
    "clinic.middleware.second_factor",
    "clinic.middleware.no_store",
    "clinic.views.writing.RefusalPages",
    # Last: everything inside sees the rows of the signed-in person's sites and no other.
    "clinic.middleware.rows_of_request",
]
ROOT_URLCONF = "clinic.urls"
WSGI_APPLICATION = "clinic.wsgi.application"
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
                "clinic.context.page",
            ],
        },
    },
]
FORM_RENDERER = "clinic.forms.rendering.Renderer"

# -- database: one server, one login for each class of work
DATABASE_URL = environment.text("DATABASE_URL")
if not DATABASE_URL:
    # Only a clone of the project has the launcher's database; a server names its own.
    from clinic.launcher.local import local_database_url

    DATABASE_URL = local_database_url()
DATABASE_ROLE = environment.text("DATABASE_ROLE")
if DATABASE_ROLE not in {"app", "owner"}:
    raise environment.ConfigurationError(f"DATABASE_ROLE must be app or owner, not {DATABASE_ROLE!r}.")
KEEP_SECONDS = environment.number("CONNECTION_SECONDS")
# In the embedded database and beside DATABASE_URL every login differs by its user name alone.
default_url = (DATABASE_ROLE == "owner" and environment.text("DATABASE_URL_OWNER")) or DATABASE_URL
DATABASES = {"default": database(default_url, user=ROLES[DATABASE_ROLE], keep_seconds=KEEP_SECONDS)}
DATABASES["default"]["ATOMIC_REQUESTS"] = True
for alias in ("accounts", "research", "auditor", "checkin"):
    url = environment.text(f"DATABASE_URL_{alias.upper()}")
    DATABASES[alias] = database(url or DATABASE_URL, user=ROLES[alias], keep_seconds=KEEP_SECONDS)
    DATABASES[alias]["TEST"] = {"MIRROR": "default"}
DATABASE_ROUTERS = ["clinic.routers.OneSchema"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# The database is the cache that all processes share: replay memory of codes and rate limits live there.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "clinic_cache",
        # Django would keep 300: whoever fills it with failed sign-ins would push wrong answers of signers out.
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    },
}

# -- people
AUTH_USER_MODEL = "clinic.User"
AUTHENTICATION_BACKENDS = ["clinic.backends.AccountsWithRoles"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "clinic:today"
ACCOUNT_ADAPTER = "clinic.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # An administrator makes the account and vouches for the address.
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "10/m/ip,5/5m/key"}
SIGN_IN_FORMS = "clinic.forms.sign_in."
ACCOUNT_FORMS = {
    "login": f"{SIGN_IN_FORMS}SignIn",
    "change_password": f"{SIGN_IN_FORMS}ChangePassword",
    "reset_password": f"{SIGN_IN_FORMS}AskForPassword",
    "reset_password_from_key": f"{SIGN_IN_FORMS}NewPassword",
    "reauthenticate": f"{SIGN_IN_FORMS}ConfirmPassword",
}
MFA_FORMS = {
    "authenticate": f"{SIGN_IN_FORMS}SecondFactor",
    "reauthenticate": f"{SIGN_IN_FORMS}ConfirmCode",
    "activate_totp": f"{SIGN_IN_FORMS}TurnOnApp",
    "add_webauthn": f"{SIGN_IN_FORMS}AddPasskey",
    "edit_webauthn": f"{SIGN_IN_FORMS}NamePasskey",
}
MFA_ADAPTER = "clinic.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = False
MFA_TOTP_ISSUER = "Afterward"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE

# -- cookies and headers
SESSION_COOKIE_NAME = "afterward"
SESSION_COOKIE_AGE = environment.number("IDLE_MINUTES") * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "afterward_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = [SITE_URL]
CSRF_FAILURE_VIEW = "clinic.views.errors.csrf_failure"
SECURE_SSL_REDIRECT = SECURE
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if environment.flag("PROXY_HEADERS"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    USE_X_FORWARDED_HOST = True
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        **{
            f"{kind}-src": [SELF]
            for kind in ("script", "style", "img", "font", "connect", "worker", "manifest")
        },
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_048_576
BODY_LIMIT_BYTES = 262_144
UPLOAD_LIMIT_BYTES = 10_485_760
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]

# -- language, time, files
LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = USE_TZ = True
TIME_ZONE = "UTC"
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / ".data" / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},  # Nothing is kept as a file.
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEMO
        else "whitenoise.storage.CompressedManifestStaticFilesStorage",
    },
}
WHITENOISE_USE_FINDERS = DEMO
WHITENOISE_AUTOREFRESH = False

# -- mail
DEFAULT_FROM_EMAIL = SERVER_EMAIL = environment.text("EMAIL_FROM")
if not parseaddr(DEFAULT_FROM_EMAIL)[1]:
    raise environment.ConfigurationError(f"EMAIL_FROM must be an address, not {DEFAULT_FROM_EMAIL!r}.")
email_url = urlsplit(environment.text("EMAIL_URL"))
if email_url.scheme == "smtp":
    EMAIL_HOST, EMAIL_PORT = email_url.hostname, email_url.port or 25
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = (
        unquote(email_url.username or ""),
        unquote(email_url.password or ""),
    )
    EMAIL_USE_TLS = dict(parse_qsl(email_url.query)).get("tls") == "1"
    EMAIL_TIMEOUT = 10
elif email_url.scheme:
    raise environment.ConfigurationError(f"EMAIL_URL must start with smtp://, not {email_url.scheme}://.")
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = BASE_DIR / ".data" / "mail"

# -- the API
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["clinic.api.authentication.RequestUser"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_PAGINATION_CLASS": "clinic.api.pagination.Keyset",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "clinic.api.errors.handle",
    "COERCE_DECIMAL_TO_STRING": True,
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Afterward",
    "DESCRIPTION": "The record of a supervised session, and of everything that comes afterward.",
    "VERSION": VERSION,
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    "SCHEMA_PATH_PREFIX": "/api/v1/",
    # Choices that share a field's name get a name of their own in the schema. Upper layers are named as strings only.
    "ENUM_NAME_OVERRIDES": {
        "ConsentKind": "clinic.models.consents.Consent.Kind",
        "SessionKind": "sessions.models.sessions.Session.Kind",
        "AttendancePart": "sessions.models.sessions.Attendance.Part",
        "DosePart": "sessions.models.dosing.DoseAdministration.Part",
        "DoseOutcome": "sessions.models.gate.DoseDecision.Outcome",
        "EligibilityOutcome": "sessions.models.eligibility.EligibilityDecision.Outcome",
    },
    "APPEND_COMPONENTS": {
        "securitySchemes": {
            "bearer": {"type": "http", "scheme": "bearer"},
            "session": {"type": "apiKey", "in": "cookie", "name": SESSION_COOKIE_NAME},
        }
    },
    "SECURITY": [{"bearer": []}, {"session": []}],
}

# -- logs carry ids and paths, never a body, a name or a token
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"afterward.security": {"level": "INFO"}},
}
SILENCED_SYSTEM_CHECKS = (
    [] if SECURE else ["security.W004", "security.W008", "security.W012", "security.W016"]
)
