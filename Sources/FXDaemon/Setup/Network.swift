import FXHTTP
import FXSystem

/// All transfers of a process, and the lane they run on.
struct Network {
  /// Where transfers run, and with them whoever starts many: an actor on the same lane reaches the
  /// transport without a hop.
  let lane: SocketLane

  /// What makes the transfers.
  let transport: CurlTransport

  /// A network that nothing has been sent through; throws a sentence where the process has no
  /// descriptor left for it.
  init() throws(CommandFailure) {
    do throws(SystemError) {
      lane = try SocketLane(label: "network")
    } catch {
      throw .failed("the network cannot be set up: \(error)")
    }
    transport = CurlTransport(lane: lane, userAgent: Version.userAgent)
  }
}
