"""Outcomes: management/commands."""
