"""Which requests count as a visit to a poster: not every look at its address is a person who scanned it. Pure."""

from collections.abc import Mapping
from typing import Final

__all__ = ["counts_as_visit"]

ROBOTS: Final = tuple("bot crawl spider slurp preview facebookexternalhit whatsapp curl wget python-".split())


def counts_as_visit(method: str, headers: Mapping[str, str]) -> bool:
    """Tell whether a request is a first look by a person, as far as its headers say.

    A page that is loaded again, fetched before anybody wants it, or read by a program, is none.
    """
    purpose = f"{headers.get('Sec-Purpose', '')} {headers.get('Purpose', '')} {headers.get('X-Moz', '')}".lower()
    again = headers.get("Cache-Control", "").lower()
    agent = headers.get("User-Agent", "").lower()
    return (
        method == "GET"
        and "prefetch" not in purpose
        and "preview" not in purpose
        and not ("max-age=0" in again or "no-cache" in again)
        and not any(robot in agent for robot in ROBOTS)
    )
