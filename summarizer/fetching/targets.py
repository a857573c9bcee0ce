"""Addresses as they are written to what is connected to, read once and strictly.

Programs that read an address twice, each in its own way, can be shown one host and made to ask another. Here one
reading gives host, port and path, and the request is made of these.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from typing import Final
from urllib.parse import quote, urljoin, urlsplit

from summarizer.errors import ReadingError
from summarizer.fetching.networks import Address

#: Longest address that is asked for; servers refuse longer ones.
MAX_CHARACTERS: Final = 2_000

_ADDRESS: Final = re.compile(r"https?:", re.IGNORECASE)
_LABELS: Final = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMBER: Final = re.compile(r"[0-9]+|0x[0-9a-f]*")
_SAFE: Final = "/%:=&?~#+!$,;'@()*[]"
_DEFAULT_PORTS: Final = {"http": 80, "https": 443}
#: Names that mean a computer or a network of one's own, whatever a server of names says.
_OWN: Final = ("localhost", "local", "localdomain", "internal", "intranet", "lan", "home.arpa", "corp")


@dataclass(frozen=True, slots=True)
class Target:
    """What one request asks.

    :param scheme: ``"http"`` or ``"https"``.
    :param host: a name in ASCII and lower case, or an address without brackets.
    :param port: 1 to 65535.
    :param path: with the query, percent-encoded, beginning with ``/``.
    :param address: the host, if it is an address and no name.
    """

    scheme: str
    host: str
    port: int
    path: str
    address: Address | None

    @property
    def authority(self) -> str:
        """Host, and port if it is not the scheme's own, as the header ``Host`` wants them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """Scheme and authority: what a ``robots.txt`` speaks for."""
        return f"{self.scheme}://{self.authority}"

    @property
    def url(self) -> str:
        """The address as it is asked for."""
        return self.origin + self.path


def is_address(source: str) -> bool:
    """Tell whether a source is an address that is fetched."""
    return _ADDRESS.match(source) is not None


def read_target(url: str, *, allow_private: bool = False) -> Target:
    """Read an address; a fragment is left out.

    :param allow_private: names of one's own network are welcome.
    :raises ReadingError: if it is none of the web, or in a form that is used to deceive.
    """
    refusal = _spelling(url)
    if refusal:
        raise ReadingError(url[:200], refusal)
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise ReadingError(url, f"is no address ({error}): check it") from None
    if parts.username is not None or parts.password is not None:
        raise ReadingError(
            url.replace(parts.netloc, f"…@{parts.netloc.rpartition('@')[2]}"),
            "holds a user name or a password, which are not sent: give the address without them",
        )
    scheme = parts.scheme.lower()
    name, address = _read_host(host, url)
    if address is None and not allow_private and (name in _OWN or name.endswith(tuple(f".{own}" for own in _OWN))):
        raise ReadingError(
            url, f"{name} is a name of this computer or its network: allow_private (--allow-private) allows it"
        )
    path = quote(parts.path or "/", safe=_SAFE) + (f"?{quote(parts.query, safe=_SAFE)}" if parts.query else "")
    if port == 0:
        raise ReadingError(url, "names port 0, which no server has: check it")
    return Target(scheme, name, port or _DEFAULT_PORTS[scheme], path, address)


def follow(target: Target, location: str, *, allow_private: bool = False) -> Target:
    """Read where a redirect leads.

    :param location: the header as it came; blanks and characters beyond ASCII in it are encoded, as browsers do.
    :raises ReadingError: as :func:`read_target`; or if there is no location, or none that can be read.
    """
    location = location.strip()
    if not location:
        raise ReadingError(target.url, "redirects to nowhere: give the address of the page itself")
    try:
        url = urljoin(target.url, location.replace(" ", "%20"))
    except ValueError as error:
        raise ReadingError(
            target.url, f"redirects to what is no address ({error}): give the address of the page itself"
        ) from None
    return read_target(url, allow_private=allow_private)


def _spelling(url: str) -> str:
    """Say what is wrong with the characters of an address, and what to do; nothing if all is well."""
    if len(url) > MAX_CHARACTERS:
        return f"is longer than {MAX_CHARACTERS} characters: give the address of the page itself"
    if not url.isprintable() or " " in url or "\\" in url:
        return "holds blanks, control characters or backslashes: encode them (a blank is %20)"
    if not re.match(r"https?://[^/]", url, re.IGNORECASE):
        return "only addresses that begin with http:// or https:// are fetched: check it, or save the page and give it"
    return ""


def _read_host(host: str, url: str) -> tuple[str, Address | None]:
    """Give a host as a name in ASCII or as an address.

    :raises ReadingError: if it is neither, or a number in another form than four decimal parts.
    """
    if "%" in host:
        raise ReadingError(url, "its host has a zone or encoded characters: write it without")
    if ":" in host:
        try:
            address = IPv6Address(host)
        except AddressValueError:
            raise ReadingError(url, "its host is no IPv6 address: check it") from None
        return address.compressed, address
    if host.isascii():
        name = host.lower()
    else:
        import idna

        try:
            name = idna.encode(host, uts46=True).decode("ascii").lower()
        except (idna.IDNAError, UnicodeError):
            raise ReadingError(url, "its host is no name that can be looked up: check it") from None
    name = name.removesuffix(".")
    if len(name) > 253 or not _LABELS.fullmatch(name):
        raise ReadingError(url, "its host is no name that can be looked up: check it")
    # Browsers and the C library take 2130706433, 0x7f.1 and 127.1 for 127.0.0.1: what ends in a number is one.
    if _NUMBER.fullmatch(name.rpartition(".")[2]):
        try:
            return name, IPv4Address(name)
        except AddressValueError:
            raise ReadingError(url, "its host is a number in a hidden form: write four decimal parts") from None
    return name, None
