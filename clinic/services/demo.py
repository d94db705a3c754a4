"""What the demo says of itself."""

DEMO_PASSWORD = "afterward-demo"  # noqa: S105 - printed by the demo, which holds invented people only
PEOPLE = (
    ("therapist@harbour.example", "Therapist", "Harbour"),
    ("physician@harbour.example", "Physician", "Harbour"),
    ("rater@harbour.example", "Rater", "Harbour"),
    ("pharmacist@harbour.example", "Pharmacist", "Harbour"),
    ("coordinator@harbour.example", "Coordinator", "Harbour"),
    ("administrator@harbour.example", "Administrator", "Harbour"),
    ("auditor@harbour.example", "Auditor", "Harbour"),
    ("therapist@hill.example", "Therapist", "Hill"),
    ("physician@hill.example", "Physician", "Hill"),
)


def demo_accounts() -> list[dict[str, str]]:
    """The accounts of the demo clinic, for its sign-in page."""
    return [
        {"email": email, "role": role, "site": site, "password": DEMO_PASSWORD}
        for email, role, site in PEOPLE
    ]
