"""A local server that speaks the OpenAI protocol (Ollama, llama.cpp, vLLM, LM Studio) as a rewriter. Off by default.

The articles' sentences go to that server, so an address that is not of this computer is refused unless it is allowed
by name. What the server runs cannot be pinned: the same request may be answered otherwise after an update.
"""

from __future__ import annotations

import ipaddress
import json
import logging
import os
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from summarizer.errors import ConfigError, MissingExtraError, ModelError
from summarizer.rewriting.answers import first_sentence
from summarizer.rewriting.instruct import DEFAULT_PROMPT
from summarizer.rewriting.prompts import load_prompt, neutralize
from summarizer.rewriting.seq2seq import TOKENS_A_WORD, check_counts
from summarizer.terms import count_words

#: The environment variable that holds the key, where the server wants one.
KEY_VARIABLE: Final = "CROSSBRIEF_API_KEY"
#: An answer of one sentence is under 2 KB; what is far larger is none.
MAX_BYTES: Final = 1_000_000
#: Seconds for one answer in all: a model of 8 billion parameters needs about 20 on a laptop.
TIMEOUT: Final = 60.0
#: Tries after the first, for answers that say "later" and connections that break; seconds before them.
RETRIES: Final = 2
PAUSES: Final = (0.5, 2.0)
_LATER: Final = frozenset({429, 500, 502, 503, 504})
_TALK: Final = 200
_HOST: Final = re.compile(r"[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\]")

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ServerAddress:
    """Where a server listens, and which of its models is asked.

    :param url: up to and with the version, such as ``"http://localhost:11434/v1"``.
    :param model: the server's name of the model.
    :param local: whether the address is of this computer.
    """

    url: str
    model: str
    local: bool


def parse_address(spec: str) -> ServerAddress:
    """Read ``http://host:port/v1#model``; without a path, ``/v1`` is taken.

    :raises ConfigError: if a part is missing or does not belong there, such as a password.
    """
    wanted = "a server is given as http://localhost:11434/v1#model"
    try:
        parts = urlsplit(spec.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise ConfigError(f"{wanted}; this is no address ({error})") from error
    if parts.username is not None or parts.password is not None or parts.query:
        raise ConfigError(f"{wanted}, without user, password or query; a key belongs in {KEY_VARIABLE}")
    bracketed = f"[{host}]" if ":" in host else host
    if parts.scheme not in {"http", "https"} or not _HOST.fullmatch(bracketed):
        raise ConfigError(f"{wanted}, not {spec!r}")
    if not parts.fragment.strip():
        raise ConfigError(f"{wanted}; which model to ask is missing in {spec!r}: add #model")
    if not re.fullmatch(r"[\w./~-]*", parts.path, re.ASCII):
        raise ConfigError(f"{wanted}; the path {parts.path!r} has characters that do not belong there")
    path = parts.path.rstrip("/").removesuffix("/chat/completions") or "/v1"
    place = f"{bracketed}:{port}" if port is not None else bracketed
    return ServerAddress(f"{parts.scheme}://{place}{path}", parts.fragment.strip(), _is_local(host))


def _is_local(host: str) -> bool:
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class ServerRewriter:
    """Ask a server for one sentence a cluster, one request after the other.

    The key, if the server wants one, comes from the environment variable :data:`KEY_VARIABLE` alone; it is neither
    logged nor shown. Redirects are not followed. For addresses of this computer no proxy is used.

    :param address: as :func:`parse_address` gives it.
    :param max_words: longest candidate in words; longer and unfinished ones are not offered.
    :param seed: sent along; most servers heed it.
    :param prompt: name or path of another prompt.
    :param allow_remote: the server may be another computer: the articles' sentences leave this one.
    :param timeout: seconds for one answer in all, more than 0.
    :raises ConfigError: if a setting is out of range, or the server is another computer and that is not allowed.
    :raises MissingExtraError: if the extra ``server`` is not installed.
    """

    def __init__(
        self,
        address: ServerAddress,
        *,
        max_words: int = 45,
        seed: int = 0,
        prompt: str | Path | None = None,
        allow_remote: bool = False,
        timeout: float = TIMEOUT,
    ) -> None:
        check_counts(max_words=max_words)
        if not timeout > 0:
            raise ConfigError(f"timeout must be more than 0 seconds, not {timeout!r}")
        if not address.local and not allow_remote:
            raise ConfigError(
                f"{address.url} is not this computer: sentences of the articles would leave it. Where that is fine, "
                "allow it with allow_remote=True; else use localhost"
            )
        try:
            import httpx  # noqa: F401 - told now rather than after the articles were read
        except ImportError as error:
            raise MissingExtraError(f"the rewriter at {address.url}", "server") from error
        self._address, self._max_words, self._seed, self._timeout = address, max_words, seed, timeout
        self._prompt = load_prompt(prompt or DEFAULT_PROMPT)
        model = re.sub(r"[^A-Za-z0-9._/+:-]+", "-", address.model)
        self._name = f"server/{model}:words{max_words}:seed{seed}:{self._prompt.signature}"

    @property
    def name(self) -> str:
        """Model by the server's name, longest candidate, seed and prompt; what runs behind that name is not known."""
        return self._name

    def rewrite(self, clusters: Sequence[Sequence[str]], /) -> list[list[str]]:
        """Rewrite each cluster as one sentence.

        :param clusters: n clusters; the sentences of each, its representative first.
        :return: n lists of one candidate, or none where the answer was empty, unfinished or too long.
        :raises ModelError: if the server cannot be reached, refuses, or answers what is no answer.
        """
        import httpx

        with httpx.Client(
            timeout=self._timeout,
            follow_redirects=False,
            trust_env=not self._address.local,
            headers={"Accept-Encoding": "identity", **self._headers()},
        ) as client:
            return [self._candidates(client, sentences) for sentences in clusters]

    def _headers(self) -> dict[str, str]:
        key = os.environ.get(KEY_VARIABLE, "")
        if not key:
            return {}
        if not re.fullmatch(r"[!-~]+", key):
            raise ConfigError(f"{KEY_VARIABLE} holds blanks or characters that no key has; set it again")
        return {"Authorization": f"Bearer {key}"}

    def _candidates(self, client: Any, sentences: Sequence[str]) -> list[str]:  # noqa: ANN401
        harmless = [text for sentence in sentences if (text := neutralize(sentence))]
        if not harmless:
            return []
        body = {
            "model": self._address.model,
            "messages": [{"role": "user", "content": self._prompt.fill(harmless, max_words=self._max_words)}],
            "temperature": 0,
            "seed": self._seed,
            # Room for an opening phrase, too, and for what other tokenizers need.
            "max_tokens": TOKENS_A_WORD * self._max_words + _TALK,
            "stream": False,
        }
        answer, finished = self._read(self._post(client, body))
        text = first_sentence(answer) if finished else ""
        return [text] if text and count_words(text) <= self._max_words else []

    def _post(self, client: Any, body: dict[str, Any]) -> bytes:  # noqa: ANN401
        """Send a request, again where the server says "later"; give the body of a good answer."""
        import httpx

        where = self._address.url
        for pause in (*PAUSES[:RETRIES], None):
            try:
                status, content = self._exchange(client, body)
            except httpx.ConnectError as error:
                raise ModelError(
                    f"{where}: nothing answers; start the server (such as: ollama serve), or mend the port"
                ) from error
            except httpx.TimeoutException as error:
                raise ModelError(
                    f"{where}: no answer within {self._timeout:g} seconds; "
                    f"take a smaller model than {self._address.model}"
                ) from error
            except httpx.HTTPError as error:
                if pause is None:
                    raise ModelError(
                        f"{where}: the connection broke ({type(error).__name__}); see the server's log"
                    ) from error
            else:
                if status == 200:
                    return content
                if status not in _LATER or pause is None:
                    raise ModelError(f"{where}: {self._explain(status)}")
            logger.info("%s: asking again in %g seconds", where, pause)
            time.sleep(pause)
        raise AssertionError("the last try returns or raises")

    def _exchange(self, client: Any, body: dict[str, Any]) -> tuple[int, bytes]:  # noqa: ANN401
        """Read one answer, within limits of time and size: the timeout of the client is for each part of it only."""
        import httpx

        deadline, content = time.monotonic() + self._timeout, bytearray()
        with client.stream("POST", f"{self._address.url}/chat/completions", json=body) as response:
            if response.status_code != 200:
                return response.status_code, b""
            for part in response.iter_raw():
                content += part
                if len(content) > MAX_BYTES:
                    raise ModelError(
                        f"{self._address.url}: an answer over {MAX_BYTES:,} bytes; this is no server for chats"
                    )
                if time.monotonic() > deadline:
                    raise httpx.ReadTimeout("the answer came too slowly")
        return 200, bytes(content)

    def _explain(self, status: int) -> str:
        if 300 <= status < 400:
            return f"redirects elsewhere (status {status}), which is not followed; give the final address"
        remedies = {
            400: "the server does not take the request; see its log",
            401: f"the server wants a key; set {KEY_VARIABLE}",
            403: f"the server refuses the key; set {KEY_VARIABLE}",
            404: f"no such path or no model {self._address.model}; get it (such as: ollama pull {self._address.model})",
            429: "the server is busy; try later",
        }
        return f"status {status}: {remedies.get(status, 'the server failed; see its log')}"

    def _read(self, content: bytes) -> tuple[str, bool]:
        """Take an answer apart: its text, and whether the model ended it itself."""
        try:
            choice = json.loads(content)["choices"][0]
            text, reason = choice["message"]["content"], choice.get("finish_reason")
            if not isinstance(text, str | None):
                raise TypeError(f"content is {type(text).__name__}")
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
            raise ModelError(
                f"{self._address.url}: the answer is not of the OpenAI protocol ({type(error).__name__}); "
                "give the address that ends in /v1"
            ) from error
        return text or "", reason in (None, "stop")
