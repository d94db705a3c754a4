"""Outcomes: management."""
