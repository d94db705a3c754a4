"""One error for everything that ends a launcher command: its text is the one sentence that a person reads."""


class Trouble(Exception):
    """What went wrong and what to do, in one sentence."""
