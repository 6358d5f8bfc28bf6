"""The benchmarks run on tiny sizes, without peers, and say what they did not measure."""

import os
import subprocess
import sys

from relecture.core.study import ROOT


def test_the_benchmark_runs_without_peers(tmp_path):
    run = [sys.executable, str(ROOT / "benchmarks/audit.py"), "--small", "--out", str(tmp_path / "bench/audit.html")]
    done = subprocess.run(run, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "non mesuré" in done.stdout
    assert "non tenu  vecteurs" not in done.stdout
    assert "échantillons réels dits incohérents : 0 sur 20" in done.stdout
    page = (tmp_path / "bench/audit.html").read_text(encoding="utf-8")
    assert page.count("<table") == 3
    assert "aucun (non installés)" in page
    assert [path.name for path in (tmp_path / "bench").iterdir()] == ["audit.html"]


def test_the_benchmark_of_builds_runs_and_no_kill_harms_a_page(tmp_path):
    place, kills = ["--out", str(tmp_path / "bench/build.html")], "6" if os.environ.get("CI") else "2"
    run = [sys.executable, str(ROOT / "benchmarks/build.py"), "--small", "--rounds", "1", "--kills", kills, *place]
    done = subprocess.run(run, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    held = [line.split("  ")[0].strip() for line in map(str.strip, done.stdout.splitlines()[:-1])]
    assert held == ["non mesuré"] * 2 + ["mesuré"] + ["tenu"] * 6
    page = (tmp_path / "bench/build.html").read_text(encoding="utf-8")
    assert page.count("<table") == 2 and f"{kills} constructions tuées" in page
    assert [path.name for path in (tmp_path / "bench").iterdir()] == ["build.html"]


def test_the_benchmark_of_answers_runs(tmp_path):
    place = ["--out", str(tmp_path / "bench/answers.html")]
    run = [sys.executable, str(ROOT / "benchmarks/answers.py"), "--small", *place]
    done = subprocess.run(run, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "réponses" in (tmp_path / "bench/answers.html").read_text(encoding="utf-8").lower()


def test_the_peers_are_pinned_and_are_not_dependencies():
    pinned = (ROOT / "benchmarks/requirements.txt").read_text(encoding="utf-8").splitlines()
    assert all("==" in line or line.startswith("#") for line in pinned)
    assert {"scrutipy==0.1.12", "pysprite==1.2.1", "grim==0.1.10"} <= set(pinned)
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert not any(f"\n{name}==" in lock for name in ("scrutipy", "pysprite", "grim"))


def test_the_benchmark_of_respondents_runs(tmp_path):
    place = ["--out", str(tmp_path / "bench/respondents.html")]
    run = [sys.executable, str(ROOT / "benchmarks/respondents.py"), "--small", *place]
    done = subprocess.run(run, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("non mesuré") == 2
    assert (tmp_path / "bench/respondents.html").read_text(encoding="utf-8").count("<table") == 2


def test_the_benchmark_of_the_page_on_own_answers_runs(tmp_path):
    place = ["--out", str(tmp_path / "bench/own_page.html")]
    run = [sys.executable, str(ROOT / "benchmarks/own_page.py"), "--small", *place]
    done = subprocess.run(run, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("non mesuré") == 1 and "fichier refusé" in done.stdout
    assert (tmp_path / "bench/own_page.html").read_text(encoding="utf-8").count("<table") == 1
