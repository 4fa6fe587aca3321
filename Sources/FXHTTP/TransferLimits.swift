/// How much one transport takes on, and how much it takes from a peer besides the body, whose limit
/// is the request's own.
package struct TransferLimits: Hashable, Sendable {
  /// Connections open at once, idle ones included; further transfers wait for one, and the wait
  /// counts towards their timeouts.
  ///
  /// Above what the engine starts at once, so that it only ends a runaway: eight to each of sixty
  /// notifiers whose receivers all hang, and the sources. Half of what a process may usually open.
  /// One host has no limit of its own: endpoints that share one must not wait for each other.
  package var maximumConnections = 512

  /// Fields in a response's head; servers send 10 to 40.
  package var maximumHeaderFields = 256

  /// Bytes of all the heads of one answer, trailers and 1xx answers included; servers accept and
  /// send 8 to 16 KiB.
  package var maximumHeaderBytes = 64 << 10

  /// The usual limits.
  package init() {}
}

/// Bounds of what travels in a single address.
enum AddressLimits {
  /// The longest URL that is opened or followed, in bytes: what common servers accept.
  static let longest = 8192

  /// Redirects followed for one request: as many as browsers needed before they detected loops,
  /// more than any bank's page takes.
  static let redirects = 5
}

/// Bounds of the event loop.
enum LoopLimits {
  /// How often in a row libcurl is called at its own wish before the alarm is used instead, so that
  /// a transfer that never settles cannot keep the lane.
  static let callsPerTurn = 16

  /// Easy handles kept for the next transfers, each of some 10 KiB.
  static let idleHandles = 16

  /// Addresses that need not be taken apart again: those of this many sources and receivers.
  static let knownAddresses = 256

  /// Connections kept open, each of some 20 KiB with its socket's buffers: those of 32 receivers that
  /// are told eight things at once.
  ///
  /// Busy ones count, too: beyond this one is closed for each request that ends. Left to itself
  /// libcurl keeps four for each transfer that runs, and so lets go of most at the end of each burst.
  static let keptConnections = 256

  /// The longest timeout given to libcurl, which counts milliseconds in 31 bits.
  static let longestTimeout = Duration.seconds(86_400)
}
