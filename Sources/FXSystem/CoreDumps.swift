import CLinux
import Glibc

/// The core dumps of this process, which would contain secrets.
package enum CoreDumps {
  /// Forbids them, whatever the limits are that the process was started with.
  ///
  /// Files of the process in /proc belong to root from now on; its own accesses stay possible.
  package static func forbid() {
    var limit = rlimit(rlim_cur: 0, rlim_max: 0)
    _ = setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limit)
    _ = fx_forbid_dumps()
  }
}
