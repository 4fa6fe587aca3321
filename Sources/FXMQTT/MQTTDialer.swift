import FXCore
import FXSystem

/// Begins connections on a lane of its own, because the resolution of a name blocks.
actor MQTTDialer {
  private nonisolated let lane = Lane(label: "mqtt.names")

  nonisolated var unownedExecutor: UnownedSerialExecutor { lane.asUnownedSerialExecutor() }

  /// Returns a client that has begun to connect.
  func client(
    of broker: MQTTBroker, _ version: MosquittoClient.Version
  ) throws(MQTTFailure) -> sending MosquittoClient {
    let client = try MosquittoClient(broker, version)
    try client.begin()
    return client
  }
}
