import CSystemd
import Glibc

/// The sockets that systemd handed to this process (socket activation, sd_listen_fds(3)).
package enum ServiceSockets {
  /// Returns a descriptor of its own for the first socket, which the caller closes; nil if there is none,
  /// or if it does not listen for connections.
  ///
  /// Each use has its own: one that is closed could be another file when it is used again.
  package static func first() -> Int32? {
    guard sd_listen_fds(0) > 0,
      sd_is_socket(SD_LISTEN_FDS_START, AF_UNSPEC, Int32(SOCK_STREAM.rawValue), 1) > 0
    else { return nil }
    let copy = fcntl(SD_LISTEN_FDS_START, F_DUPFD_CLOEXEC, 0)
    return copy >= 0 ? copy : nil
  }
}
