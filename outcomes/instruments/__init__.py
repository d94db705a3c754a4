"""Instruments as code: what is asked, how it is scored, and the source of every rule."""
