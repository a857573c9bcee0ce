"""The fuser's weights on disk: int8 with one scale a row, in safetensors, a quarter of float32.

A row keeps its largest value exactly and the others to 1/127 of it, half a step off at most. There is nothing to run in
these files: no pickle is written, and none is read.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from summarizer.errors import ModelError

if TYPE_CHECKING:
    from torch import Tensor

#: Value of ``stored`` in config.json of weights in this form.
INT8_ROWS: Final = "int8-rows"
_SCALE: Final = ".scale"
_MOST: Final = 127
#: Smaller tensors stay as they are: together under 1 % of the file.
_LEAST: Final = 4096


def quantise(weights: dict[str, Tensor]) -> dict[str, Tensor]:
    """Turn matrices into int8 rows and scales; symmetric, to the nearest.

    :param weights: float32 by name.
    :return: int8 of shape (n, m) under the same name, float32 scales of shape (n,) under ``NAME.scale``; vectors and
        small matrices unchanged.
    """
    import torch

    stored: dict[str, Tensor] = {}
    for name, weight in weights.items():
        if weight.ndim != 2 or weight.numel() < _LEAST:
            stored[name] = weight.contiguous()
            continue
        scale = weight.abs().amax(dim=1).clamp_min(1e-12) / _MOST
        stored[name] = (weight / scale[:, None]).round().clamp(-_MOST, _MOST).to(torch.int8)
        stored[name + _SCALE] = scale
    return stored


def dequantise(stored: dict[str, Tensor]) -> dict[str, Tensor]:
    """Undo :func:`quantise`, up to rounding."""
    import torch

    weights = {}
    for name, value in stored.items():
        if name.endswith(_SCALE):
            continue
        weights[name] = value.float().mul_(stored[name + _SCALE][:, None]) if value.dtype == torch.int8 else value
    return weights


def read_weights(path: Path) -> dict[str, Tensor]:
    """Read weights of either form as float32.

    :param path: ``model.safetensors``.
    :raises ModelError: if it is missing or no such file.
    """
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    try:
        return dequantise(load_file(path))
    except (OSError, SafetensorError, KeyError) as error:
        raise ModelError(
            f"{path} cannot be read as weights of a fuser: {error}; pip install --force-reinstall crossbrief, or make "
            "them with python -m summarizer.training fuser"
        ) from error


def write_weights(weights: dict[str, Tensor]) -> bytes:
    """Give the content of ``model.safetensors`` in int8 rows."""
    from safetensors.torch import save

    # One entry: safetensors writes several in an order of its own each time.
    return save(quantise(weights), metadata={"format": "pt"})
