"""The packaged sentence encoder as an ONNX graph: a sentence in and a unit vector out; and how such graphs are written.

One input a run. A graph is written operator by operator in standard ONNX instead of being traced from torch, so its
bytes depend on the weights, numpy and onnx alone, and it is what the library needs and no more: pooling inside, no
padding and no mask.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import onnx

Weights = dict[str, NDArray[np.float32]]

GRAPH_NAME: Final = "all-MiniLM-L6-v2"
LAYERS: Final = 6
HEADS: Final = 12
WIDTH: Final = 384
MAX_WORD_PIECES: Final = 256

#: 7 of the 8 bits: processors without VNNI add pairs of uint8 * int8 products in 16 bits, and 2 * 255 * 63 still fits;
#: with 8 bits such sums saturate and vectors differ between processors. It costs little: cosine to float32 .992 against
#: .993, rank correlation on headlines .810 against .809, adjusted Rand index .927 against .930.
WEIGHT_LEVELS: Final = 63
#: Table rows are only looked up, never multiplied in integers.
TABLE_LEVELS: Final = 127

_PROJECTIONS: Final = ("query", "key", "value")


class Graph:
    """Collects operators and constants of an ONNX graph; names count up, so the same calls give the same bytes.

    :param levels: whole multiples of a step that a weight may be on either side of zero, at most 63.
    """

    def __init__(self, levels: int = WEIGHT_LEVELS) -> None:
        self.levels = levels
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, value: Any) -> str:  # noqa: ANN401
        """Add a constant and give its name."""
        from onnx import numpy_helper

        name = f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value).reshape(np.shape(value)), name))
        return name

    def add(self, operator: str, *inputs: str, outputs: int = 1, **attributes: Any) -> Any:  # noqa: ANN401
        """Add an operator and give the name of its output, or the names if it has several."""
        from onnx import helper

        names = [f"n{len(self.nodes)}_{i}" for i in range(outputs)]
        self.nodes.append(helper.make_node(operator, list(inputs), names, **attributes))
        return names[0] if outputs == 1 else names

    def linear(self, x: str, weight: NDArray[np.float32], bias: NDArray[np.float32]) -> str:
        """Multiply in integers: weights quantised per output, activations by the range of this one run.

        onnxruntime fuses the five operators into one kernel when it loads the graph.

        :param x: name of a float tensor of shape (tokens, k).
        :param weight: shape (n, k), as torch stores it.
        :param bias: shape (n,).
        """
        from onnx import TensorProto

        quantised, scales = quantise_rows(weight, self.levels)
        levels, step, zero = self.add("DynamicQuantizeLinear", x, outputs=3)
        product = self.add("MatMulInteger", levels, self.constant(quantised.T), zero)
        scale = self.add("Mul", step, self.constant(scales))
        scaled = self.add("Mul", self.add("Cast", product, to=TensorProto.FLOAT), scale)
        return str(self.add("Add", scaled, self.constant(bias)))

    def normalise(self, x: str, weights: Weights, name: str, epsilon: float = 1e-12) -> str:
        """Add a layer normalisation."""
        scale, shift = self.constant(weights[f"{name}.weight"]), self.constant(weights[f"{name}.bias"])
        return str(self.add("LayerNormalization", x, scale, shift, axis=-1, epsilon=epsilon))


def quantise_rows(matrix: NDArray[np.float32], levels: int) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Round each row to whole multiples of its own step, symmetrically about zero.

    :param matrix: shape (n, k).
    :param levels: most multiples on either side, at most 127.
    :return: multiples, shape (n, k), in [-levels, levels]; steps, shape (n,).
    """
    largest = np.abs(matrix).max(axis=1)
    steps = np.where(largest > 0, largest / levels, 1).astype(np.float32)
    return np.rint(matrix / steps[:, None]).clip(-levels, levels).astype(np.int8), steps


def build_graph(weights: Weights) -> bytes:
    """Write the encoder as an ONNX graph from ``word_pieces``, int64 (tokens,), to ``vector``, float32 (384,).

    :param weights: the tensors of all-MiniLM-L6-v2, by their names in model.safetensors.
    :return: the serialised model.
    """
    from onnx import TensorProto, helper

    graph = Graph()
    x = _embeddings(graph, weights)
    for layer in range(LAYERS):
        x = _layer(graph, x, weights, f"encoder.layer.{layer}.")
    mean = graph.add("ReduceMean", x, graph.constant(np.array([0])), keepdims=0)
    graph.nodes.append(helper.make_node("LpNormalization", [mean], ["vector"], axis=-1, p=2))
    inputs = [helper.make_tensor_value_info("word_pieces", TensorProto.INT64, ["tokens"])]
    return finish(graph, GRAPH_NAME, inputs, helper.make_tensor_value_info("vector", TensorProto.FLOAT, [WIDTH]))


def finish(graph: Graph, name: str, inputs: list[onnx.ValueInfoProto], output: onnx.ValueInfoProto) -> bytes:
    """Write a graph as a model that every onnxruntime since 1.20 reads."""
    from onnx import checker, helper

    model = helper.make_model(
        helper.make_graph(graph.nodes, name, inputs, [output], graph.constants),
        # Version 20 has Gelu; both versions are read by every onnxruntime since 1.20.
        opset_imports=[helper.make_opsetid("", 20)],
        ir_version=10,
    )
    checker.check_model(model)
    return bytes(model.SerializeToString(deterministic=True))


def _embeddings(graph: Graph, weights: Weights) -> str:
    """Look up word pieces, and add positions and the one segment."""
    from onnx import TensorProto

    rows, steps = quantise_rows(weights["embeddings.word_embeddings.weight"], TABLE_LEVELS)
    levels = graph.add("Cast", graph.add("Gather", graph.constant(rows), "word_pieces"), to=TensorProto.FLOAT)
    words = graph.add("Mul", levels, graph.add("Gather", graph.constant(steps[:, None]), "word_pieces"))
    kinds = weights["embeddings.token_type_embeddings.weight"]
    positions = weights["embeddings.position_embeddings.weight"][:MAX_WORD_PIECES] + kinds[0]
    length = graph.add("Shape", "word_pieces")
    places = graph.add("Slice", graph.constant(positions), graph.constant(np.array([0])), length)
    return graph.normalise(graph.add("Add", words, places), weights, "embeddings.LayerNorm")


def _layer(graph: Graph, x: str, weights: Weights, prefix: str) -> str:
    """Add one transformer layer: attention in float32, the rest in integers."""
    attention = f"{prefix}attention.self."
    parts = {kind: (weights[f"{attention}{kind}.weight"], weights[f"{attention}{kind}.bias"]) for kind in _PROJECTIONS}
    # Attention divides by the root of the width of a head; doing so in the weights saves an operator a layer.
    root = np.float32((WIDTH // HEADS) ** -0.5)
    parts["query"] = (parts["query"][0] * root, parts["query"][1] * root)
    joined = graph.linear(
        x,
        np.concatenate([parts[kind][0] for kind in _PROJECTIONS]),
        np.concatenate([parts[kind][1] for kind in _PROJECTIONS]),
    )
    split = graph.add("Split", joined, graph.constant(np.array([WIDTH] * 3)), outputs=3, axis=-1)
    heads = graph.constant(np.array([0, HEADS, WIDTH // HEADS]))
    query, key, value = (
        graph.add("Transpose", graph.add("Reshape", part, heads), perm=perm)
        for part, perm in zip(split, ([1, 0, 2], [1, 2, 0], [1, 0, 2]), strict=True)
    )
    attended = graph.add("MatMul", graph.add("Softmax", graph.add("MatMul", query, key), axis=-1), value)
    merged = graph.add(
        "Reshape", graph.add("Transpose", attended, perm=[1, 0, 2]), graph.constant(np.array([0, WIDTH]))
    )
    x = _sublayer(graph, merged, x, weights, f"{prefix}attention.output.")
    inner = f"{prefix}intermediate.dense."
    wide = graph.add("Gelu", graph.linear(x, weights[f"{inner}weight"], weights[f"{inner}bias"]))
    return _sublayer(graph, wide, x, weights, f"{prefix}output.")


def _sublayer(graph: Graph, x: str, residual: str, weights: Weights, prefix: str) -> str:
    projected = graph.linear(x, weights[f"{prefix}dense.weight"], weights[f"{prefix}dense.bias"])
    return graph.normalise(graph.add("Add", projected, residual), weights, f"{prefix}LayerNorm")
