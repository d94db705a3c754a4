"""The shapes and what each status looks like. A shape always stands with its word; colour comes last."""

MARKS = frozenset(
    {
        "octagon",
        "triangle",
        "diamond",
        "tick",
        "ring",
        "clock",
        "late",
        "half",
        "cross",
        "dash",
        "bar",
        "masked",
    }
)

# state: (classes, shape)
PILLS = {
    "red": ("solid-red", "octagon"),
    "amber": ("amber", "triangle"),
    "yellow": ("yellow", "diamond"),
    "ok": ("ok", "tick"),
    "due": ("due", "clock"),
    "overdue": ("overdue", "late"),
    "nobody": ("overdue", "triangle"),
    "running": ("now", "half"),
    "kept": ("", "half"),
    "late": ("", "clock"),
    "waiting": ("", "clock"),
    "planned": ("bare", "ring"),
    "done": ("bare", "tick"),
    "missed": ("amber", "cross"),
    "withdrawn": ("red", "dash"),
    "error": ("red", "cross"),
    "none": ("", "dash"),
    "masked": ("", "masked"),
    "dose": ("dose", "bar"),
}
