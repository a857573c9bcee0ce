"""The recipe for Spark in docs/scale.md runs, and gives the briefings that this package gives alone."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.skipif(
        find_spec("pyspark") is None, reason="pyspark is not installed: pip install 'crossbrief[spark]'"
    ),
    pytest.mark.skipif(find_spec("pandas") is None, reason="pandas is not installed: pip install 'crossbrief[spark]'"),
    pytest.mark.skipif(shutil.which("java") is None, reason="there is no Java: Spark 4 needs 17 or newer"),
]
ROOT = Path(__file__).resolve().parents[1]
FIRE = (
    "A fire in the harbour of Ostend destroyed three warehouses on Monday night. Nobody was hurt, said Jan Peeters.",
    "Three warehouses burnt down in the harbour of Ostend on Monday night, the fire brigade said. Nobody was hurt.",
)


def recipe() -> str:
    """Give the code of the page, for a Spark of two threads in this machine."""
    (code,) = re.findall(r"```python spark\n(.*?)```", (ROOT / "docs" / "scale.md").read_text(encoding="utf-8"), re.S)
    local = '.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()'
    assert ".builder.getOrCreate()" in code
    return code.replace(".builder.getOrCreate()", local) + "\nspark.stop()\n"


def test_the_recipe_briefs_every_event(tmp_path: Path) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    from summarizer.scale import summarize_group

    talks = [
        {"event": "talks", "text": path.read_text(encoding="utf-8")} for path in sorted((ROOT / "seeds").glob("*.txt"))
    ]
    fire = [{"event": "fire", "text": text} for text in FIRE]
    broken = [{"event": "empty", "text": ""}]
    rows = [
        {**row, "id": f"a{number}", "published": "2025-06-10"} for number, row in enumerate([*talks, *fire, *broken])
    ]
    parquet.write_table(pa.Table.from_pylist(rows), tmp_path / "articles.parquet")
    (tmp_path / "recipe.py").write_text(recipe(), encoding="utf-8")
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "PYSPARK_PYTHON": sys.executable,
        "SPARK_LOCAL_IP": "127.0.0.1",
    }
    done = subprocess.run(
        [sys.executable, "recipe.py"], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found = {row["event"]: row for row in parquet.read_table(tmp_path / "briefings.parquet").to_pylist()}
    assert sorted(found) == ["empty", "fire", "talks"]
    for event in ("fire", "talks"):
        alone = summarize_group([row for row in rows if row["event"] == event])
        assert json.loads(found[event]["briefing"])["statements"] == alone["statements"]
        assert found[event]["failed"] is None
    assert found["empty"]["briefing"] is None
    assert found["empty"]["failed"]
