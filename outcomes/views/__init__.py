"""Outcomes: views."""
