import FXCore

/// The topic of a message, with fields of its event in double braces.
struct MQTTTopic: Sendable {
  /// The longest topic in the config, in bytes.
  private static let maximumBytes = 1000

  /// The longest value of a field, in bytes.
  private static let maximumLevel = 200

  private let template: BodyTemplate

  /// Reads a topic; nil after reporting a problem.
  static func read(
    _ key: String, from section: SettingsSection, default text: String
  ) -> MQTTTopic? {
    let text = section.node(key) == nil ? text : section.string(key)
    guard let text else { return nil }
    if let problem = problem(in: text) {
      section.problem(key, problem)
      return nil
    }
    do throws(BodyTemplate.Problem) {
      return MQTTTopic(template: try BodyTemplate(text, format: .topic))
    } catch {
      section.problem(key, error.message)
      return nil
    }
  }

  /// Returns the topic of an event.
  func text(for notification: Notification) -> String {
    String(decoding: template.body(for: notification), as: UTF8.self)
  }

  /// The problem of a topic; nil if there is none (MQTT 5.0 section 4.7).
  static func problem(in text: String) -> String? {
    if text.isEmpty || text.utf8.count > maximumBytes {
      return "a topic has 1 to \(maximumBytes) bytes"
    }
    if text.contains("+") || text.contains("#") {
      return "'+' and '#' stand for any topic, and nothing can be published to them; remove them"
    }
    if text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) {
      return "a topic has no control characters; remove them"
    }
    if text.hasPrefix("$") || text.hasPrefix("{{") || text.hasPrefix("/") {
      return
        "a topic begins with a word of its own, such as fxwatch/; topics with '$' are the broker's"
    }
    return nil
  }

  /// Returns a text as a part of one level of a topic: with letters, digits, `-`, `_` and `.` as they are,
  /// `-` for `/`, and `_` for anything else.
  static func level(_ text: String) -> String {
    let characters = text.unicodeScalars.prefix(maximumLevel).map { scalar -> Character in
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", "-", "_", ".": Character(scalar)
      case "/": "-"
      default: "_"
      }
    }
    return characters.isEmpty ? "none" : String(characters)
  }
}
