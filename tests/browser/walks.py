"""What people do at Afterward, step by step, whatever they work it with."""

from tests.browser.hands import Hands
from tests.make import PASSWORD

NOTE = "Settled, eyes closed. Asked for the blanket."


def sign_in(hands: Hands, home: str, email: str) -> None:
    """From the first page."""
    hands.page.goto(home)
    hands.write("E-mail address", email)
    hands.write("Password", PASSWORD)
    hands.press("Continue")


def find(hands: Hands, code: str) -> None:
    """A participant by the code."""
    hands.follow("Participants")
    hands.write("Code", code)
    hands.press("Find")
    hands.follow(code)


def open_session(hands: Hands) -> None:
    """A dosing day begins."""
    hands.follow("Open a session")
    hands.pick("Dosing")
    hands.press("Open")


def record_room(hands: Hands) -> None:
    """Who is there, and where."""
    hands.follow("Record who is in the room")
    hands.choose("Person", "Therapist")
    hands.choose("Part", "Lead therapist")
    hands.press("Save")
    hands.follow("Record the setting")
    hands.choose("Place", "In a room of the clinic")
    hands.write("Room", "Lantern room")
    hands.press("Save")


def record_note(hands: Hands) -> None:
    """What was seen."""
    hands.follow("Write a note")
    hands.write("Note", NOTE)
    hands.press("Save")


def record_vitals(hands: Hands, systolic: str) -> None:
    """A reading, from the session's page or from the form that refused the last one."""
    if not hands.page.url.endswith("/vitals"):
        hands.follow("Record vital signs")
    hands.write("Systolic pressure", systolic)
    hands.write("Diastolic pressure", "78")
    hands.write("Pulse", "72")
    hands.press("Save")


def record_dose(hands: Hands) -> None:
    """80 mg, given by the therapist and seen by the physician."""
    hands.follow("Record a dose")
    hands.write("Dose", "80")
    hands.write("Lot", "H-0417")
    hands.choose("Given by", "Therapist")
    hands.choose("Second person", "Physician")
    hands.pick("No authorisation: I record what happened, and the physicians are told")
    hands.press("Save")


def close(hands: Hands) -> None:
    """The session has ended."""
    hands.follow("Close")
    hands.press("Close the session")


def sign(hands: Hands, password: str = PASSWORD) -> None:
    """With one's name and password, from the session's page or from the form that refused the last one."""
    if not hands.page.url.endswith("/sign"):
        hands.follow("Sign")
    hands.pick("I was present and this record is true")
    hands.write("Your password or a code from your app", password)
    hands.press("Sign")


def amend_note(hands: Hands, text: str) -> None:
    """The note again, with a reason."""
    hands.go(hands.page.locator(".timeline").get_by_role("link", name="Amend").first)
    hands.write("Note", text)
    hands.write("Reason", "The time of the blanket was left out")
    hands.press("Amend")


def record_a_session(hands: Hands, code: str) -> None:
    """From the list of participants to a signed record, with a slip at the pressure and at the password."""
    find(hands, code)
    open_session(hands)
    record_room(hands)
    record_note(hands)
    record_vitals(hands, "999")
    assert "There is a problem" in hands.reads()
    record_vitals(hands, "124")
    record_dose(hands)
    close(hands)
    sign(hands, "not my password")
    assert "This is not your password, nor a code" in hands.reads()
    sign(hands)
