"""A project of Django around a shared desk: a ticket and who gets it are written together, or not at all.

export DJANGO_SETTINGS_MODULE=django_desk.settings HELPDESK_DATABASE=helpdesk HELPDESK_SECRET=…
python -m django runserver
"""
