"""The tables that the README prints, made from the code, so that a test can hold the two together."""

from clinic.environment import VARIABLES
from clinic.permissions import GRANTS, Role


def grid() -> str:
    """The permission grid: one line an action, one column a role."""
    roles = list(Role)
    head = f"| | {' | '.join(role.value for role in roles)} |\n|---|{'---|' * len(roles)}"
    lines = [
        f"| {action.value} | {' | '.join('yes' if role in held else '' for role in roles)} |"
        for action, held in GRANTS.items()
    ]
    return "\n".join([head, *lines])


def variables() -> str:
    """The environment variables."""
    lines = [
        f"| `{variable.name}` | {'must be set' if variable.default is None else f'`{variable.default}`' if variable.default else ''} "
        f"| {variable.help} |"
        for variable in VARIABLES.values()
    ]
    return "\n".join(["| variable | default | what it is |", "|---|---|---|", *lines])
