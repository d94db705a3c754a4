"""Outcomes: forms."""
