"""A believable agency, made through the same operations as everything else.

The story is lived through day by day: each step happens "as of" its own moment, so history, due
dates and what is overdue come out as in real life. The same day gives the same agency.
"""
