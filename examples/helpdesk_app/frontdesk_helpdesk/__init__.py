"""django-helpdesk's tickets, given to people by frontdesk.

A queue is an inbox, a staff user an agent, a ticket a conversation: `follow` tells the desk what became of a ticket,
`effects` tells the tickets what the desk decided, and `shared` has the desk in between.
"""
