"""Who may use a route. Every view carries one of these marks; a test walks all routes and refuses one without."""

from collections.abc import Callable
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])
PUBLIC = "public"


def public(view: View) -> View:
    """Mark a view that anybody may use."""
    view.access = PUBLIC  # type: ignore[attr-defined]
    return view
