#!/usr/bin/env python3
"""Measures the dashboard on a pseudo-terminal: bytes to the terminal, keys to the screen, processor time at rest.

    terminal.py PROGRAM LOAD CATALOG     the folders that `flowglass-bench load` and `flowglass-bench catalog` wrote

Prints lines of `name value`. The load is sent by a process of its own: 98 requests of 512 spans a second.
"""
import fcntl, glob, http.client, multiprocessing, os, pty, select, shutil, signal, struct, sys, tempfile, termios, time

COLUMNS, ROWS = 200, 60
REQUESTS_PER_SECOND = 98  # of 512 spans: 50,000 spans a second


class Screen:
    def __init__(self, arguments):
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.environ.update(TERM="xterm-256color", LANG="C.UTF-8", LC_ALL="C.UTF-8")
            os.execv(arguments[0], arguments)
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))

    def read(self, quiet, limit=10.0):
        """Everything until the terminal is quiet for so many seconds."""
        data, end = b"", time.monotonic() + limit
        while time.monotonic() < end:
            if not select.select([self.terminal], [], [], quiet)[0]:
                break
            try:
                data += os.read(self.terminal, 65536)
            except OSError:
                break
        return data

    def drain(self):
        while select.select([self.terminal], [], [], 0)[0]:
            os.read(self.terminal, 65536)

    def answer(self, key):
        """Seconds from a key to the first byte of what it changes."""
        self.drain()
        start = time.monotonic()
        os.write(self.terminal, key)
        select.select([self.terminal], [], [], 5)
        return time.monotonic() - start

    def moves(self):
        """The bytes of a step down in a list."""
        counts = []
        for _ in range(8):
            os.write(self.terminal, b"j")
            counts.append(len(self.read(0.2)))
        return percentile(counts, 0.5)

    def ticks(self):
        fields = open(f"/proc/{self.pid}/stat").read().rsplit(")", 1)[1].split()
        return int(fields[11]) + int(fields[12])

    def close(self):
        os.write(self.terminal, b"\x03")
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            self.drain_quietly()
            if os.waitpid(self.pid, os.WNOHANG)[0]:
                return
            time.sleep(0.05)
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)

    def drain_quietly(self):
        try:
            self.drain()
        except OSError:
            pass


def send(port, folder, seconds):
    bodies = [open(name, "rb").read() for name in sorted(glob.glob(folder + "/*"))]
    connection = http.client.HTTPConnection("127.0.0.1", port)
    start, sent = time.monotonic(), 0
    while time.monotonic() - start < seconds:
        ahead = sent / REQUESTS_PER_SECOND - (time.monotonic() - start)
        if ahead > 0:
            time.sleep(ahead)
        connection.request("POST", "/v1/traces", bodies[sent % len(bodies)], {"content-type": "application/x-protobuf"})
        connection.getresponse().read()
        sent += 1
    print(f"load_spans_per_second {sent * 512 / (time.monotonic() - start):.0f}", flush=True)


def report(name, value):
    print(f"{name} {value:.6g}", flush=True)


def percentile(values, share):
    values = sorted(values)
    return values[min(len(values) - 1, int(len(values) * share))]


def main():
    program, load = os.path.abspath(sys.argv[1]), sys.argv[2]
    folder = tempfile.mkdtemp(prefix="flowglass-bench-")
    port = int(os.environ.get("FLOWGLASS_BENCH_PORT", "14318"))
    try:
        screen = Screen([
            program, os.path.abspath("catalog"), "--http", f"127.0.0.1:{port}", "--grpc", "off", "--store",
            folder + "/spans.db",
        ])
        first = screen.read(1.0)
        report("terminal_first_frame_bytes", len(first))
        # On Topics another graph and other figures stand below after each move.
        report("terminal_pane_move_bytes", screen.moves())
        pages = []
        for key in [b"2", b"1"] * 3:
            os.write(screen.terminal, key)
            pages.append(len(screen.read(0.2)))
        report("terminal_screen_bytes", percentile(pages, 0.5))

        # For a minute after the last write, rates fall to zero on the screen; then nothing is left to do.
        time.sleep(70)
        before = screen.ticks()
        time.sleep(10)
        report("terminal_idle_ticks", screen.ticks() - before)

        seconds = 20
        loader = multiprocessing.Process(target=send, args=(port, load, seconds))
        loader.start()
        time.sleep(4)
        latencies, painted, began = [], 0, time.monotonic()
        while time.monotonic() - began < seconds - 6:
            latencies.append(screen.answer(b"j" if len(latencies) % 20 < 10 else b"k"))
            painted += len(screen.read(0.01, limit=0.05))
        report("terminal_key_p50_ms", percentile(latencies, 0.5) * 1e3)
        report("terminal_key_p99_ms", percentile(latencies, 0.99) * 1e3)
        report("terminal_loaded_bytes_per_second", painted / (time.monotonic() - began))
        loader.join()
        # A list alone, held still: what is sent is the move.
        for key in [b"4", b"p"]:
            os.write(screen.terminal, key)
            screen.read(0.5)
        report("terminal_move_bytes", screen.moves())
        screen.close()

        screen = Screen([
            program, sys.argv[3], "--http", f"127.0.0.1:{port}", "--grpc", "off", "--store", folder + "/large.db",
        ])
        screen.read(2.0)
        pages = []
        for _ in range(5):
            os.write(screen.terminal, b"\x1b[6~")
            pages.append(len(screen.read(0.3)))
        report("terminal_page_bytes", percentile(pages, 0.5))
        screen.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


main()
