package import FXHTTP
package import FXSystem

/// All transfers of a process, and the lane they run on.
package struct Network: Sendable {
  /// Where transfers run, and with them whoever starts many: an actor on the same lane reaches the
  /// transport without a hop.
  package let lane: SocketLane

  /// What makes the transfers.
  package let transport: CurlTransport

  /// A network that nothing has been sent through; throws a sentence where the process has no
  /// descriptor left for it.
  package init() throws(CommandFailure) {
    do throws(SystemError) {
      lane = try SocketLane(label: "network")
    } catch {
      throw .failed("the network cannot be set up: \(error)")
    }
    transport = CurlTransport(lane: lane, userAgent: Version.userAgent)
  }
}
