"""What a caller sends to each route of Teamwork's dialect to reach one person's work."""

PARAMETERS: dict = {}
BODIES: dict = {}
SHOWN: dict = {}
