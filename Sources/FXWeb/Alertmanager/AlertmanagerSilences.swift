import FXCommands
import FXCore
import FXDaemon
import FXServer

/// The silences as Alertmanager's API shows and takes them; the label `alertname` is the rule.
struct AlertmanagerSilences {
  private let silences: [Silence]
  private let now: Timestamp

  init(_ call: RouteCall) throws(WebFailure) {
    now = call.source.now
    silences = try call.source.stored { reader throws(StoreProblem) in
      try reader.suppressions(at: nil).silences
    }
  }

  /// The identifier of a silence, in the form of a UUID, which clients expect.
  static func identifier(_ id: Int64) -> String {
    let digits = String(id, radix: 16)
    return "00000000-0000-4000-8000-" + String(repeating: "0", count: max(0, 12 - digits.count))
      + digits
  }

  private static func number(_ identifier: String) -> Int64? {
    guard identifier.hasPrefix("00000000-0000-4000-8000-") else { return nil }
    return Int64(identifier.suffix(12), radix: 16)
  }

  /// The silences whose labels match.
  func json(_ filter: LabelFilter) -> [JSONValue] {
    silences.filter { silence in filter.matches(Self.labels(silence)) }.map(json)
  }

  /// One silence.
  func silence(_ identifier: String) throws(WebFailure) -> JSONValue {
    guard let silence = silences.first(where: { Self.identifier($0.id) == identifier }) else {
      throw .notFound("no silence \(identifier.quoted)")
    }
    return json(silence)
  }

  private static func labels(_ silence: Silence) -> [(name: String, value: String)] {
    silence.matchers.map { matcher in
      switch matcher {
      case .rule(let pattern): ("alertname", pattern.text)
      case .pair(let pattern): ("pair", pattern.text)
      case .source(let pattern): ("source", pattern.text)
      case .label(let name, let pattern): (name, pattern.text)
      case .severity(let severity): ("severity", severity.rawValue)
      }
    }
  }

  private func json(_ silence: Silence) -> JSONValue {
    let isActive = silence.isActive(at: now)
    return .object([
      .init("id", .string(Self.identifier(silence.id))),
      .init("status", .object([.init("state", .string(isActive ? "active" : "expired"))])),
      .init("updatedAt", .string((silence.ended ?? silence.created).description)),
      .init("comment", .string(silence.reason)), .init("createdBy", .string(silence.author)),
      .init("startsAt", .string(silence.created.description)),
      .init("endsAt", .string((silence.ended ?? silence.until).description)),
      .init(
        "matchers",
        .array(
          Self.labels(silence).map { label in
            .object([
              .init("isEqual", .bool(true)), .init("isRegex", .bool(false)),
              .init("name", .string(label.name)), .init("value", .string(label.value)),
            ])
          })),
    ])
  }

  /// Adds a silence and returns its identifier; one with an identifier replaces that silence, which ends
  /// only after the new one is there.
  static func add(_ call: RouteCall) throws(WebFailure) -> String {
    let entry = try Entry(
      call, ["id", "matchers", "startsAt", "endsAt", "createdBy", "comment"])
    var matchers: [String] = []
    for matcher in entry.values("matchers") {
      guard let name = matcher["name"]?.text, let value = matcher["value"]?.text,
        matcher["isRegex"] != .bool(true), matcher["isEqual"] != .bool(false)
      else {
        throw .invalid("only matchers with = are supported; fxwatch matches pairs by globs")
      }
      matchers.append("\(name == "alertname" ? "rule" : name)=\(value)")
    }
    if let start = entry.optional("startsAt").flatMap({ Timestamp(text: $0) }),
      start > call.source.now + startTolerance
    {
      throw .invalid("a silence of fxwatch starts at once; startsAt is in the future")
    }
    let (texts, before) = (matchers, entry.optional("id").flatMap(number))
    let added = try call.source.commanded { () throws(CommandFailure) in
      let commands = SilenceCommands(call.source.context)
      let until = try commands.expiry(until: entry["endsAt"], for: nil)
      let who = try commands.attribution(author: entry["createdBy"], reason: entry["comment"])
      let added = try commands.silence(matching: texts, by: who, until: until)
      if let before { _ = try? commands.endSilence(before) }
      return added
    }
    return identifier(added.silence.id)
  }

  /// The largest difference between clocks: a start that is later by more is in the future.
  private static let startTolerance: Duration = .seconds(60)

  /// Ends a silence.
  static func end(_ identifier: String, _ call: RouteCall) throws(WebFailure) {
    guard let id = number(identifier) else { throw .notFound("no silence \(identifier.quoted)") }
    _ = try call.source.commanded { () throws(CommandFailure) in
      try SilenceCommands(call.source.context).endSilence(id)
    }
  }
}
