import CSystemd

/// How the C library shares out memory among threads.
package enum MemoryArenas {
  /// Has all threads allocate from two arenas instead of eight for each processor.
  ///
  /// Every arena keeps what its busiest moment took, and threads come and go with the work: left to
  /// itself a daemon of 10 000 series holds some 20 MiB more. To be called before there are threads;
  /// costs nothing later, because hardly ever more than two allocate at once (mallopt(3)).
  package static func limit() {
    _ = fx_limit_arenas(2)
  }
}
