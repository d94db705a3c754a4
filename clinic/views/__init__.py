"""Clinic: views."""
