"""The cross-encoder as an ONNX graph: two sentences in, the odds of its classes out; see ``encoder_graph``."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from summarizer.comparison.cross_encoder import WINDOW
from summarizer.training.encoder_graph import TABLE_LEVELS, WEIGHT_LEVELS, Graph, Weights, finish, quantise_rows

#: The width of one head of MPNet, of any size.
HEAD: Final = 64
#: Where they are coarse, whole multiples of a step that a weight, and a number of the table of words, may be on either
#: side of zero: packed, such a graph takes 46 MB in the place of 65.
COARSE_LEVELS: Final = 15
_EPSILON: Final = 1e-5
#: Two windows, and what begins, parts and ends them.
LONGEST: Final = 2 * WINDOW + 3
#: Positions of MPNet begin behind the number that it gives to padding.
_FIRST_POSITION: Final = 2
#: Word pieces of BERT's vocabulary that MPNet has at other numbers than four further on.
_MOVED: Final = {0: 1, 100: 3, 101: 0, 102: 2, 103: 30526}
_SHIFT: Final = 4
N_PIECES: Final = 30522
#: Distances from which on the attention of MPNet tells no two apart.
_FAR: Final = 128


def place_of(piece: int) -> int:
    """Give the row of MPNet's table for a word piece of BERT: both have one vocabulary."""
    return _MOVED.get(piece, piece + _SHIFT)


def build_pair_graph(weights: Weights, name: str, *, coarse: bool = False) -> bytes:
    """Write a cross-encoder as an ONNX graph from two sentences, joined, to the odds of its classes.

    Its inputs are ``word_pieces``, int64 (tokens,), of BERT's vocabulary, and ``marks``, int64 (m,): the places whose
    states are laid side by side. Its output is ``odds``, float32 (classes,), before the softmax.

    :param weights: the tensors of an MPNet of any number of layers, by their names in transformers, and
        ``classes.weight`` (classes, m * width) with ``classes.bias`` (classes,).
    :param name: of the graph.
    :param coarse: round to :data:`COARSE_LEVELS`, as suits weights that were trained so.
    :return: the serialised model.
    """
    from onnx import TensorProto, helper

    graph = Graph(COARSE_LEVELS if coarse else WEIGHT_LEVELS)
    x = _embeddings(graph, weights, COARSE_LEVELS if coarse else TABLE_LEVELS)
    bias = _distances(graph, weights["encoder.relative_attention_bias.weight"])
    for layer in range(layers_of(weights)):
        x = _layer(graph, x, bias, weights, f"encoder.layer.{layer}.")
    states = graph.add("Reshape", graph.add("Gather", x, "marks"), graph.constant(np.array([1, -1])))
    product = graph.add("MatMul", states, graph.constant(weights["classes.weight"].T))
    odds = graph.add("Reshape", product, graph.constant(np.array([-1])))
    graph.nodes.append(helper.make_node("Add", [odds, graph.constant(weights["classes.bias"])], ["odds"]))
    inputs = [
        helper.make_tensor_value_info("word_pieces", TensorProto.INT64, ["tokens"]),
        helper.make_tensor_value_info("marks", TensorProto.INT64, ["marked"]),
    ]
    classes = len(weights["classes.bias"])
    return finish(graph, name, inputs, helper.make_tensor_value_info("odds", TensorProto.FLOAT, [classes]))


def layers_of(weights: Weights) -> int:
    """Count the layers of a transformer."""
    return 1 + max(int(name.split(".")[2]) for name in weights if name.startswith("encoder.layer."))


def buckets(longest: int = LONGEST, n_buckets: int = 32) -> NDArray[np.int64]:
    """Give the bucket of each distance from -(longest - 1) to longest - 1: half of them for what stands behind.

    As MPNet numbers them (Raffel et al. 2020): each of the nearest distances has its own, further ones share them by
    their logarithm.

    :return: shape (2 * longest - 1,), in [0, n_buckets).
    """
    found = []
    half = n_buckets // 2
    near = half // 2
    for distance in range(1 - longest, longest):
        away = abs(distance)
        if away >= near:
            # The logarithm in float32, as torch takes it: it decides at the edges.
            share = np.log(np.float32(away) / np.float32(near)) / np.float32(math.log(_FAR / near))
            away = min(near + int(np.float32(share) * np.float32(half - near)), half - 1)
        found.append(away + half * (distance > 0))
    return np.array(found, dtype=np.int64)


def _embeddings(graph: Graph, weights: Weights, levels: int) -> str:
    """Look up word pieces and add positions."""
    from onnx import TensorProto

    table = weights["embeddings.word_embeddings.weight"][[place_of(piece) for piece in range(N_PIECES)]]
    rows, steps = quantise_rows(table, levels)
    whole = graph.add("Cast", graph.add("Gather", graph.constant(rows), "word_pieces"), to=TensorProto.FLOAT)
    words = graph.add("Mul", whole, graph.add("Gather", graph.constant(steps[:, None]), "word_pieces"))
    positions = weights["embeddings.position_embeddings.weight"][_FIRST_POSITION : _FIRST_POSITION + LONGEST]
    length = graph.add("Shape", "word_pieces")
    places = graph.add("Slice", graph.constant(positions), graph.constant(np.array([0])), length)
    return graph.normalise(graph.add("Add", words, places), weights, "embeddings.LayerNorm", _EPSILON)


def _distances(graph: Graph, table: NDArray[np.float32]) -> str:
    """Give what each distance adds to the attention of each head, shape (heads, tokens, tokens); of all layers."""
    by_distance = table[buckets()].T
    places = np.arange(LONGEST)
    numbers = (places[None, :] - places[:, None] + LONGEST - 1).astype(np.int32)
    length = graph.add("Shape", "word_pieces")
    square = graph.add("Concat", length, length, axis=0)
    cut = graph.add("Slice", graph.constant(numbers), graph.constant(np.array([0, 0])), square)
    return str(graph.add("Gather", graph.constant(by_distance), cut, axis=1))


def _layer(graph: Graph, x: str, bias: str, weights: Weights, prefix: str) -> str:
    """Add one transformer layer: attention in float32, the rest in integers."""
    attention = f"{prefix}attention.attn."
    parts = {kind: (weights[f"{attention}{kind}.weight"], weights[f"{attention}{kind}.bias"]) for kind in "qkv"}
    width = len(parts["q"][1])
    # Attention divides by the root of the width of a head; doing so in the weights saves an operator a layer.
    root = np.float32(HEAD**-0.5)
    parts["q"] = (parts["q"][0] * root, parts["q"][1] * root)
    joined = graph.linear(
        x, np.concatenate([w for w, _ in parts.values()]), np.concatenate([b for _, b in parts.values()])
    )
    split = graph.add("Split", joined, graph.constant(np.array([width] * 3)), outputs=3, axis=-1)
    heads = graph.constant(np.array([0, width // HEAD, HEAD]))
    query, key, value = (
        graph.add("Transpose", graph.add("Reshape", part, heads), perm=perm)
        for part, perm in zip(split, ([1, 0, 2], [1, 2, 0], [1, 0, 2]), strict=True)
    )
    scores = graph.add("Add", graph.add("MatMul", query, key), bias)
    attended = graph.add("MatMul", graph.add("Softmax", scores, axis=-1), value)
    merged = graph.add(
        "Reshape", graph.add("Transpose", attended, perm=[1, 0, 2]), graph.constant(np.array([0, width]))
    )
    projected = graph.linear(merged, weights[f"{attention}o.weight"], weights[f"{attention}o.bias"])
    x = graph.normalise(graph.add("Add", projected, x), weights, f"{prefix}attention.LayerNorm", _EPSILON)
    inner, outer = f"{prefix}intermediate.dense.", f"{prefix}output.dense."
    wide = graph.add("Gelu", graph.linear(x, weights[f"{inner}weight"], weights[f"{inner}bias"]))
    narrow = graph.linear(wide, weights[f"{outer}weight"], weights[f"{outer}bias"])
    return graph.normalise(graph.add("Add", narrow, x), weights, f"{prefix}output.LayerNorm", _EPSILON)
