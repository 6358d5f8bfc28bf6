"""The benchmark of texts runs on tiny sizes, and does not call held what it did not measure."""

import subprocess
import sys

from relecture.core.study import ROOT


def test_the_benchmark_of_texts_runs(tmp_path):
    run = [sys.executable, str(ROOT / "benchmarks/text.py"), "--small", "--out", str(tmp_path / "bench/text.html")]
    done = subprocess.run(run, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    lines = [line.replace("\u202f", " ") for line in done.stdout.splitlines()]
    assert [line.split("  ")[0] for line in map(str.strip, lines[:4])] == ["non mesuré", "non mesuré", "tenu", "mesuré"]
    assert "croissance, de 200 à 400 segments" in lines[3]
    page = (tmp_path / "bench/text.html").read_text(encoding="utf-8")
    assert page.count("<table ") == 3
    assert [path.name for path in (tmp_path / "bench").iterdir()] == ["text.html"]
