import CSystemd

/// The sockets that systemd handed to this process (socket activation, sd_listen_fds(3)).
package enum ServiceSockets {
  /// The first socket, which listens; nil if there is none.
  package static var first: Int32? {
    sd_listen_fds(0) > 0 ? SD_LISTEN_FDS_START : nil
  }
}
