package import FXCore
import Synchronization

/// Publishes over connections that are kept, one for each broker and its settings.
package final class MQTTClients: MQTTTransport {
  private let connections = Mutex<[MQTTBroker: MQTTConnection]>([:])

  /// Clients without connections.
  package init() {}

  /// Publishes one message over the connection of its broker.
  package func publish(
    _ message: MQTTMessage, to broker: MQTTBroker
  ) async throws(MQTTFailure) -> MQTTReceipt {
    let connection = connections.withLock { connections in
      if let connection = connections[broker] { return connection }
      let connection = MQTTConnection(to: broker)
      connections[broker] = connection
      return connection
    }
    return try await connection.publish(message)
  }
}
