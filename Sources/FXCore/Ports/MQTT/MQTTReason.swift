/// A reason code of a broker (MQTT 5.0 section 2.4); those of MQTT 3.1.1 have the code of the same
/// meaning.
package struct MQTTReason: RawRepresentable, Hashable, Sendable {
  package let rawValue: Int

  /// The reason with a code.
  package init(rawValue: Int) { self.rawValue = rawValue }

  package static let noMatchingSubscribers = MQTTReason(rawValue: 0x10)
  package static let unsupportedProtocol = MQTTReason(rawValue: 0x84)
  package static let invalidClientID = MQTTReason(rawValue: 0x85)
  package static let badUserOrPassword = MQTTReason(rawValue: 0x86)
  package static let notAuthorized = MQTTReason(rawValue: 0x87)
  package static let unavailable = MQTTReason(rawValue: 0x88)
  package static let busy = MQTTReason(rawValue: 0x89)
  package static let banned = MQTTReason(rawValue: 0x8A)
  package static let sessionTakenOver = MQTTReason(rawValue: 0x8E)
  package static let invalidTopic = MQTTReason(rawValue: 0x90)
  package static let tooLarge = MQTTReason(rawValue: 0x95)
  package static let quotaExceeded = MQTTReason(rawValue: 0x97)
  package static let invalidPayload = MQTTReason(rawValue: 0x99)
  package static let noRetain = MQTTReason(rawValue: 0x9A)
  package static let noQuality = MQTTReason(rawValue: 0x9B)
  package static let rateExceeded = MQTTReason(rawValue: 0x9F)

  /// The reason of a code of MQTT 3.1.1 (section 3.2.2.3).
  package init(ofVersion3 code: Int) {
    let reasons: [MQTTReason] = [
      .unsupportedProtocol, .invalidClientID, .unavailable, .badUserOrPassword, .notAuthorized,
    ]
    self = reasons.indices.contains(code - 1) ? reasons[code - 1] : MQTTReason(rawValue: code)
  }

  /// True if the broker works, but takes no more for now.
  package var isLimit: Bool { [Self.busy, .quotaExceeded, .rateExceeded].contains(self) }

  /// True if the same message is refused again.
  package var isFinal: Bool { [Self.invalidTopic, .tooLarge, .invalidPayload].contains(self) }

  /// The broker's reason and its remedy, for people.
  package var sentence: String {
    switch self {
    case .unsupportedProtocol: "the broker speaks neither MQTT 5 nor 3.1.1; upgrade it"
    case .invalidClientID: "the broker does not accept the name of the client; set 'client_id'"
    case .badUserOrPassword:
      "the broker rejected the user name or the password; correct 'user' and 'password'"
    case .notAuthorized:
      "the broker does not allow this; give the user access to the topic"
    case .unavailable: "the broker is not available; look into its log"
    case .busy: "the broker is busy"
    case .banned: "the broker has banned this client; look into its settings"
    case .sessionTakenOver:
      "another client connected under the same name; set a 'client_id' that only fxwatch has"
    case .invalidTopic: "the broker does not accept the topic; change 'topic'"
    case .tooLarge: "the message is larger than the broker accepts; raise its limit"
    case .quotaExceeded: "the broker's quota is exceeded"
    case .invalidPayload: "the broker does not accept the content of the message"
    case .noRetain: "the broker keeps no messages; remove 'retain'"
    case .noQuality: "the broker does not offer this quality of service; set a lower 'qos'"
    case .rateExceeded: "the broker takes no more connections for now"
    default: "the broker refused with code \(rawValue); look into its log"
    }
  }
}
