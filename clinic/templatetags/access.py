"""Asks the grid from a template: `{% can "RECORD_SESSION" as allowed %}`. For showing a link; the view asks again."""

from django import template

from clinic.permissions import Action, may

register = template.Library()


@register.simple_tag(takes_context=True)
def can(context, action: str) -> bool:
    """Whether the signed-in person may do this anywhere."""
    user = context["request"].user
    return user.is_authenticated and may(user, Action[action])
