/// An event of a connection.
enum MosquittoEvent {
  /// The broker has accepted the connection, or refuses it with a code.
  case connected(code: Int32)
  /// The broker has ended the connection, with a code if it sent one.
  case disconnected(code: Int32)
  /// A message was confirmed, or refused with a code.
  case published(number: Int32, code: Int32)
  /// A subscription was accepted or refused.
  case subscribed(number: Int32, isGranted: Bool)
  case received(MQTTArrival)
}
