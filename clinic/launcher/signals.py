"""Turns Ctrl-C, a polite kill and a closed terminal into one exception, so that all end the same way."""

import signal
from types import FrameType


class Stopped(BaseException):
    """Somebody asked the launcher to stop. Not an Exception, so that no handler of errors takes it."""

    def __init__(self, number: int):
        super().__init__(number)
        self.number = number


ASKING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def listen() -> None:
    """From here on the first such signal raises Stopped, and later ones are ignored while things end."""
    for number in ASKING:
        signal.signal(number, stop)


def stop(number: int, frame: FrameType | None) -> None:
    """Raise Stopped once."""
    for each in ASKING:
        signal.signal(each, signal.SIG_IGN)
    raise Stopped(number)
