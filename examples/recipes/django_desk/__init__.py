"""A project of Django around a shared desk: a ticket and who gets it are written together, or not at all.

HELPDESK_DATABASE=helpdesk DJANGO_SETTINGS_MODULE=django_desk.settings python -m django runserver
"""
