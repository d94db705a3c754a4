"""Outcomes: services."""
