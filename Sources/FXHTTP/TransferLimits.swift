/// The limits of a transport's connections and of response headers; a request limits its body itself.
package struct TransferLimits: Hashable, Sendable {
  /// The most open connections, including idle ones; further transfers wait for one, and the wait
  /// counts towards their timeouts.
  ///
  /// It is above what the engine starts at once: 640 leases with 256 deliveries more, and 192 polls.
  /// There is no limit for each host: endpoints that share a host must not wait for each other.
  package var maximumConnections = 1152

  /// The most fields of a response head; servers send 10 to 40.
  package var maximumHeaderFields = 256

  /// The most bytes of all heads of one response, including trailers and 1xx responses; servers
  /// accept and send 8 to 16 KiB.
  package var maximumHeaderBytes = 64 << 10

  /// The most bytes of all bodies that are being received; beyond it the longest one is given up.
  ///
  /// More than the longest body that a source may have: ordinary ones have some tens of kilobytes.
  package var maximumBytesOfBodies = 20 << 20

  /// Creates the default limits.
  package init() {}
}
