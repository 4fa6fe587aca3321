import Glibc

/// The number of file descriptors that the process may have open.
package enum DescriptorLimit {
  /// Enough for the connections of all transfers and for files.
  private static let wanted: rlim_t = 4096

  /// Raises the limit as far as the process may: the usual one of 1024 is meant for programs that use
  /// select(2).
  package static func raise() {
    var limit = rlimit()
    let kind = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    guard getrlimit(kind, &limit) == 0, limit.rlim_cur < wanted else { return }
    limit.rlim_cur = min(wanted, limit.rlim_max)
    _ = setrlimit(kind, &limit)
  }
}
