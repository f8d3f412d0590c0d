"""Files are whole or not there, and what was there before stays."""

from __future__ import annotations

import os
import resource
import signal
import stat
import threading
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from se_viz import files
from se_viz.files import WriteError, check, check_folder, replaced, write, write_json
from tests.test_terminal import needs_full

OLD, NEW = b"what was there", b"new" * 10_000
ROOT_USER = hasattr(os, "geteuid") and os.geteuid() == 0


@contextmanager
def room_for(size: int):
    """The system lets no file of this process grow beyond `size` bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


@pytest.fixture
def old(tmp_path) -> Path:
    path = tmp_path / "old.npz"
    path.write_bytes(OLD)
    return path


def test_a_file_is_written_and_replaced(old):
    write(old, NEW)
    assert old.read_bytes() == NEW
    write_json(old, {"class": "猫"})
    assert old.read_text() == '{\n "class": "\\u732b"\n}\n'
    assert list(old.parent.iterdir()) == [old]


@pytest.mark.parametrize("exists", [True, False])
def test_a_write_that_fails_names_the_file_and_leaves_what_was_there(old, exists):
    path = old if exists else old.with_name("new.npz")
    with room_for(len(NEW) // 2), pytest.raises(WriteError, match=f"^{path} cannot be written: .+"):
        write(path, NEW)
    assert [(p, p.read_bytes()) for p in old.parent.iterdir()] == [(old, OLD)]


def test_a_disk_that_is_full_only_when_asked_leaves_what_was_there(old, monkeypatch):
    def full(descriptor):
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(WriteError, match="No space left on device"):
        write(old, NEW)
    assert [(p, p.read_bytes()) for p in old.parent.iterdir()] == [(old, OLD)]


def test_a_disk_that_cannot_tell_is_trusted(old, monkeypatch):
    def unknown(descriptor):
        raise OSError(22, "Invalid argument")

    monkeypatch.setattr(os, "fsync", unknown)
    write(old, NEW)
    assert old.read_bytes() == NEW


@pytest.mark.parametrize("stop", [KeyboardInterrupt, ValueError])
def test_work_that_ends_early_leaves_what_was_there(old, stop):
    def work():
        with replaced(old) as file:
            file.write(NEW)
            raise stop

    with pytest.raises(stop):
        work()
    assert [(p, p.read_bytes()) for p in old.parent.iterdir()] == [(old, OLD)]


def test_numpy_writes_there(old):
    with replaced(old) as file:
        np.savez(file, a=np.arange(3))
    with np.load(old) as found:
        assert found["a"].tolist() == [0, 1, 2]


def test_permissions_are_those_of_any_new_file_or_of_the_one_before(old):
    fresh, plain = old.with_name("fresh"), old.with_name("plain")
    plain.write_bytes(b"")
    write(fresh, NEW)
    assert stat.S_IMODE(fresh.stat().st_mode) == stat.S_IMODE(plain.stat().st_mode)
    old.chmod(0o640)
    write(old, NEW)
    assert stat.S_IMODE(old.stat().st_mode) == 0o640


def test_a_link_is_followed(old):
    link = old.with_name("link")
    link.symlink_to(old)
    write(link, NEW)
    assert link.is_symlink()
    assert old.read_bytes() == NEW
    link.unlink()
    link.symlink_to(old.with_name("not yet"))
    write(link, NEW)
    assert old.with_name("not yet").read_bytes() == NEW


def test_pipes_and_devices_are_written_to_as_they_are(tmp_path):
    pipe, got = tmp_path / "pipe", []
    os.mkfifo(pipe)
    check(pipe)
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()
    write(pipe, NEW)
    reader.join()
    assert got == [NEW]
    check(Path(os.devnull))
    write(os.devnull, NEW)
    assert not Path(os.devnull).is_file()


@needs_full
def test_a_device_that_is_full_is_named():
    with pytest.raises(WriteError, match=r"^/dev/full cannot be .*: No space left on device\.$"):
        write("/dev/full", NEW)


def test_what_can_be_written_is_found_out_before_and_nothing_is_left(old):
    for path in (old.with_name("new"), old.with_name("n" * 255)):
        check(path, [old])
    check(old, force=True)
    check_folder(old.parent)
    check_folder(old.parent / "a" / "b")
    assert list(old.parent.iterdir()) == [old]


def linked(old: Path) -> list[Path]:
    """Other names of the same file."""
    soft, hard = old.with_name("soft"), old.with_name("hard")
    soft.symlink_to(old)
    os.link(old, hard)
    return [soft, hard, old.parent / "." / old.name, old.parent / ".." / old.parent.name / old.name]


@pytest.mark.parametrize("force", [True, False])
def test_what_is_read_is_never_written_to_by_any_name(old, force):
    for path in [old, *linked(old)]:
        with pytest.raises(ValueError, match="is read here, so it is not written to"):
            check(path, [Path("other"), old], force)


def test_a_file_that_is_there_takes_force(old):
    for path in [old, *linked(old)]:
        with pytest.raises(ValueError, match=f"{path.name} is there already; --force replaces it"):
            check(path)
        check(path, force=True)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "is a folder, not a file to write to"),
        ("none/new", "There is no folder .*none to write to"),
        ("old.npz/new", "There is no folder .*old.npz to write to"),
        ("n" * 256, "cannot be written: File name too long"),
        ("loop", "cannot be written: Too many levels of symbolic links"),
    ],
)
def test_what_cannot_be_written_is_said_with_the_reason(old, name, said):
    (old.parent / "loop").symlink_to(old.parent / "loop")
    with pytest.raises((ValueError, WriteError), match=said):
        check(old.parent / name, force=True)


@pytest.mark.skipif(ROOT_USER, reason="root may write everywhere")
def test_a_folder_or_file_that_may_only_be_read_is_named(old):
    old.chmod(0o444)
    with pytest.raises(WriteError, match="it may only be read"):
        check(old, force=True)
    old.parent.chmod(0o555)
    for look in (check, check_folder):
        with pytest.raises(WriteError, match="Permission denied"):
            look(old.parent / "new")
    old.parent.chmod(0o755)


def test_a_folder_that_takes_no_file_is_named(tmp_path, monkeypatch):
    def no(self, **options):
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(files.Path, "touch", no)
    for look in (check, check_folder):
        with pytest.raises(WriteError, match="cannot be written: Read-only file system"):
            look(tmp_path / "new")


def test_a_file_is_no_folder(old):
    with pytest.raises(ValueError, match="is a file, not a folder"):
        check_folder(old)
    with pytest.raises(WriteError, match="Not a directory"):
        check_folder(old / "run")
