"""What the benchmark of the HTTP API has too: warehouses, and large stores."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent / "http"))

import harness
import seed

__all__ = ["harness", "seed"]
