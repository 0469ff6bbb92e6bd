"""How often somebody may fail, and by what a caller is counted. Counts live in this process alone."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import Final

from flask import Response, current_app, request
from flask_limiter import Limiter
from limits import parse
from limits.storage import MemoryStorage
from werkzeug.exceptions import TooManyRequests
from werkzeug.wrappers import Response as AnyResponse

__all__ = ["FailureLimit", "FailureTotal", "caller", "count_failures", "network_of"]

HOME_BITS: Final = 64
"""What one connection has of the addresses of IPv6, to change among at will (RFC 6177)."""

View = Callable[[], str | AnyResponse]


@dataclass(frozen=True, kw_only=True)
class FailureLimit:
    """How many failures are allowed, such as ``5 per hour``, and by what they are counted.

    ``counted_by`` gives '' for a caller whom this limit does not concern.
    """

    allowed: str
    counted_by: Callable[[], str]


def caller() -> str:
    """Give what whoever asks is counted by: the key of every limit by address."""
    return network_of(request.remote_addr or "")


def network_of(address: str) -> str:
    """Give an IPv4 address as it is, and of an IPv6 address the network that one home or phone has."""
    try:
        read = ip_address(address.partition("%")[0])
    except ValueError:
        return address or "nowhere"
    if not isinstance(read, IPv6Address):
        return str(read)
    if read.ipv4_mapped:
        return str(read.ipv4_mapped)
    return str(IPv6Network((read, HOME_BITS), strict=False))


class FailureTotal:
    """How often views failed for everybody together; it refuses nobody, others ask it whether that was too often."""

    def __init__(self, limiter: Limiter, *, allowed: str, scope: str) -> None:
        assert isinstance(limiter.storage, MemoryStorage), "Counts live in this process alone."
        self._storage, self._allowed = limiter.storage, parse(allowed)
        self._key = self._allowed.key_for(scope)

    def is_over(self) -> bool:
        """Tell whether as many failed as may."""
        return self._storage.get(self._key) >= self._allowed.amount

    def counting(self, view: View, *, failed: Callable[[Response], bool]) -> View:
        """Count the failures of a view."""

        @wraps(view)
        def counted() -> AnyResponse:
            reply = current_app.make_response(view())
            if failed(reply):
                self._storage.incr(self._key, self._allowed.get_expiry())
            return reply

        return counted


def count_failures(
    limiter: Limiter, *limits: FailureLimit, scope: str, failed: Callable[[Response], bool]
) -> Callable[[View], View]:
    """Limit how often a view may fail, over all views of one `scope`.

    A try counts before it is made and is given back if it did not fail: many at once cannot slip by together.
    """
    storage = limiter.storage
    assert isinstance(storage, MemoryStorage), "Only this storage can give back."

    def take() -> list[str]:
        taken: list[str] = []
        for limit in limits:
            key, allowed = limit.counted_by(), parse(limit.allowed)
            if not key:
                continue
            taken.append(allowed.key_for(scope, key))
            if storage.incr(taken[-1], allowed.get_expiry()) > allowed.amount:
                give_back(taken)
                raise TooManyRequests
        return taken

    def give_back(taken: list[str]) -> None:
        for key in taken:
            storage.decr(key)

    def limited(view: View) -> View:
        @wraps(view)
        def tried() -> AnyResponse:
            taken = take()
            reply = current_app.make_response(view())
            if not failed(reply):
                give_back(taken)
            return reply

        return tried

    return limited
