"""Passes TCP connections on to a port of loopback, and counts the bytes: how much of a session is on the wire.

Usage: proxy.py PORT; prints its own port, then for each line on standard input how many bytes went towards PORT and how
many came back. Ends with its standard input.
"""

import contextlib
import select
import socket
import sys


def serve(target):
    """Passes everything on until standard input ends."""
    counts = [0, 0]
    # Both ends of each connection: where to pass on, and which count.
    routes = {}
    with socket.create_server(("127.0.0.1", 0)) as listener:
        print(listener.getsockname()[1], flush=True)
        while True:
            for ready in select.select([sys.stdin, listener, *routes], [], [])[0]:
                if ready is sys.stdin:
                    if not sys.stdin.readline():
                        return
                    print(*counts, flush=True)
                elif ready is listener:
                    near = listener.accept()[0]
                    far = socket.create_connection(("127.0.0.1", target))
                    for end in (near, far):
                        end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                    routes |= {near: (far, 0), far: (near, 1)}
                elif ready in routes:
                    pass_on(ready, routes, counts)


def pass_on(source, routes, counts):
    """Passes on what there is; closes the connection when it ends."""
    target, direction = routes[source]
    data = b""
    with contextlib.suppress(OSError):
        data = source.recv(1 << 16)
        counts[direction] += len(data)
        target.sendall(data)
    if not data:
        for end in (source, target):
            del routes[end]
            end.close()


if __name__ == "__main__":
    serve(int(sys.argv[1]))
