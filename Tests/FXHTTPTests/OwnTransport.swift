import FXHTTP
import FXSystem

/// A transport on a separate lane.
func ownTransport(
  limits: TransferLimits = TransferLimits(), authoritiesDirectory: String? = nil
) throws -> CurlTransport {
  CurlTransport(
    lane: try SocketLane(label: "test"), userAgent: "fxwatch/test", limits: limits,
    authoritiesDirectory: authoritiesDirectory)
}
