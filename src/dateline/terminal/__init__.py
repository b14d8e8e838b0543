"""What the command line prints: claims, figures, events and reports as tables and pages for a terminal.

All words of reports pass through `words.visible`: a text from elsewhere must not be able to steer the terminal.
"""
