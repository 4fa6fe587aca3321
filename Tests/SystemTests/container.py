"""A minimal Debian with its own systemd: created by mmdebstrap, booted by systemd-nspawn.

The root is created once and kept; each boot uses a memory overlay, so that a test leaves no changes.
Processes started here run in separate namespaces and sessions and end with this program.
"""

import hashlib
import os
import pathlib
import shutil
import signal
import subprocess
import time

#: The packages of the root besides Debian's essential packages and apt.
PACKAGES = "systemd,systemd-sysv"
SUITE = os.environ.get("SYSTEM_SUITE", "bookworm")
MIRROR = "http://deb.debian.org/debian"

#: The timeout of a boot, in seconds.
BOOT_PATIENCE = 60

#: The timeout of creating the root, in seconds: a minute is enough except for slow mirrors.
ROOT_PATIENCE = 400

#: The timeout of a shutdown, in seconds.
STOP_PATIENCE = 20

#: Runs a program in namespaces that end with its parent, with every process and mount: mmdebstrap and
#: systemd-nspawn mount and fork.
CONFINED = ["setpriv", "--pdeathsig", "KILL",
            "unshare", "--mount", "--propagation=private", "--pid", "--fork", "--kill-child",
            "--mount-proc"]


class Unable(Exception):
    """A limitation of this machine, not a fault of the package."""


def require_ability():
    """Raises an error if no container can run."""
    if os.geteuid() != 0:
        raise Unable("it needs root")
    for program in ("mmdebstrap", "systemd-nspawn", "nsenter", "setpriv", "openssl", "dpkg-deb",
                    "gcc"):
        if not shutil.which(program):
            raise Unable(f"it needs the program {program}")
    tried = subprocess.run(CONFINED + ["unshare", "--net", "--ipc", "--uts", "--cgroup", "true"],
                           capture_output=True, text=True)
    if tried.returncode:
        raise Unable(f"this machine allows no namespaces ({tried.stderr.strip()})")


class Container:
    def __init__(self, cache, package, log):
        self.cache = pathlib.Path(cache)
        self.package = pathlib.Path(package).resolve()
        self.log = log
        self.nspawn = None
        self.init = None

    def make_root(self):
        """Creates the root with the package's dependencies in apt's cache, not installed."""
        depends = subprocess.run(
            ["dpkg-deb", "--field", self.package, "Depends"], check=True, capture_output=True).stdout
        key = hashlib.sha256(f"4 {PACKAGES} {depends}".encode()).hexdigest()[:12]
        self.root = self.cache / f"{SUITE}-{key}"
        if self.root.exists():
            return
        self.cache.mkdir(parents=True, exist_ok=True)
        making = self.cache / f"{SUITE}-making"
        for old in [*self.cache.glob(f"{SUITE}-*"), *self.cache.glob("root-*")]:
            subprocess.run(["rm", "-rf", "--one-file-system", old], check=True)
        bare = self.package.parent / "bare"
        try:
            subprocess.run(
                CONFINED + [
                    "mmdebstrap", "--mode=root", "--variant=apt", f"--include={PACKAGES}",
                    "--skip=cleanup/apt", "--quiet",
                    "--aptopt=Acquire::Retries \"3\"",
                    f"--customize-hook=touch {bare}",
                    f"--customize-hook=cp {self.package} $1/tmp/fxwatch.deb",
                    "--customize-hook=chroot $1 apt-get install --quiet --yes --download-only "
                    "--no-install-recommends /tmp/fxwatch.deb",
                    "--customize-hook=rm $1/tmp/fxwatch.deb",
                    SUITE, str(making), MIRROR,
                ],
                check=True, timeout=ROOT_PATIENCE, stdin=subprocess.DEVNULL, stdout=self.log,
                stderr=self.log, start_new_session=True,
                env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"})
        except subprocess.SubprocessError as error:
            # Before the package is installed, a failure is one of the machine or its network.
            if bare.exists():
                raise
            how = getattr(error, "returncode", None)
            raise Unable(
                f"no bare Debian could be made from {MIRROR} (mmdebstrap "
                + (f"took longer than {ROOT_PATIENCE} s)" if how is None else f"ended with {how})")
            ) from error
        making.rename(self.root)

    def boot(self):
        """Boots the root."""
        self.nspawn = subprocess.Popen(
            CONFINED + [
                "systemd-nspawn", "--quiet", "--boot", "--register=no", "--keep-unit",
                "--console=pipe", "--private-network", "--volatile=overlay",
                f"--machine=fxwatch-test-{os.getpid()}", f"--directory={self.root}",
                f"--bind-ro={self.package.parent}:/packages",
            ],
            stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log, start_new_session=True)
        deadline = time.monotonic() + BOOT_PATIENCE
        state = ""
        while time.monotonic() < deadline and self.nspawn.poll() is None:
            self.init = self.find_init()
            if self.init:
                state = self.run("systemctl is-system-running").stdout.strip()
                if state in ("running", "degraded"):
                    return
            time.sleep(0.3)
        raise Unable(f"no container boots here (it is '{state or 'gone'}')")

    def find_init(self):
        """Returns the container's first process: the child of systemd-nspawn in its own pid namespace.
        Any other process belongs to this machine."""
        nspawn = first_child(self.nspawn.pid)
        init = nspawn and first_child(nspawn)
        try:
            names = init and [os.readlink(f"/proc/{pid}/ns/pid") for pid in (nspawn, init)]
        except OSError:
            return None
        return init if names and names[0] != names[1] else None

    def run(self, script, check=False, timeout=120):
        """Runs a shell script in the container."""
        return subprocess.run(
            self.inside("-m", "-u", "-i", "-n", "-p", "-C") + [
                "env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LANG=C.UTF-8",
                "DEBIAN_FRONTEND=noninteractive", "SYSTEMD_PAGER=", "sh", "-c", script,
            ],
            check=check, timeout=timeout, text=True, stdin=subprocess.DEVNULL,
            start_new_session=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

    def inside(self, *namespaces):
        return ["nsenter", "-t", str(self.init), *namespaces]

    def stop(self):
        """Shuts the container down; kills it after the timeout."""
        if not self.nspawn:
            return
        nspawn = first_child(self.nspawn.pid)
        try:
            if nspawn:
                os.kill(nspawn, signal.SIGTERM)
            self.nspawn.wait(STOP_PATIENCE)
        except (ProcessLookupError, subprocess.TimeoutExpired):
            self.nspawn.kill()
            self.nspawn.wait()
        remove_groups()


def remove_groups():
    """Removes the control groups that systemd-nspawn leaves below this program's own, except those of
    a running container."""
    for line in pathlib.Path("/proc/self/cgroup").read_text().splitlines():
        _, controllers, own = line.split(":", 2)
        places = [controllers.removeprefix("name=")] if controllers else ["unified", "."]
        for place in places:
            group = pathlib.Path("/sys/fs/cgroup", place, own.lstrip("/"))
            for name in ("payload", "supervisor"):
                for folder, _, _ in os.walk(group / name, topdown=False):
                    try:
                        os.rmdir(folder)
                    except OSError:
                        pass


def first_child(pid):
    """Returns a process's oldest child, or None."""
    try:
        children = pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except (FileNotFoundError, ProcessLookupError):
        return None
    return int(children[0]) if children else None
