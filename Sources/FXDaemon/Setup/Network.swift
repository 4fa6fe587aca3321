package import FXHTTP
package import FXSystem

/// The transport of a process, and the lane its transfers run on.
package struct Network: Sendable {
  /// The lane of transfers, and of the actors that start many of them: they call the transport without
  /// a thread switch.
  package let lane: SocketLane

  /// The transport.
  package let transport: CurlTransport

  /// A network without transfers; throws where the process has no descriptor left for it.
  package init() throws(CommandFailure) {
    // Requests contain secrets.
    CoreDumps.forbid()
    do throws(SystemError) {
      try Descriptors.check()
    } catch {
      throw .failed(
        "cannot open \(Descriptors.needed) files (\(error)); allow more with LimitNOFILE= or ulimit"
          + " -n")
    }
    do throws(SystemError) {
      lane = try SocketLane(label: "network")
    } catch {
      throw .failed("the network cannot be set up: \(error)")
    }
    transport = CurlTransport(lane: lane, userAgent: Version.userAgent)
  }
}
