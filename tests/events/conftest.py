"""The made-up streams of reports stand with the benchmarks, whose folder is put on the path here."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))
