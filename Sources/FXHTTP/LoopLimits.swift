/// The limits of the event loop.
enum LoopLimits {
  /// The most consecutive calls that libcurl requests before the alarm is used instead, so that one
  /// transfer cannot occupy the lane.
  static let callsPerTurn = 16

  /// The easy handles kept for later transfers, each of about 10 KiB.
  static let idleHandles = 16

  /// The number of parsed URLs in the cache.
  static let knownAddresses = 256

  /// The most connections kept open, each of about 20 KiB with its socket buffers: eight for each of
  /// 32 receivers.
  ///
  /// Busy connections count too; above the limit, each request that ends closes one. By default
  /// libcurl keeps four for each running transfer and so closes most at the end of a burst.
  static let keptConnections = 256

  /// The events of a socket after which the bytes it has received are counted, in each transfer: most
  /// responses arrive in fewer, and so cost nothing.
  static let uncountedEvents = 4

  /// The bytes that a connection may receive for each byte of a body, because short chunks and frames
  /// have headers.
  static let bytesPerByteOfBody = 2

  /// The longest timeout passed to libcurl, which counts milliseconds in 31 bits.
  static let longestTimeout = Duration.seconds(86_400)
}
