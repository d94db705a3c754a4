"""Layer 1, who and where: sites, accounts, roles, participants, consent and audit."""
