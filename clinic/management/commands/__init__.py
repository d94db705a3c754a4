"""Clinic: commands."""
