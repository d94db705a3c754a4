"""What the API shares: authentication, errors, pagination."""
