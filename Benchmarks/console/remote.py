"""The console over a real SSH session: a server of its own on loopback, with keys of its own."""

import contextlib
import getpass
import os
import shlex
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

from measure import Samples, add_start, begin, move, scroll
from shared import harness
from stores import Unmeasured
from subjects import Subject, environment, new_home
from terminal import key

SERVER = shutil.which("sshd", path="/usr/sbin:/usr/local/sbin:" + os.environ.get("PATH", ""))
PACKET = 10
IDLE = 10


def make_key(file):
    """A key without a passphrase."""
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", file], check=True)


@contextlib.contextmanager
def privilege_folder():
    """The folder that sshd wants when root starts it; systemd makes it where a system's own sshd runs."""
    folder = Path("/run/sshd")
    if os.geteuid() != 0 or folder.exists():
        yield
        return
    folder.mkdir(mode=0o755)
    try:
        yield
    finally:
        folder.rmdir()


@contextlib.contextmanager
def server(folder):
    """Runs sshd on loopback until the block ends; gives its port."""
    if SERVER is None:
        raise Unmeasured("there is no sshd")
    host_key, user_key, keys = (os.path.join(folder, name) for name in ("host_key", "user_key", "authorized_keys"))
    make_key(host_key)
    make_key(user_key)
    shutil.copy(f"{user_key}.pub", keys)
    port = harness.free_port()
    settings = os.path.join(folder, "sshd_config")
    Path(settings).write_text(
        f"ListenAddress 127.0.0.1:{port}\n"
        f"HostKey {host_key}\n"
        f"PidFile {folder}/sshd.pid\n"
        f"AuthorizedKeysFile {keys}\n"
        f"AllowUsers {getpass.getuser()}\n"
        "AuthenticationMethods publickey\n"
        "PermitRootLogin prohibit-password\n"
        "AllowTcpForwarding no\n"
        "UsePAM no\n"
        "StrictModes no\n"
        "PrintMotd no\n"
        "PrintLastLog no\n"
    )
    log = os.path.join(folder, "sshd.log")
    with privilege_folder():
        process = subprocess.Popen([SERVER, "-D", "-f", settings, "-E", log], stdin=subprocess.DEVNULL)
        try:
            wait_for(port, process, log)
            yield port
        finally:
            process.terminate()
            process.wait(10)


def wait_for(port, process, log):
    """Waits until somebody listens."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return
        time.sleep(0.02)
    raise Unmeasured(f"sshd does not listen: {Path(log).read_text().strip()[-300:]}")


class Wire:
    """A proxy before the server that counts what passes."""

    def __init__(self, port):
        proxy = Path(__file__).resolve().parent / "proxy.py"
        pipe = subprocess.PIPE
        self.process = subprocess.Popen([sys.executable, proxy, str(port)], stdin=pipe, stdout=pipe, text=True)
        self.port = int(self.process.stdout.readline())

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.communicate()

    def counts(self):
        """The bytes so far: of the keyboard's side, and of the screen's."""
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return tuple(map(int, self.process.stdout.readline().split()))


def over_ssh(subject, folder, port):
    """The same program at the other end of a connection."""
    variables = f"HOME={shlex.quote(new_home(folder))} LC_ALL={subject.environment['LC_ALL']}"
    options = {
        "BatchMode": "yes",
        "HostKeyAlias": "mdw-bench",
        "IdentitiesOnly": "yes",
        "IdentityFile": os.path.join(folder, "user_key"),
        "StrictHostKeyChecking": "accept-new",
        "UserKnownHostsFile": os.path.join(folder, "known_hosts"),
        # Newer clients hide the times of keystrokes among packets that mean nothing, which would be counted too.
        "IgnoreUnknown": "ObscureKeystrokeTiming",
        "ObscureKeystrokeTiming": "no",
    }
    command = ["ssh", "-tt", "-q", "-F", "none", "-p", str(port), "-l", getpass.getuser()]
    for name, value in options.items():
        command += ["-o", f"{name}={value}"]
    command += ["127.0.0.1", f"exec env {variables} {shlex.join(subject.command)}"]
    return Subject(f"{subject.name} over ssh", tuple(command), environment(folder))


def run_directly(subject, samples):
    """Times without a proxy in between, which would add its own."""
    with begin(subject) as program:
        add_start(samples, program)
        samples.add_answers("move", move(program, PACKET))
        samples.add_answers("scroll", scroll(program))
        program.press(key("Home"))
        samples.add_answers("packet", [program.press(key("Down") * PACKET)])
        left = program.quit(b"q")
        if left is None:
            raise Unmeasured(f"{subject.name} did not quit")
        samples.add("quit.ms", left * 1000)


def run_counted(subject, wire, samples):
    """Bytes on the wire."""

    def count(figure, seconds, *presses):
        before = wire.counts()
        start = len(program.record)
        for data in presses:
            program.press(data)
        program.watch(seconds)
        counts = [now - then for then, now in zip(before, wire.counts(), strict=True)]
        share = max(1, len(presses))
        samples.add(f"{figure}.up", counts[0] / share)
        samples.add(f"{figure}.down", counts[1] / share)
        samples.add(f"{figure}.written", sum(len(data) for _, data in program.record[start:]) / share)

    before = wire.counts()
    with begin(subject) as program:
        counts = [now - then for then, now in zip(before, wire.counts(), strict=True)]
        samples.add("wire.start.up", counts[0])
        samples.add("wire.start.down", counts[1])
        samples.add("wire.start.written", sum(len(data) for _, data in program.record))
        program.press(key("Home"))
        count("wire.move", 0.2, *[key("Down")] * PACKET)
        program.press(key("Down") * program.size[1])
        count("wire.scroll", 0.2, *[key("Down")] * PACKET)
        program.press(key("Home"))
        count("wire.packet", 0.2, key("Down") * PACKET)
        count("wire.idle", IDLE)
        program.quit(b"q")


def run_remote(subject, folder, rounds):
    """All that is measured over SSH, and the same without it."""
    local, distant = Samples(), Samples()
    with server(folder) as port:
        for _ in range(rounds):
            run_directly(subject, local)
            run_directly(over_ssh(subject, folder, port), distant)
        with Wire(port) as wire:
            run_counted(over_ssh(subject, folder, wire.port), wire, distant)
    return local, distant
