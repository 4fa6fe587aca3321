import CMosquitto
import FXCore

/// The events of one client, collected while libmosquitto runs on the connection's lane.
final class MosquittoEvents {
  /// The largest number of events that are kept until they are read; libmosquitto reads only some packets
  /// at once.
  private static let maximumCount = 10_000

  /// The longest kept payload: those of interest are words.
  private static let maximumPayload = 256

  private(set) var all: [MosquittoEvent] = []

  /// The last lines that the library logged about errors.
  private(set) var errors: [String] = []

  func removeAll() -> [MosquittoEvent] {
    defer { all = [] }
    return all
  }

  private func append(_ event: MosquittoEvent) {
    if all.count < Self.maximumCount { all.append(event) }
  }

  private func log(_ text: String) {
    errors = errors.suffix(3) + [SanitizedText.line(text, limit: 200)]
  }

  private static func of(_ context: UnsafeMutableRawPointer?) -> MosquittoEvents? {
    context.map { Unmanaged<MosquittoEvents>.fromOpaque($0).takeUnretainedValue() }
  }

  /// Sets the callbacks of a client whose context is this object.
  static func listen(to client: OpaquePointer, _ functions: fx_mosquitto) {
    functions.mosquitto_connect_v5_callback_set(client) { _, context, code, _, _ in
      MosquittoEvents.of(context)?.append(.connected(code: code))
    }
    functions.mosquitto_disconnect_v5_callback_set(client) { _, context, code, _ in
      MosquittoEvents.of(context)?.append(.disconnected(code: code))
    }
    functions.mosquitto_publish_v5_callback_set(client) { _, context, number, code, _ in
      MosquittoEvents.of(context)?.append(.published(number: number, code: code))
    }
    functions.mosquitto_subscribe_v5_callback_set(client) { _, context, number, count, codes, _ in
      let isGranted = (0..<max(0, Int(count))).allSatisfy { (codes?[$0] ?? 0x80) < 0x80 }
      MosquittoEvents.of(context)?.append(.subscribed(number: number, isGranted: isGranted))
    }
    functions.mosquitto_message_v5_callback_set(client) { _, context, message, _ in
      guard let message = message?.pointee, let topic = message.topic else { return }
      let payload = UnsafeRawBufferPointer(
        start: message.payload,
        count: max(0, min(Int(message.payloadlen), MosquittoEvents.maximumPayload)))
      MosquittoEvents.of(context)?.append(
        .received(
          MQTTArrival(
            topic: String(cString: topic), payload: Array(payload), isRetained: message.retain)))
    }
    functions.mosquitto_log_callback_set(client) { _, context, level, text in
      guard level & Int32(MOSQ_LOG_ERR | MOSQ_LOG_WARNING) != 0, let text else { return }
      MosquittoEvents.of(context)?.log(String(cString: text))
    }
  }
}
