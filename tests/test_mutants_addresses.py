"""Checks of addresses at their edges: the first and the last number of every network, and each refusal in its words."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Sequence
from ipaddress import IPv4Network, IPv6Network, ip_address
from typing import Any

import pytest

from summarizer.errors import ReadingError
from summarizer.fetching import connecting
from summarizer.fetching.connecting import Guard, GuardedBackend, HostError, TimedStream, dial, resolve
from summarizer.fetching.limits import Deadline, FetchLimits
from summarizer.fetching.networks import place_of
from summarizer.fetching.targets import Target, follow, is_address, read_target

httpcore = pytest.importorskip("httpcore")

NETWORKS = [
    ("127.0.0.0/8", "this computer", True),
    ("10.0.0.0/8", "a private network", True),
    ("172.16.0.0/12", "a private network", True),
    ("192.168.0.0/16", "a private network", True),
    ("100.64.0.0/10", "a provider's own network", True),
    ("0.0.0.0/8", "this network itself", False),
    ("169.254.0.0/16", "the link, where clouds keep their credentials", False),
    ("192.0.0.0/24", "protocols", False),
    ("192.0.2.0/24", "documentation", False),
    ("192.88.99.0/24", "6to4 relays", False),
    ("198.18.0.0/15", "benchmarks", False),
    ("198.51.100.0/24", "documentation", False),
    ("203.0.113.0/24", "documentation", False),
    ("224.0.0.0/4", "multicast", False),
    ("240.0.0.0/4", "reserved numbers", False),
    ("168.63.129.16/32", "a cloud's own services", False),
    ("::1/128", "this computer", True),
    ("fc00::/7", "a private network", True),
    ("fe80::/10", "the link", False),
    ("fec0::/10", "a site", False),
    ("ff00::/8", "multicast", False),
    ("::ffff:0:0:0/96", "translated IPv4", False),
    ("64:ff9b:1::/48", "translation inside a network", False),
    ("2001::/23", "protocols, Teredo and benchmarks among them", False),
    ("2001:db8::/32", "documentation", False),
    ("2002::/16", "6to4", False),
    ("3fff::/20", "documentation", False),
]
#: Blocks beside which another closed one lies.
JOINED_BEFORE, JOINED_AFTER = ("240.0.0.0/4", "fec0::/10", "ff00::/8"), ("224.0.0.0/4", "fe80::/10")


@pytest.mark.parametrize(("block", "place", "private"), NETWORKS, ids=[block for block, _, _ in NETWORKS])
def test_every_network_from_its_first_to_its_last_number(block: str, place: str, private: bool) -> None:
    network: Any = IPv6Network(block) if ":" in block else IPv4Network(block)
    for address in (network[0], network[-1], network[network.num_addresses // 2]):
        assert place_of(address) == (place, private)
    if isinstance(network, IPv4Network):
        for address in (network[0], network[-1]):
            for around in (f"::ffff:{address}", f"64:ff9b::{address}"):
                assert place_of(ip_address(around)) == (place, private)
        beside = [int(network[0]) - 1] if block not in JOINED_BEFORE and int(network[0]) else []
        beside += [int(network[-1]) + 1] if int(network[-1]) < 2**32 - 1 and block not in JOINED_AFTER else []
        for number in beside:
            assert place_of(IPv4Network(number)[0]) == ("", False)


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("::", "IPv4 in an old form"),
        ("::2", "IPv4 in an old form"),
        ("::ffff:ffff", "IPv4 in an old form"),
        ("::1:0:0", "reserved numbers"),
        ("1fff:ffff::", "reserved numbers"),
        ("4000::", "reserved numbers"),
        ("2000::", ""),
        ("3ffe:ffff::", ""),
        ("3fff:1000::", ""),
        ("2001:200::", ""),
        ("2001:db9::", ""),
        ("2003::", ""),
        ("fe00::", "reserved numbers"),
        ("::ffff:8.8.8.8", ""),
        ("64:ff9b::8.8.8.8", ""),
        ("64:ff9b::1:0:0", "reserved numbers"),
        ("::ffff:168.63.129.16", "a cloud's own services"),
        ("::ffff:168.63.129.17", ""),
        ("2a00:1450::1%eth0", "one link (it has a zone)"),
    ],
)
def test_places_of_other_addresses(address: str, place: str) -> None:
    assert place_of(ip_address(address)) == (place, False)


def refusal(url: str, **options: Any) -> tuple[str, str]:
    with pytest.raises(ReadingError) as error:
        read_target(url, **options)
    return error.value.source, error.value.reason


NO_NAME = "its host is no name that can be looked up: check it"
BLANKS = "holds blanks, control characters or backslashes: encode them (a blank is %20)"
ONLY = "only addresses that begin with http:// or https:// are fetched: check it, or save the page and give it"
HIDDEN = "its host is a number in a hidden form: write four decimal parts"
OWN = "is a name of this computer or its network: allow_private (--allow-private) allows it"


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://a.example/ b", BLANKS),
        ("http://a.example/\\b", BLANKS),
        ("http://a.example/\x00", BLANKS),
        ("ftp://a.example/", ONLY),
        ("http:///a", ONLY),
        ("http:a", ONLY),
        ("xhttp://a.example", ONLY),
        ("http://a.example:0/", "names port 0, which no server has: check it"),
        ("http://a.example:65536/", "is no address (Port out of range 0-65535): check it"),
        ("http://a%2eb/", "its host has a zone or encoded characters: write it without"),
        ("http://[v1.a:b]/", "its host is no IPv6 address: check it"),
        ("http://-a.example/", NO_NAME),
        ("http://a_.example-/", NO_NAME),
        ("http://a..example/", NO_NAME),
        ("http://./", NO_NAME),
        ("http://:80/", NO_NAME),
        ("http://?a", NO_NAME),
        ("http://xn--\u00e4.example/", NO_NAME),
        (f"http://{'a' * 64}.example/", NO_NAME),
        (f"http://{'a.' * 126}bb/", NO_NAME),
        ("http://\u2488com/", NO_NAME),
        ("http://2130706433/", HIDDEN),
        ("http://127.1/", HIDDEN),
        ("http://0x7f.0.0.1/", HIDDEN),
        ("http://0x7f000001/", HIDDEN),
        ("http://a.0x/", HIDDEN),
        ("http://a.1/", HIDDEN),
        *((f"http://{name}/", f"{name} {OWN}") for name in ("localhost", "local", "localdomain")),
        *((f"http://{name}/", f"{name} {OWN}") for name in ("internal", "intranet", "lan", "home.arpa", "corp")),
        *((f"http://a.{name}/", f"a.{name} {OWN}") for name in ("lan", "home.arpa", "corp", "localhost", "internal")),
        ("http://LOCALHOST./", f"localhost {OWN}"),
    ],
)  # fmt: skip
def test_each_refusal_in_its_words(url: str, reason: str) -> None:
    assert refusal(url) == (url, reason)


def test_names_that_only_look_like_ones_own() -> None:
    for name in ("alocalhost", "localhost.example", "corpus", "lan.example", "alan", "arpa"):
        assert read_target(f"http://{name}/").host == name
    assert read_target("http://a.local/", allow_private=True) == Target("http", "a.local", 80, "/", None)
    assert follow(read_target("http://a.example/"), "http://a.lan/b", allow_private=True).host == "a.lan"
    with pytest.raises(ReadingError, match=r"a\.lan is a name of this computer"):
        follow(read_target("http://a.example/"), "http://a.lan/b")


def test_an_address_may_have_2000_characters() -> None:
    longest = "http://a.example/" + "b" * 1983
    assert len(longest) == 2000
    assert len(read_target(longest).url) == 2000
    source, reason = refusal(longest + "b")
    assert source == longest[:200]
    assert reason == "is longer than 2000 characters: give the address of the page itself"


def test_a_password_is_not_repeated() -> None:
    reason = "holds a user name or a password, which are not sent: give the address without them"
    assert refusal("http://user:secret@a.example/b") == ("http://…@a.example/b", reason)
    assert refusal("http://user@a.example/") == ("http://…@a.example/", reason)
    assert refusal("http://@a.example/") == ("http://…@a.example/", reason)
    assert refusal("http://:secret@a.example/") == ("http://…@a.example/", reason)
    assert refusal("http://a@b@a.example/") == ("http://…@a.example/", reason)


@pytest.mark.parametrize(
    ("url", "target", "written"),
    [
        ("HTTP://A.Example", Target("http", "a.example", 80, "/", None), "http://a.example/"),
        ("https://a.example.:443/b#c", Target("https", "a.example", 443, "/b", None), "https://a.example/b"),
        ("https://a.example:80/", Target("https", "a.example", 80, "/", None), "https://a.example:80/"),
        ("http://a.example:443/?", Target("http", "a.example", 443, "/", None), "http://a.example:443/"),
        ("http://a.example:65535/", Target("http", "a.example", 65535, "/", None), "http://a.example:65535/"),
        ("http://a.example?b=c d".replace(" ", "+"), Target("http", "a.example", 80, "/?b=c+d", None), "http://a.example/?b=c+d"),
        ("http://a.example/ä%20ß?ö=\u6771", Target("http", "a.example", 80, "/%C3%A4%20%C3%9F?%C3%B6=%E6%9D%B1", None),
         "http://a.example/%C3%A4%20%C3%9F?%C3%B6=%E6%9D%B1"),
        ("http://a.example/%:=&~+!$,;'@()*[]|<>\"^`{}", Target("http", "a.example", 80,
         "/%:=&~+!$,;'@()*[]%7C%3C%3E%22%5E%60%7B%7D", None), "http://a.example/%:=&~+!$,;'@()*[]%7C%3C%3E%22%5E%60%7B%7D"),
        ("http://Bücher.example/", Target("http", "xn--bcher-kva.example", 80, "/", None), "http://xn--bcher-kva.example/"),
        ("http://8.8.8.8/", Target("http", "8.8.8.8", 80, "/", ip_address("8.8.8.8")), "http://8.8.8.8/"),
        ("http://[2A00:0::1]:8080/", Target("http", "2a00::1", 8080, "/", ip_address("2a00::1")), "http://[2a00::1]:8080/"),
        ("http://a_b-c.1a/", Target("http", "a_b-c.1a", 80, "/", None), "http://a_b-c.1a/"),
        (f"http://{'a' * 63}.b/", Target("http", "a" * 63 + ".b", 80, "/", None), f"http://{'a' * 63}.b/"),
        (f"http://{'a.' * 126}b/", Target("http", "a." * 126 + "b", 80, "/", None), f"http://{'a.' * 126}b/"),
    ],
)  # fmt: skip
def test_addresses_are_read_once_and_written_alike(url: str, target: Target, written: str) -> None:
    assert read_target(url) == target
    assert target.url == written
    assert read_target(written) == target
    assert target.origin == written[: len(written) - len(target.path)]


def test_what_is_taken_for_an_address() -> None:
    assert is_address("http://a")
    assert is_address("HTTPS:a")
    assert not is_address(" http://a")
    assert not is_address("ftp://a")
    assert not is_address("http")


@pytest.mark.parametrize(
    ("location", "url"),
    [
        ("/b", "http://a.example/b"),
        ("b c", "http://a.example/x/b%20c"),
        ("  ../d\n", "http://a.example/d"),
        ("//b.example/e", "http://b.example/e"),
        ("https://b.example", "https://b.example/"),
        ("?f", "http://a.example/x/y?f"),
        ("#g", "http://a.example/x/y"),
    ],
)
def test_where_redirects_lead(location: str, url: str) -> None:
    assert follow(read_target("http://a.example/x/y"), location).url == url


@pytest.mark.parametrize("location", ["", "  ", "\n"])
def test_a_redirect_to_nowhere(location: str) -> None:
    with pytest.raises(ReadingError) as error:
        follow(read_target("http://a.example/x"), location)
    assert str(error.value) == "http://a.example/x: redirects to nowhere: give the address of the page itself"


@pytest.mark.parametrize("location", ["http://[", "//[::1", "//a\u2100b/"])
def test_a_redirect_to_what_cannot_be_read(location: str) -> None:
    with pytest.raises(ReadingError) as error:
        follow(read_target("http://a.example/x"), location)
    assert error.value.source == "http://a.example/x"
    assert error.value.reason.startswith("redirects to what is no address (")
    assert error.value.reason.endswith("): give the address of the page itself")


# --- the guard -------------------------------------------------------------------------------------------------------


class Clock:
    """A deadline that remembers what was asked of it, and gives it."""

    def __init__(self, over: str = "") -> None:
        self.asked: list[float] = []
        self._over = over

    def left(self, at_most: float) -> float:
        self.asked.append(at_most)
        return min(at_most, 5.0)

    def over(self) -> str:
        return self._over


def check(
    url: str, found: Sequence[str] | Exception | None = None, *, allow_private: bool = False, over: str = ""
) -> tuple[list[str], bool]:
    asked: list[tuple[str, int]] = []

    def find(host: str, port: int) -> Sequence[str]:
        asked.append((host, port))
        if isinstance(found, Exception):
            raise found
        assert found is not None, "a number was looked up"
        return found

    target = read_target(url, allow_private=allow_private)
    clock: Any = Clock(over)
    addresses, private = Guard(FetchLimits(), find=find).check(target, clock, allow_private=allow_private)
    if target.address is None:
        assert asked == [(target.host, target.port)]
        assert clock.asked == [10.0]
    return list(map(str, addresses)), private


def refused(*given: Any, **options: Any) -> str:
    with pytest.raises(HostError) as error:
        check(*given, **options)
    assert error.value.source == given[0]
    return error.value.reason


def test_public_addresses_are_given_in_their_order() -> None:
    assert check("http://a.example/", ["8.8.8.8", "2a00::1"]) == (["8.8.8.8", "2a00::1"], False)
    assert check("http://8.8.4.4/") == (["8.8.4.4"], False)
    for port in (80, 443, 8080, 8443):
        assert check(f"http://a.example:{port}/", ["8.8.8.8"]) == (["8.8.8.8"], False)


def test_ports_of_other_services_are_closed() -> None:
    reason = "port 22 is not one of the web (80, 443, 8080, 8443): allow_private allows every port"
    assert refused("http://a.example:22/", ["8.8.8.8"]) == reason
    assert check("http://a.example:22/", ["8.8.8.8"], allow_private=True) == (["8.8.8.8"], False)


def test_all_addresses_of_a_name_have_to_be_allowed() -> None:
    remedy = "and not fetched: give the address of a public page"
    private = "; allow_private (--allow-private) allows it"
    assert refused("http://127.0.0.1/") == f"127.0.0.1 is for this computer, {remedy}{private}"
    assert refused("http://a.example/", ["8.8.8.8", "10.0.0.1"]) == (
        f"a.example has the address 10.0.0.1, which is for a private network, {remedy}{private}"
    )
    assert check("http://a.example/", ["8.8.8.8", "10.0.0.1"], allow_private=True) == (["8.8.8.8", "10.0.0.1"], True)
    assert refused("http://a.example/", ["10.0.0.1", "169.254.169.254"], allow_private=True) == (
        "a.example has the address 169.254.169.254, which is for the link, where clouds keep their credentials, "
        f"{remedy}"
    )
    assert refused("http://224.0.0.1/", allow_private=True) == f"224.0.0.1 is for multicast, {remedy}"


def test_a_name_without_an_address() -> None:
    none = "there is no host a.example: check the name and the connection"
    assert refused("http://a.example/", []) == none
    assert refused("http://a.example/", OSError("no")) == none
    assert refused("http://a.example/", UnicodeError("no")) == none
    assert refused("http://a.example/", ["8.8.8.8", "nonsense"]) == (
        "the address of a.example cannot be read: check the name"
    )
    slow = "no name server answered for a.example within 10 s: check the connection, or raise connect_seconds "
    assert refused("http://a.example/", TimeoutError()) == slow + "(--connect-seconds)"
    assert refused("http://a.example/", TimeoutError(), over="over") == "over"


def test_a_name_server_is_not_waited_for_longer_than_the_limit() -> None:
    answer, daemons = threading.Event(), list[bool]()

    def find(host: str, port: int) -> Sequence[str]:
        daemons.append(threading.current_thread().daemon)
        answer.wait(20)
        return ["8.8.8.8"]

    limits = FetchLimits(connect=0.05)
    try:
        with pytest.raises(HostError, match=r"no name server answered for a\.example within 0\.05 s"):
            Guard(limits, find=find).check(read_target("http://a.example/"), Deadline(20), allow_private=False)
    finally:
        answer.set()
    assert daemons == [True]


class Stream:
    """A connection that says what was done with it."""

    def __init__(self) -> None:
        self.done: list[tuple[Any, ...]] = []

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def do(*given: Any) -> Any:
            self.done.append((name, *given))
            return Stream() if name == "start_tls" else f"{name} done"

        return do


def backend(*answers: Any) -> tuple[GuardedBackend, list[tuple[str, int, float]], Clock]:
    """Make a backend over addresses, each of which answers in its way."""
    opened: list[tuple[str, int, float]] = []

    def open_(address: str, port: int, seconds: float) -> Any:
        answer = answers[len(opened)]
        opened.append((address, port, seconds))
        if isinstance(answer, Exception):
            raise answer
        return answer

    limits, clock = FetchLimits(connect=3.0), Clock()
    addresses = [ip_address(f"8.8.8.{number}") for number in range(len(answers))]
    return GuardedBackend(Guard(limits, open_=open_), addresses, limits, clock), opened, clock  # type: ignore[arg-type]


def test_connections_go_to_the_checked_addresses_one_after_another() -> None:
    stream = Stream()
    made, opened, clock = backend(httpcore.ConnectError("a"), httpcore.ConnectTimeout("b"), stream, Stream())
    found = made.connect_tcp("elsewhere.example", 443)
    assert isinstance(found, TimedStream)
    assert found.get_extra_info("peer") == "get_extra_info done"
    assert stream.done == [("get_extra_info", "peer")]
    assert opened == [("8.8.8.0", 443, 3.0), ("8.8.8.1", 443, 3.0), ("8.8.8.2", 443, 3.0)]
    assert clock.asked == [3.0, 3.0, 3.0]


def test_four_addresses_are_tried_and_the_last_failure_is_told() -> None:
    failures = [httpcore.ConnectError(str(number)) for number in range(6)]
    made, opened, _ = backend(*failures)
    with pytest.raises(httpcore.ConnectError, match=r"\A3\Z"):
        made.connect_tcp("a.example", 80)
    assert len(opened) == 4
    nothing, _, _ = backend()
    with pytest.raises(httpcore.ConnectError, match="no address"):
        nothing.connect_tcp("a.example", 80)


def test_another_failure_is_not_passed_over() -> None:
    made, opened, _ = backend(ValueError("x"), Stream())
    with pytest.raises(ValueError, match="x"):
        made.connect_tcp("a.example", 80)
    assert len(opened) == 1


def test_sockets_of_this_computer_are_refused() -> None:
    made, _, _ = backend()
    with pytest.raises(NotImplementedError, match="sockets of this computer are not connected to"):
        made.connect_unix_socket("/run/docker.sock")
    made.sleep(60)


def test_every_step_of_a_connection_ends_with_the_deadline() -> None:
    stream, clock = Stream(), Clock()
    timed = TimedStream(stream, clock)  # type: ignore[arg-type]
    assert timed.read(10, 2.0) == "read done"
    assert timed.read(10) == "read done"
    timed.write(b"a", 1.0)
    timed.write(b"b")
    timed.close()
    assert stream.done == [
        ("read", 10, 2.0), ("read", 10, 5.0), ("write", b"a", 1.0), ("write", b"b", 5.0), ("close",)
    ]  # fmt: skip
    inner = timed.start_tls("context", "a.example", 4.0)  # type: ignore[arg-type]
    assert stream.done[-1] == ("start_tls", "context", "a.example", 4.0)
    assert isinstance(inner, TimedStream)
    assert inner.read(1) == "read done"
    assert clock.asked == [2.0, float("inf"), 1.0, float("inf"), 4.0, float("inf")]


def test_the_system_is_asked_for_streams_and_each_address_counts_once(monkeypatch: pytest.MonkeyPatch) -> None:
    def ask(host: str, port: int, *, type: int = 0) -> list[Any]:
        assert (host, port, type) == ("a.example", 80, socket.SOCK_STREAM)
        return [(2, type, 6, "", (address, port)) for address in ("8.8.8.8", "8.8.4.4", "8.8.8.8")]

    monkeypatch.setattr(connecting.socket, "getaddrinfo", ask)
    assert resolve("a.example", 80) == ["8.8.8.8", "8.8.4.4"]


def test_a_connection_is_opened_to_the_address_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    class Backend:
        def connect_tcp(self, host: str, port: int, timeout: float | None = None) -> tuple[str, int, float | None]:
            return host, port, timeout

    monkeypatch.setattr(httpcore, "SyncBackend", Backend)
    assert dial("8.8.8.8", 80, 3.5) == ("8.8.8.8", 80, 3.5)
