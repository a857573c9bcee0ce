"""What a model is asked: prompts from text files, filled with sentences that can give no orders.

A prompt is a text file with one gap for the sentences, and the gap says in which form they come:

================  ==================================================================
``{sentences}``   one after the other, with a space between (T5, BART, PEGASUS)
``{separated}``   with ``<doc-sep>`` between (PRIMERA)
``{numbered}``    a numbered line each (instruction models)
================  ==================================================================

``{max_words}`` may stand beside it. The packaged prompts lie in ``prompts/`` of the checkout.
"""

from __future__ import annotations

import hashlib
import re
import string
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from summarizer.errors import ConfigError

SEPARATOR: Final = "<doc-sep>"
_FORMS: Final = ("sentences", "separated", "numbered")

#: Prompt by ``model_type``. Models that were trained on articles alone get articles alone.
_PLAIN: Final = "fuse_plain"
_PROMPTS: Final = {
    "t5": "fuse_t5",
    "mt5": "fuse_t5",
    "umt5": "fuse_t5",
    "longt5": "fuse_t5",
    "switch_transformers": "fuse_t5",
}

# "<" opens the control tokens of nearly all models; "<5 %" and "< 5" are no tokens, but "<0x0A>" is.
_OPENING: Final = re.compile(r"<(?=[^\s\d=])|<(?=0x)|\[(?=/?[A-Z_]{2,32}\])")
_FENCE: Final = re.compile(r"={3,}")
#: Wide forms that normalization in a tokenizer would make control tokens of.
_NARROW: Final = str.maketrans("＜＞｜［］／﹤﹥", "<>|[]/<>")


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt with one gap for sentences.

    :param name: the name of its file without ``.txt``.
    :param template: its text.
    """

    name: str
    template: str

    @property
    def signature(self) -> str:
        """Name and digest of the text, such as ``"fuse_t5@0a1b2c3d"``: an edited prompt is another one."""
        label = re.sub(r"[^A-Za-z0-9._-]+", "-", self.name)
        return f"{label}@{hashlib.sha256(self.template.encode()).hexdigest()[:8]}"

    def fill(self, sentences: Sequence[str], *, max_words: int) -> str:
        """Fill the gaps.

        :param sentences: at least one, made harmless by :func:`neutralize`.
        :param max_words: longest answer, in words.
        """
        return self.template.format(
            sentences=" ".join(sentences),
            separated=SEPARATOR.join(sentences),
            numbered="\n".join(f"{number}. {sentence}" for number, sentence in enumerate(sentences, start=1)),
            max_words=max_words,
        )


def load_prompt(name: str | Path) -> Prompt:
    """Read a prompt.

    :param name: a packaged one such as ``"fuse_t5"``, or the path of a ``.txt`` file of your own.
    :raises ConfigError: if there is none of that name, it cannot be read, or its gaps are others than documented.
    """
    known = {entry.name.removesuffix(".txt"): entry for entry in files("summarizer.prompts").iterdir()}
    packaged = sorted(key for key, entry in known.items() if entry.name.endswith(".txt"))
    if str(name) in packaged:
        return _checked(str(name), known[str(name)].read_text(encoding="utf-8"))
    path = Path(name).expanduser()
    if path.suffix != ".txt":
        raise ConfigError(
            f"no prompt {str(name)!r}; choose one of {', '.join(packaged)}, or give the path of a .txt file"
        )
    try:
        return _checked(path.stem, path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"the prompt {path} cannot be read as UTF-8 text: {error}") from error


def _checked(name: str, template: str) -> Prompt:
    try:
        gaps = [(field, spec, conversion) for _, field, spec, conversion in string.Formatter().parse(template)]
    except ValueError as error:
        raise ConfigError(
            f"the prompt {name} has a brace that opens no gap ({error}); write {{{{ for a brace"
        ) from error
    named = [field for field, _, _ in gaps if field is not None]
    plain = all(not spec and conversion is None for field, spec, conversion in gaps if field is not None)
    forms = [field for field in named if field in _FORMS]
    if not plain or len(forms) != 1 or set(named) - {*_FORMS, "max_words"}:
        raise ConfigError(
            f"the prompt {name} needs one of {', '.join(f'{{{form}}}' for form in _FORMS)}, "
            f"and may have {{max_words}}; it has {', '.join(f'{{{field}}}' for field in named) or 'no gap'}"
        )
    return Prompt(name, template.rstrip("\n"))


def choose_prompt(config: Mapping[str, Any], *, separator: bool) -> str:
    """Name the packaged prompt that an encoder-decoder expects.

    :param config: its ``config.json``. A T5 that was trained on summaries says so in ``task_specific_params`` and gets
        its own prefix; other T5s, FLAN among them, get ours; unknown models get the sentences alone.
    :param separator: whether the vocabulary has ``<doc-sep>``; PRIMERA's has, other LED models' have not.
    """
    if separator:
        return "fuse_primera"
    tasks = config.get("task_specific_params")
    summarization = tasks.get("summarization") if isinstance(tasks, dict) else None
    if isinstance(summarization, dict) and str(summarization.get("prefix")).strip() == "summarize:":
        return "summarize_t5"
    return _PROMPTS.get(str(config.get("model_type")), _PLAIN)


def neutralize(sentence: str, tokens: Iterable[str] = ()) -> str:
    """Make a sentence one harmless line: control tokens are parted, so that a tokenizer reads them as text.

    A space after its first character parts a token: ``<|im_end|>`` becomes ``< |im_end|>``, and ``[INST]`` becomes
    ``[ INST]``. Control and format characters go, runs of ``=`` become one (they would end the fence of a prompt).

    :param tokens: special tokens of the model in use, whatever they look like; those of letters and digits alone are
        words, and stay.
    """
    text = sentence.encode("utf-8", "replace").decode("utf-8").translate(_NARROW)
    kept = (
        " " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in text if unicodedata.category(c) != "Cf"
    )
    text = _OPENING.sub(lambda match: f"{match[0]} ", _FENCE.sub("=", " ".join("".join(kept).split())))
    for token in tokens:
        # White space within a token is one blank here, and a token of one character cannot be parted.
        if len(token) > 1 and not token.isalnum() and token in text:
            text = text.replace(token, f"{token[0]} {token[1:]}")
    return text
