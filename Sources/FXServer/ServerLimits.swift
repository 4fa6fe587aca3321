/// The limits of a server, so that clients cannot use memory and descriptors that the daemon needs.
package struct ServerLimits: Hashable, Sendable {
  /// The most connections at a time; a further one is closed.
  package var connections = 256

  /// The most connections at a time of one address; a further one is closed.
  package var connectionsOfAddress = 128

  /// The memory of a connection for the head of a request, in bytes; a longer head gets status 414 or
  /// 431.
  package var headBytes = 32 * 1024

  /// The largest body of a request in bytes; a longer one gets status 413.
  package var bodyBytes = 64 * 1024

  /// The largest body that is read to its end before that answer; a longer one is not read.
  var droppedBytes: Int { 8 * bodyBytes }

  /// The time without a byte after which a connection is closed, in seconds.
  package var idleSeconds: UInt = 15

  /// The limits by default.
  package init() {}
}
