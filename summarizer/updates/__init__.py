"""Following a story: what new articles add to what was known, and the file that keeps what is known.

documents, seen = skip_seen(documents, state)
material = ...                                  # of the new documents, as for any briefing
novelty = find_new(material, state)             # only sentences of novelty.eligible are chosen from
update = make_update(novelty, salience, seen=seen, compare=compare)
write_state(path, make_state(summary, material, state))
"""

from summarizer.updates.copies import skip_seen
from summarizer.updates.novelty import Novelty, find_new
from summarizer.updates.remember import make_state
from summarizer.updates.state import KnownSentences, SeenArticle, State, Told
from summarizer.updates.stored import read_state, state_of, write_state
from summarizer.updates.update import make_update, nothing_new

__all__ = [
    "KnownSentences",
    "Novelty",
    "SeenArticle",
    "State",
    "Told",
    "find_new",
    "make_state",
    "make_update",
    "nothing_new",
    "read_state",
    "skip_seen",
    "state_of",
    "write_state",
]
