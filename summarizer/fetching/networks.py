"""Which addresses of the Internet are public, and which no page may send us to.

The tables follow the IANA registries of special-purpose IPv4 and IPv6 addresses (RFC 6890). They are written out
because ``ipaddress.is_global`` differs between versions of Python, and says nothing of addresses inside addresses.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from typing import Final

Address = IPv4Address | IPv6Address

#: What someone may want to read on purpose: this computer and the networks behind a router.
_PRIVATE: Final = {
    "127.0.0.0/8": "this computer",
    "10.0.0.0/8": "a private network",
    "172.16.0.0/12": "a private network",
    "192.168.0.0/16": "a private network",
    "100.64.0.0/10": "a provider's own network",
}
#: What is no place to read from, ever.
_CLOSED: Final = {
    "0.0.0.0/8": "this network itself",
    "169.254.0.0/16": "the link, where clouds keep their credentials",
    "192.0.0.0/24": "protocols",
    "192.0.2.0/24": "documentation",
    "192.88.99.0/24": "6to4 relays",
    "198.18.0.0/15": "benchmarks",
    "198.51.100.0/24": "documentation",
    "203.0.113.0/24": "documentation",
    "224.0.0.0/4": "multicast",
    "240.0.0.0/4": "reserved numbers",
    # A public number that answers only inside Azure, with what its machines may know.
    "168.63.129.16/32": "a cloud's own services",
}
_PRIVATE_6: Final = {"::1/128": "this computer", "fc00::/7": "a private network"}
_CLOSED_6: Final = {
    "fe80::/10": "the link",
    "fec0::/10": "a site",
    "ff00::/8": "multicast",
    "::/96": "IPv4 in an old form",
    "::ffff:0:0:0/96": "translated IPv4",
    "64:ff9b:1::/48": "translation inside a network",
    "2001::/23": "protocols, Teredo and benchmarks among them",
    "2001:db8::/32": "documentation",
    "2002::/16": "6to4",
    "3fff::/20": "documentation",
}
#: Forms of IPv6 whose last 32 bits are the IPv4 address that is meant. With NAT64 public hosts look like this too.
_WRAPPED: Final = tuple(map(IPv6Network, ("::ffff:0:0/96", "64:ff9b::/96")))
_GLOBAL_6: Final = IPv6Network("2000::/3")

_TABLE_4: Final = [
    (IPv4Network(block), name, private)
    for table, private in ((_PRIVATE, True), (_CLOSED, False))
    for block, name in table.items()
]
_TABLE_6: Final = [
    (IPv6Network(block), name, private)
    for table, private in ((_PRIVATE_6, True), (_CLOSED_6, False))
    for block, name in table.items()
]


def place_of(address: Address) -> tuple[str, bool]:
    """Say what an address that is not public is for.

    :return: a name for messages, empty for a public address; and whether reading from there may be allowed.
    """
    if isinstance(address, IPv4Address):
        return next(((name, private) for block, name, private in _TABLE_4 if address in block), ("", False))
    if address.scope_id is not None:
        return "one link (it has a zone)", False
    if any(address in block for block in _WRAPPED):
        return place_of(IPv4Address(int(address) & 0xFFFF_FFFF))
    for block, name, private in _TABLE_6:
        if address in block:
            return name, private
    return ("", False) if address in _GLOBAL_6 else ("reserved numbers", False)
