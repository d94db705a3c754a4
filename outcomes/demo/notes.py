"""What the demo's therapists note: short, in plain words, about nobody."""

PREPARATION = (
    "Spoke of what brought them here and who knows of the treatment. Asked about sleep and medication.",
    "Went through the dosing day hour by hour. Agreed how to ask for a hand, and how to refuse one.",
    "Practised breathing and the eye shades. Named an intention: to look, and not to hurry.",
)
INTEGRATION = (
    "Tired and quiet after a good night. Told the day from the beginning; two scenes came back.",
    "Wrote letters that were not sent. Sleeps better, startles less in the street.",
    "Spoke with their sister for the first time about the accident. Asked for more time with the body work.",
)
DOSING = (
    (
        (9, 40),
        "Lying down with eye shades. Warmth in the hands, jaw a little tight. Water offered and taken.",
    ),
    ((11, 5), "Wanted the second dose after talking it over. Wept, held a cushion, asked for no touch."),
    ((13, 10), "Calm throughout. Sat up and spoke of the garden. Asked for water twice."),
    ((15, 50), "Fully oriented, steady on their feet. A friend is called to take them home."),
)
RUNNING = "Lying down, eye shades on. Says that the music carries."
LATE = "Forgotten in the handover: ate half a sandwich and kept it down."
WHY_LATE = "Left out when the room was cleared"


def note_of(notes: tuple[str, ...], meeting: int) -> str:
    """The note of the first, second or third meeting; then they come round again."""
    return notes[meeting % len(notes)]
