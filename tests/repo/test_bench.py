"""The benchmark runs on tiny sizes without its peers, and says what it did not measure."""

import subprocess
import sys

from relecture.study import ROOT


def test_the_benchmark_runs_without_peers(tmp_path):
    run = [sys.executable, str(ROOT / "benchmarks/audit.py"), "--small", "--out", str(tmp_path / "bench/audit.html")]
    done = subprocess.run(run, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "non mesuré" in done.stdout
    assert "non tenu  vecteurs" not in done.stdout
    assert "échantillons réels dits incohérents : 0 sur 20" in done.stdout
    page = (tmp_path / "bench/audit.html").read_text(encoding="utf-8")
    assert page.count("<table>") == 3
    assert "aucun (non installés)" in page
    assert [path.name for path in (tmp_path / "bench").iterdir()] == ["audit.html"]


def test_the_peers_are_pinned_and_are_not_dependencies():
    pinned = (ROOT / "benchmarks/requirements.txt").read_text(encoding="utf-8").splitlines()
    assert all("==" in line or line.startswith("#") for line in pinned)
    assert {"scrutipy==0.1.12", "pysprite==1.2.1", "grim==0.1.10"} <= set(pinned)
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert not any(f"\n{name}==" in lock for name in ("scrutipy", "pysprite", "grim"))
