"""A bare Debian with its own systemd: made with mmdebstrap, booted with systemd-nspawn.

The root is made once and kept; each boot lays a memory file system over it, so that nothing of a
test stays. Whatever is started here lives in namespaces and sessions of its own and ends with this
program, however that ends.
"""

import hashlib
import os
import pathlib
import shutil
import signal
import subprocess
import time

#: What a bare root holds beside Debian's essential packages and apt.
PACKAGES = "systemd,systemd-sysv"
SUITE = os.environ.get("SYSTEM_SUITE", "bookworm")
MIRROR = "http://deb.debian.org/debian"

#: How long a boot may take, in seconds.
BOOT_PATIENCE = 60

#: How long making the root may take, in seconds: a minute, but for slow mirrors.
ROOT_PATIENCE = 400

#: How long a shut-down may take, in seconds.
STOP_PATIENCE = 20

#: Ends with its parent, and takes every process and mount along: mmdebstrap and systemd-nspawn mount
#: and fork freely.
CONFINED = ["setpriv", "--pdeathsig", "KILL",
            "unshare", "--mount", "--propagation=private", "--pid", "--fork", "--kill-child",
            "--mount-proc"]


class Unable(Exception):
    """What this machine cannot do; says nothing about the package."""


def require_ability():
    """Throws where no container can run at all."""
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
        """The root with all that the package depends on in apt's cache, nothing of it installed."""
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
            # Before the package's own turn came, it is the machine or its network.
            if bare.exists():
                raise
            how = getattr(error, "returncode", None)
            raise Unable(
                f"no bare Debian could be made from {MIRROR} (mmdebstrap "
                + (f"took longer than {ROOT_PATIENCE} s)" if how is None else f"ended with {how})")
            ) from error
        making.rename(self.root)

    def boot(self):
        """Starts the systemd of the root."""
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
        """The first process of the container: the one below systemd-nspawn that has process numbers
        of its own. Anything else would be this machine."""
        nspawn = first_child(self.nspawn.pid)
        init = nspawn and first_child(nspawn)
        try:
            names = init and [os.readlink(f"/proc/{pid}/ns/pid") for pid in (nspawn, init)]
        except OSError:
            return None
        return init if names and names[0] != names[1] else None

    def run(self, script, check=False, timeout=120):
        """Runs a shell script inside."""
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
        """Shuts the container down, and ends it where that takes too long."""
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
    """Removes the control groups that systemd-nspawn leaves below this program's own, but for those
    of a container that still runs."""
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
    """A process's oldest child; None where it has none."""
    try:
        children = pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except (FileNotFoundError, ProcessLookupError):
        return None
    return int(children[0]) if children else None
