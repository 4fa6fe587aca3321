import CSystemd

/// The memory arenas of the C library's allocator.
package enum MemoryArenas {
  /// Limits all threads to two arenas instead of eight for each processor (mallopt(3)).
  ///
  /// Each arena keeps the memory of its peak, and threads are created on demand: without the limit a
  /// daemon with 10 000 series uses about 20 MiB more. Must be called before threads are started. Two
  /// arenas are enough, because more than two threads rarely allocate at once.
  package static func limit() {
    _ = fx_limit_arenas(2)
    _ = fx_return_blocks(largeBlock)
  }

  /// The bytes of a block that is given back as soon as it is freed, such as a large body.
  ///
  /// By default the C library raises this size with each block that it gives back, up to 32 MiB, and
  /// keeps what is smaller.
  private static let largeBlock: Int32 = 256 << 10
}
