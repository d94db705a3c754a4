"""How a person works a page in the tests: with the mouse, or with the keyboard alone. Both by what can be read."""

import re

from playwright.sync_api import Locator, Page

MOST_TABS = 120


class Hands:
    """Mouse and keyboard, as most people use them."""

    def __init__(self, page: Page):
        self.page = page

    def follow(self, name: str) -> None:
        """Go where a link leads."""
        self.go(self.page.get_by_role("link", name=name, exact=True).first)

    def press(self, name: str) -> None:
        """Send a form by its button."""
        self.go(self.page.get_by_role("button", name=name, exact=True).first)

    def go(self, target: Locator) -> None:
        """Use a link or a button, and wait for the next page."""
        with self.page.expect_navigation():
            target.click()

    def field(self, label: str) -> Locator:
        """The control under this label; "(optional)" beside the label does not matter."""
        words = re.compile(rf"^\s*{re.escape(label)}(\s*\(optional\))?\s*$")
        return self.page.locator("main").get_by_label(words).first

    def write(self, label: str, text: str) -> None:
        """Type into a field."""
        self.field(label).fill(text)

    def choose(self, label: str, option: str) -> None:
        """Choose from a list."""
        self.field(label).select_option(label=option)

    def pick(self, option: str, question: int = 0) -> None:
        """Choose one of the answers of a group of round buttons."""
        self.page.locator("main fieldset").nth(question).get_by_label(option, exact=True).check()

    def tick(self, label: str) -> None:
        """Tick one box."""
        self.page.locator("main").get_by_role("checkbox", name=label, exact=True).check()

    def reads(self) -> str:
        """What the page says."""
        return self.page.locator("main").inner_text()


class Keys(Hands):
    """The keyboard alone: Tab to reach something, Enter, arrows and letters to use it."""

    def reach(self, target: Locator) -> None:
        """Tab on until the target has the focus; whoever cannot see the mouse goes the same way."""
        for _ in range(MOST_TABS):
            if target.evaluate("one => one === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{target} is not reached with Tab")

    def go(self, target: Locator) -> None:
        """Enter on a link or a button."""
        self.reach(target)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def write(self, label: str, text: str) -> None:
        """Over what stands there."""
        self.reach(self.field(label))
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def choose(self, label: str, option: str) -> None:
        """Down the list to the option."""
        self.reach(self.field(label))
        while self.field(label).evaluate("one => one.selectedOptions[0].label") != option:
            self.page.keyboard.press("ArrowDown")

    def pick(self, option: str, question: int = 0) -> None:
        """Space takes the first answer of the group, arrows go on from there."""
        group = self.page.locator("main fieldset").nth(question)
        self.reach(group.get_by_role("radio").first)
        self.page.keyboard.press("Space")
        while not group.get_by_label(option, exact=True).is_checked():
            self.page.keyboard.press("ArrowDown")

    def tick(self, label: str) -> None:
        """Space on the box."""
        self.reach(self.page.locator("main").get_by_role("checkbox", name=label, exact=True))
        self.page.keyboard.press("Space")
