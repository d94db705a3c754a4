"""Clinic: services."""
