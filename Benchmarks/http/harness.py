"""Starts mdw and the servers it is compared with on loopback, each on a temporary database, and stops them."""

import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time

# What would make mdw another one than the benchmark means.
FOREIGN_VARIABLES = ("MDW_", "API_", "XDG_", "POLYGON_", "LOG_", "DATABASE_", "DB_", "SSH_")


def free_port():
    """A port of loopback that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment(folder):
    """This process's environment without the settings of mdw, at home in `folder`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN_VARIABLES)}
    return kept | {"HOME": str(folder)}


def end_by_exception():
    """Makes SIGTERM unwind the stack, so that every server is stopped."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped by a signal"))


class Server:
    """A server process, and how to reach it."""

    def __init__(self, process, port, log):
        self.process = process
        self.port = port
        self.log = log

    @property
    def base(self):
        """The address that paths are put behind."""
        return f"http://127.0.0.1:{self.port}"

    def kill(self):
        """Ends the process at once, as a crash would, and waits until it is gone."""
        self.process.kill()
        self.process.wait()

    def memory(self, field):
        """A figure of the process's memory in MB: VmHWM is the most that was resident, VmRSS what is now."""
        with open(f"/proc/{self.process.pid}/status") as status:
            for line in status:
                if line.startswith(field + ":"):
                    return int(line.split()[1]) / 1024
        raise RuntimeError(f"{field} is not told")

    def get(self, path, headers=None, timeout=60):
        """One request on a connection of its own: its status and body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        with contextlib.closing(connection):
            connection.request("GET", path, headers=headers or {})
            response = connection.getresponse()
            return response.status, response.read()


@contextlib.contextmanager
def running(command, port, folder, ready, name):
    """Runs a server until the block ends; the block begins when `ready` answers 200."""
    log = os.path.join(folder, f"{name}.log")
    with open(log, "ab") as output:
        process = subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env=environment(folder),
        )
    server = Server(process, port, log)
    try:
        wait_until_ready(server, ready, name)
        yield server
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def wait_until_ready(server, path, name):
    """Waits until a server answers; ends with the last lines of its log when it does not."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and server.process.poll() is None:
        with contextlib.suppress(OSError, http.client.HTTPException):
            if server.get(path, timeout=5)[0] == 200:
                return
        time.sleep(0.02)
    with open(server.log, errors="replace") as log:
        tail = "".join(log.readlines()[-10:])
    raise SystemExit(f"{name} does not answer {path}:\n{tail}")


class Warehouse:
    """A database and the commands on it."""

    def __init__(self, mdw, folder, name="mdw"):
        self.mdw = str(mdw)
        self.folder = str(folder)
        self.name = name
        self.database = os.path.join(self.folder, f"{name}.sqlite")

    def command(self, *arguments):
        """A command line on this database."""
        return [self.mdw, *(str(argument) for argument in arguments), "--database", self.database]

    def run(self, *arguments):
        """Runs a command to its end and returns what it printed; ends with its message when it fails."""
        done = subprocess.run(
            self.command(*arguments), capture_output=True, text=True, env=environment(self.folder), check=False
        )
        if done.returncode != 0:
            raise SystemExit(f"mdw {' '.join(map(str, arguments))} failed: {done.stderr.strip()}")
        return done.stdout

    def bootstrap(self):
        """Makes the database; returns its first admin key."""
        file = os.path.join(self.folder, f"{self.name}.key")
        self.run("bootstrap", "--key-file", file)
        return read_key(file)

    def create_key(self, name, scope="admin"):
        """Makes a key; returns its id and the key."""
        file = os.path.join(self.folder, f"{self.name}-{name}.key")
        told = json.loads(self.run("keys", "create", name, "--scope", scope, "--key-file", file, "--json"))
        return told["id"], read_key(file)

    def serve(self, *options):
        """Runs `mdw serve` on a free port of loopback."""
        port = free_port()
        command = self.command(
            "serve", "--host", "127.0.0.1", "--port", port, "--no-worker", "--no-scheduler", *options
        )
        return running(command, port, self.folder, "/health", self.name)

    def verify(self):
        """What `mdw audit verify` found; its exit code is 1 when the chain is broken."""
        done = subprocess.run(
            self.command("audit", "verify", "--json"),
            capture_output=True,
            text=True,
            env=environment(self.folder),
            check=False,
        )
        try:
            return json.loads(done.stdout)
        except ValueError:
            return {"intact": False, "reason": done.stderr.strip()}


def read_key(file):
    """The key in a key file."""
    with open(file) as text:
        return text.read().strip()
