"""What a project needs for desks. The rest of the settings is yours."""

import os

SECRET_KEY = os.environ["HELPDESK_SECRET"]
ALLOWED_HOSTS = ["127.0.0.1"]
# ANCHOR: settings
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "frontdesk.django", "django_desk"]
MIDDLEWARE = ["django_desk.views.Problems"]
ROOT_URLCONF = "django_desk.views"
USE_TZ = True
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": os.environ["HELPDESK_DATABASE"],
        "HOST": os.environ.get("HELPDESK_HOST", ""),
        "PORT": os.environ.get("HELPDESK_PORT", ""),
        "USER": os.environ.get("HELPDESK_USER", ""),
        "PASSWORD": os.environ.get("HELPDESK_PASSWORD", ""),
    }
}
# Each decision is recorded with the agents considered.
FRONTDESK = {"EXPLAIN": True}
# ANCHOR_END: settings
