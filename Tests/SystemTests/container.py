"""A bare Debian with its own systemd: made with mmdebstrap, booted with systemd-nspawn.

The root is made once and kept; each boot lays a memory file system over it, so that nothing of a
test stays.
"""

import hashlib
import os
import pathlib
import shutil
import subprocess
import time

#: What a bare root holds beside Debian's essential packages and apt.
PACKAGES = "systemd,systemd-sysv"
SUITE = "bookworm"
MIRROR = "http://deb.debian.org/debian"

#: How long a boot may take, in seconds.
BOOT_PATIENCE = 60

#: How long making the root may take, in seconds: a minute, but for slow mirrors.
ROOT_PATIENCE = 400

#: mmdebstrap mounts /proc, /sys and /dev in the root: namespaces of its own make them end with it,
#: however it ends.
CONFINED = ["unshare", "--mount", "--propagation=private", "--pid", "--fork", "--kill-child"]


def obstacle():
    """Why no container can run here; None where one can."""
    if os.geteuid() != 0:
        return "it needs root"
    for program in ("mmdebstrap", "systemd-nspawn", "nsenter", "openssl", "dpkg-deb"):
        if not shutil.which(program):
            return f"it needs {program}"
    if subprocess.run(["unshare", "-m", "-p", "-n", "-f", "true"], capture_output=True).returncode:
        return "this machine allows no namespaces"
    return None


class Container:
    def __init__(self, cache, package, log):
        self.cache = pathlib.Path(cache)
        self.package = pathlib.Path(package).resolve()
        self.log = log

    def make_root(self):
        """The root with all that the package depends on in apt's cache, nothing of it installed."""
        depends = subprocess.run(
            ["dpkg-deb", "--field", self.package, "Depends"], check=True, capture_output=True).stdout
        key = hashlib.sha256(f"3 {SUITE} {PACKAGES} {depends}".encode()).hexdigest()[:12]
        self.root = self.cache / f"root-{key}"
        if self.root.exists():
            return
        self.cache.mkdir(parents=True, exist_ok=True)
        for old in self.cache.glob("root-*"):
            subprocess.run(["rm", "-rf", "--one-file-system", old], check=True)
        making = self.cache / "root-making"
        # A session of its own, so that no package's script reaches the caller's terminal.
        subprocess.run(
            CONFINED + [
                "mmdebstrap", "--mode=root", "--variant=apt", f"--include={PACKAGES}",
                "--skip=cleanup/apt", "--quiet",
                "--aptopt=Acquire::Retries \"3\"",
                f"--customize-hook=cp {self.package} $1/tmp/fxwatch.deb",
                "--customize-hook=chroot $1 apt-get install --quiet --yes --download-only "
                "--no-install-recommends /tmp/fxwatch.deb",
                "--customize-hook=rm $1/tmp/fxwatch.deb",
                SUITE, str(making), MIRROR,
            ],
            check=True, timeout=ROOT_PATIENCE, stdin=subprocess.DEVNULL, stdout=self.log,
            stderr=self.log, start_new_session=True,
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"})
        making.rename(self.root)

    def boot(self):
        self.nspawn = subprocess.Popen(
            [
                "systemd-nspawn", "--quiet", "--boot", "--register=no", "--keep-unit",
                "--console=pipe", "--private-network", "--volatile=overlay",
                "--machine=fxwatch-test", f"--directory={self.root}",
                f"--bind-ro={self.package.parent}:/packages",
            ],
            stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log, start_new_session=True)
        deadline = time.monotonic() + BOOT_PATIENCE
        while time.monotonic() < deadline and self.nspawn.poll() is None:
            children = pathlib.Path(
                f"/proc/{self.nspawn.pid}/task/{self.nspawn.pid}/children").read_text().split()
            if children:
                self.init = int(children[0])
                state = self.run("systemctl is-system-running").stdout.strip()
                if state in ("running", "degraded"):
                    return
            time.sleep(0.3)
        raise SystemExit("the container did not boot; see the log")

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
        if getattr(self, "nspawn", None) and self.nspawn.poll() is None:
            self.nspawn.terminate()
            try:
                self.nspawn.wait(20)
            except subprocess.TimeoutExpired:
                self.nspawn.kill()
                self.nspawn.wait()
