"""What people use instead to find the events of a stream: one pass over TF-IDF, and communities of sentence vectors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.events.stream import Told

#: Words of an article that the encoder is given: it reads 256 word pieces and leaves the others out.
_WORDS: Final = 180
_HOURS: Final = 36
#: Thresholds that are tried on the stream for training.
THRESHOLDS: Final = tuple(round(0.05 * step, 2) for step in range(2, 19))


class SinglePass:
    """Articles in the order of time; each goes to the nearest event of the last 36 hours, or begins one.

    The cosine is to the centroid of the event, or to its nearest article. The document frequencies are those of the
    whole stream, which a real single pass does not have.
    """

    def __init__(self, stream: Sequence[Told], *, to: str) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer

        self._stream = sorted(stream, key=lambda one: (one.at, one.id))
        texts = [f"{one.title or ''}\n{one.text}" for one in self._stream]
        rows = TfidfVectorizer(stop_words="english", sublinear_tf=True).fit_transform(texts)
        self._cosines = np.asarray((rows @ rows.T).todense())
        self._to = to

    def __call__(self, threshold: float) -> dict[str, str]:
        """Give article to event."""
        n = len(self._stream)
        hours = np.array([one.at.timestamp() / 3600 for one in self._stream])
        event = np.zeros(n, dtype=np.int64)
        squares, latest = np.zeros(n), np.full(n, -np.inf)
        n_events = 0
        for row in range(n):
            own = self._cosines[row, :row]
            dots = np.bincount(event[:row], weights=own, minlength=n)
            if self._to == "article":
                near = np.zeros(n)
                np.maximum.at(near, event[:row], own)
            else:
                near = dots / np.sqrt(np.maximum(squares, 1e-9))
            near[(latest < hours[row] - _HOURS) | (np.arange(n) >= n_events)] = -1
            best = int(np.argmax(near))
            if near[best] < threshold:
                best = n_events
                n_events += 1
            event[row], latest[best] = best, hours[row]
            squares[best] += 2 * dots[best] + 1
        return {one.id: str(number) for one, number in zip(self._stream, event.tolist(), strict=True)}


class Communities:
    """sentence-transformers' ``community_detection`` over vectors of the packaged encoder.

    It knows no time, so all articles of the stream are compared.
    """

    def __init__(self, stream: Sequence[Told]) -> None:
        from summarizer.embedding import MiniLMEmbedder

        self._ids = [one.id for one in stream]
        texts = [" ".join(f"{one.title or ''} {one.text}".split()[:_WORDS]) for one in stream]
        self._vectors: NDArray[np.float32] = np.asarray(MiniLMEmbedder().encode(texts), dtype=np.float32)

    def __call__(self, threshold: float) -> dict[str, str]:
        """Give article to event, those in no community left out."""
        import torch
        from sentence_transformers.util import community_detection

        torch.set_num_threads(1)
        found = community_detection(torch.from_numpy(self._vectors), threshold=threshold, min_community_size=2)
        return {self._ids[row]: str(number) for number, rows in enumerate(found) for row in rows}


def best_threshold(system: Any, known: Mapping[str, str], measure: Any) -> float:  # noqa: ANN401  two callables
    """Give the threshold with the highest sum of BCubed and pairwise F1, of equal ones the lower."""
    scores = [(measure(known, system(threshold)), threshold) for threshold in THRESHOLDS]
    return max(scores, key=lambda pair: (pair[0], -pair[1]))[1]
