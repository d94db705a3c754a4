"""Invented people for the demo clinic, shaped by published figures."""
