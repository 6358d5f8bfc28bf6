"""Files read as text or YAML, and written whole or not at all, with no cell that a spreadsheet would run."""

from __future__ import annotations

import errno
import io
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from relecture.core.errors import InputError

_DEEPEST = 200  # lists and pairs within each other
_UNQUOTED = ("tag:yaml.org,2002:bool", "tag:yaml.org,2002:null")  # keys such as no or null, meant as words
_SLIPS = {  # what PyYAML says of the usual slips, and what they are
    "mapping values": "un « : » dans un texte, ou un retrait de trop : mettez le texte entre guillemets",
    "tab character": "une tabulation en tête de ligne : mettez des espaces",
    "cannot start": "un signe ou une tabulation en tête d'un texte : mettez-le entre guillemets",
    "alias": "une étoile en tête d'un texte : mettez-le entre guillemets",
    "quoted scalar": "un guillemet n'est pas fermé",
    "expected ','": "un crochet, une accolade ou une virgule manque",
    "block ": "un retrait autre que celui des lignes voisines, ou un texte après un guillemet fermé",
}
_RUN = re.compile(r"[\s'\u00ad\u200b-\u200d\u2060]*[=+\-@＝＋－＠]|'*[\t\r\n]")  # what a spreadsheet may run


class _Refused(yaml.MarkedYAMLError):
    """What YAML takes and we do not: a key written twice, of which it would keep the last; levels without end."""


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # in C where PyYAML has libyaml
    def flatten_mapping(self, node: yaml.MappingNode) -> None:
        """Check the keys as they are written, once: afterwards those that `<<` brings have joined them."""
        seen = set()
        for key in (key for key, _ in node.value if isinstance(key, yaml.ScalarNode) and not hasattr(node, "checked")):
            if key.tag in _UNQUOTED:
                raise _Refused(problem=f"clé « {key.value} » à mettre entre guillemets", problem_mark=key.start_mark)
            if key.value in seen:
                raise _Refused(problem=f"clé « {key.value} » répétée", problem_mark=key.start_mark)
            seen.add(key.value)
        node.checked = True
        super().flatten_mapping(node)


def read_yaml(path: Path) -> Any:
    """What a YAML file says; InputError, with the line, for what is not one or says a thing twice."""
    text = read_text(path)
    try:
        _check_depth(text)
        return yaml.load(text, _Loader)
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f", ligne {min(mark.line, text.rstrip().count(chr(10))) + 1}" if mark else ""
        reason = error.problem if isinstance(error, _Refused) else f"écriture YAML incorrecte{_advice(error)}"
        raise InputError([f"{path.name}{place} : {reason}"]) from error


def _advice(error: Exception) -> str:
    """What is usually at fault where PyYAML stumbles so, in brackets; nothing where that is not known."""
    told = f"{getattr(error, 'context', None)} {getattr(error, 'problem', None)}"
    return next((f" ({advice})" for words, advice in _SLIPS.items() if words in told), "")


def _check_depth(text: str) -> None:
    """Refuse what nests far beyond any data: libyaml composes lists and pairs in C, and would end the process."""
    depth = 0
    for event in yaml.parse(text, _Loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise _Refused(problem="beaucoup trop de niveaux", problem_mark=event.start_mark)


def lines(path: Path, places: Iterable[Sequence[Any]]) -> list[int]:
    """The line of each place of a YAML file, a place being the keys and ranks that lead to it from the top.

    A place that the file does not spell out, such as a merged key, has the line of what holds it.
    """
    root = yaml.compose(read_text(path), _Loader)
    return [_line(root, place) for place in places]


def _line(node: yaml.Node | None, place: Sequence[Any]) -> int:
    line = node.start_mark.line if node else 0
    for step in place:
        line, node = next((child for name, *child in _children(node) if name == str(step)), (line, None))
    return line + 1


def _children(node: yaml.Node | None) -> Iterator[tuple[str, int, yaml.Node]]:
    """Key or rank, line where it is written, and node, of each child."""
    if isinstance(node, yaml.MappingNode):
        yield from ((str(key.value), key.start_mark.line, value) for key, value in node.value)
    elif isinstance(node, yaml.SequenceNode):
        yield from ((str(rank), value.start_mark.line, value) for rank, value in enumerate(node.value))


def read_text(path: Path) -> str:
    """The text of a UTF-8 file, its mark left out; InputError, with the line, for one that cannot be read."""
    try:
        raw = path.read_bytes()
        return raw.decode("utf-8-sig")
    except FileNotFoundError as error:
        raise InputError([f"{path.name} : fichier absent"]) from error
    except OSError as error:
        raise InputError([f"{path.name} : ne peut pas être lu comme un fichier"]) from error
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise InputError([f"{path.name}, ligne {line} : le fichier n'est pas en UTF-8"]) from error


REASONS = {
    errno.EACCES: "accès refusé",
    errno.EDQUOT: "quota de disque atteint",
    errno.EEXIST: "un fichier porte déjà ce nom",
    errno.EISDIR: "un dossier porte déjà ce nom",
    errno.ENOENT: "fichier absent",
    errno.ENOSPC: "disque plein",
    errno.ENOTEMPTY: "un dossier porte déjà ce nom",
    errno.ENOTDIR: "une partie de ce chemin est un fichier",
    errno.EPERM: "accès refusé",
    errno.EROFS: "support en lecture seule",
    errno.ENAMETOOLONG: "nom trop long",
    errno.ELOOP: "lien qui mène à lui-même",
    errno.EMFILE: "trop de fichiers ouverts",
}


def reason(error: OSError) -> str:
    """What the system refuses, in French.

    >>> reason(PermissionError(errno.EACCES, "Permission denied"))
    'accès refusé'
    """
    return REASONS.get(error.errno, f"erreur n° {error.errno} du système")


def write(target: Path, content: str | bytes) -> None:
    """Write beside, then rename, text as UTF-8; InputError when it cannot be."""
    write_together({target: content})


def write_together(contents: Mapping[Path, str | bytes]) -> None:
    """Write files beside, then rename them once all are written: all are there, or none; InputError as for `write`."""
    parts = {target: target.with_name(f".{target.name}.{os.getpid()}.part") for target in contents}
    try:
        for target, part in parts.items():
            content = contents[target]
            part.write_bytes(content.encode() if isinstance(content, str) else content)
            if target.is_dir():
                raise IsADirectoryError(errno.EISDIR, "")
        for target, part in parts.items():
            os.replace(part, target)
    except OSError as error:
        for part in parts.values():
            remove(part)
        raise refusal(target, error) from error


def write_folder(folder: Path, texts: Mapping[str, str]) -> None:
    """Write a folder beside, a file a text by its name, then rename it: it is there whole or not at all.

    InputError when it cannot be, or is there already with files in it.
    """
    try:
        with TemporaryDirectory(dir=folder.parent, prefix=".") as part:
            (whole := Path(part, folder.name)).mkdir()
            for name, text in texts.items():
                write(whole / name, text)
            whole.rename(folder)
    except OSError as error:
        raise refusal(folder, error) from error


def steady_zip(content: bytes) -> bytes:
    """An Office document without its dates and with its parts by name: the same document gives the same bytes."""
    from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

    file = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as parts, ZipFile(file, "w") as steady:
        for name in sorted(parts.namelist()):  # the list of contents comes first, as readers expect
            part = parts.read(name)
            if name == "docProps/core.xml":
                part = re.sub(rb"(?<=>)\d{4}-\d\d-\d\dT[\d:]+Z(?=<)", b"2000-01-01T00:00:00Z", part)
            steady.writestr(ZipInfo(name), part, ZIP_DEFLATED)
    return file.getvalue()


def remove(path: Path) -> None:
    """Remove a file, or a folder with what it holds; nothing happens when there is none."""
    if path.is_dir() and not path.is_symlink():
        rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink(missing_ok=True)


def refusal(target: Path, error: OSError) -> InputError:
    """What to tell of a file or folder that could not be written."""
    why = "dossier absent" if error.errno == errno.ENOENT else reason(error)
    return InputError([f"« {target} » : écriture impossible ({why})"])


def guarded(cell: str) -> str:
    """A text that no spreadsheet runs as a formula: led by an apostrophe when it begins like one.

    >>> guarded("=1+1"), guarded("'=1"), guarded("Pau")
    ("'=1+1", "''=1", 'Pau')
    """
    return f"'{cell}" if _RUN.match(cell) else cell


def unguarded(cell: str) -> str:
    """The text that `guarded` was given.

    >>> unguarded("'=1+1"), unguarded("''=1"), unguarded("'Pau")
    ('=1+1', "'=1", "'Pau")
    """
    return cell[1:] if cell.startswith("'") and _RUN.match(cell[1:]) else cell
