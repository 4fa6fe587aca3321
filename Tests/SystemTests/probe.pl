# Tests the service's sandbox in a unit with fxwatch's settings. Prints a line for each attempt: `allowed`
# or `refused`. Written in Perl because a minimal Debian has no other language.
use strict;
use warnings;
use Socket;

# The numbers of system calls on x86_64 (asm/unistd_64.h) and of address families (bits/socket.h).
my %call = (mmap => 9, ptrace => 101, setuid => 105, mount => 165, clock_settime => 227,
  keyctl => 250, unshare => 272, bpf => 321, userfaultfd => 323, io_uring_setup => 425);
my %family = (AF_INET => 2, AF_INET6 => 10, AF_UNIX => 1, AF_NETLINK => 16,
  AF_PACKET => 17, AF_BLUETOOTH => 31, AF_ALG => 38, AF_VSOCK => 40);

sub tell_of {
  my ($what, $worked) = @_;
  print "$what: ", ($worked ? "allowed" : "refused"), "\n";
}

sub writes {
  my ($path) = @_;
  my $worked = open(my $file, '>', $path);
  unlink $path if $worked;
  tell_of("write $path", $worked);
}

writes("$_/fxwatch-probe")
  for qw(/etc /etc/fxwatch /usr /var/lib /var/log /run /boot /srv /opt /root /home /sys/kernel);
writes("$_/fxwatch-probe") for ($ENV{STATE_DIRECTORY}, $ENV{RUNTIME_DIRECTORY}, '/tmp');
tell_of("read $_", opendir(my $folder, $_)) for qw(/home /root);
tell_of("read /etc/shadow", open(my $shadow, '<', '/etc/shadow'));
tell_of("read /proc/1/environ", open(my $init, '<', '/proc/1/environ'));
tell_of("read /dev/kmsg", open(my $kmsg, '<', '/dev/kmsg'));
{ no warnings; tell_of("execute /bin/sh", system('/bin/sh', '-c', 'exit 0') == 0); }
for my $name (sort keys %family) {
  my $type = $name eq 'AF_NETLINK' || $name eq 'AF_PACKET' ? 3 : $name eq 'AF_ALG' ? 5 : 1;
  tell_of("socket $name", socket(my $socket, $family{$name}, $type, 0));
}
# Memory that is readable, writable and executable.
tell_of("mmap executable memory", syscall($call{mmap}, 0, 4096, 7, 0x22, -1, 0) != -1);
tell_of("setuid root", syscall($call{setuid}, 0) != -1);
tell_of("unshare user namespace", syscall($call{unshare}, 0x10000000) != -1);
my ($kind, $place, $data) = ('tmpfs', '/tmp', 'x' x 64);
tell_of("mount", syscall($call{mount}, $kind, $place, $kind, 0, 0) != -1);
tell_of("clock_settime", syscall($call{clock_settime}, 0, $data) != -1);
tell_of("ptrace", syscall($call{ptrace}, 0, 0, 0, 0) != -1);
tell_of("bpf", syscall($call{bpf}, 0, $data, 64) != -1);
tell_of("userfaultfd", syscall($call{userfaultfd}, 0) != -1);
tell_of("keyctl", syscall($call{keyctl}, 0, -3, 1) != -1);
tell_of("make a set-user-ID file", do {
  my $path = "$ENV{STATE_DIRECTORY}/fxwatch-suid";
  open(my $file, '>', $path);
  my $worked = chmod 04755, $path;
  unlink $path;
  $worked;
});
