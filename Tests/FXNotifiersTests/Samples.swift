import FXCore
import FXNotifiers
import FXSystem
import Synchronization

/// Notifications, stand-ins and settings the tests of this folder share.
enum Samples {
  /// 20 February 2026, 09:15:02.113 UTC.
  static let moment = Timestamp(milliseconds: 1_771_578_902_113)

  /// The alert of the contract's example.
  static func alert(
    _ type: NotificationType = .alertFiring, severity: Severity = .warning,
    with more: [JSONValue.Member] = []
  ) -> FXCore.Notification {
    Notification(
      id: "evt_1", type: type, timestamp: moment,
      data: .object(
        more + [
          .init("version", .integer(1)), .init("alert_id", .string("a1")),
          .init("rule", .string("big-move")), .init("kind", .string("event")),
          .init("severity", .string(severity.rawValue)),
          .init("summary", .string("TJS/USD moved")), .init("source", .string("timesca")),
          .init("pair", .string("TJS/USD")), .init("base", .string("TJS")),
          .init("quote", .string("USD")), .init("side", .string("mid")),
          .init("rate", .string("0.10563")), .init("tick", .string("0.00001")),
          .init("nominal", .integer(1)), .init("value_date", .string("2026-02-20")),
          .init("observed_at", .string("2026-02-20T09:15:01.904Z")),
          .init(
            "previous",
            .object([
              .init("rate", .string("0.09168")), .init("value_date", .string("2025-03-24")),
            ])),
          .init(
            "change",
            .object([
              .init("percent", .string("15.22")), .init("low", .string("15.20")),
              .init("high", .string("15.23")), .init("absolute", .string("0.01395")),
              .init("ticks", .integer(1395)),
            ])),
          .init("published_change", .string("-0.09%")),
          .init("condition", .string("abs(change) > 1%")), .init("labels", .object([])),
          .init("headlines", .array([])),
        ]))
  }

  /// An event about a source.
  static func source(_ type: NotificationType) -> FXCore.Notification {
    Notification(
      id: "evt_2", type: type, timestamp: moment,
      data: .object([
        .init("version", .integer(1)), .init("source", .string("timesca")),
        .init("severity", .string("critical")), .init("summary", .string("no rates")),
        .init("reason", .string("HTTP 500")), .init("since", .string("2026-02-20T09:00:00.000Z")),
      ]))
  }

  /// What `notify test` sends.
  static let ping = Notification(
    id: "evt_3", type: .testPing, timestamp: moment,
    data: .object([
      .init("version", .integer(1)), .init("notifier", .string("ops")),
      .init("summary", .string("a test")),
    ]))

  /// One event on its way.
  static func shipment(_ notifications: FXCore.Notification...) -> Shipment {
    Shipment(
      id: "msg_1", notifications: notifications, attemptedAt: moment + .milliseconds(500))
  }
}

/// Remembers what passed through it.
final class Record<Element: Sendable>: Sendable {
  private let elements = Mutex<[Element]>([])

  var all: [Element] { elements.withLock { $0 } }

  func add(_ element: Element) { elements.withLock { $0.append(element) } }
}

/// Secrets by the place they lie in.
struct PlantedSecrets: Secrets {
  var texts: [SecretReference: String] = [:]

  func read(_ reference: SecretReference) throws(SecretProblem) -> Secret {
    guard let text = texts[reference] else { throw SecretProblem("\(reference) is not there") }
    return Secret(text)
  }
}

/// Answers every transfer the same way and remembers what was asked.
struct StubTransport: HTTPTransport {
  var answer: Result<HTTPResponse, HTTPFailure> = .success(response(204))
  let requests = Record<HTTPRequest>()

  func send(_ request: HTTPRequest) async throws(HTTPFailure) -> HTTPResponse {
    requests.add(request)
    return try answer.get()
  }

  static func response(
    _ status: Int, headers: [HTTPHeader] = [], body: String = ""
  ) -> HTTPResponse {
    HTTPResponse(
      status: status, headers: headers, body: Array(body.utf8),
      effectiveURL: "https://ops.example/hook", duration: .milliseconds(12))
  }
}

/// Ends every mail the same way and remembers what was handed over.
struct StubMail: MailTransport {
  typealias Answer = Result<MailReceipt, MailFailure>

  /// A function, so that the server's words are not printed with what holds this.
  private let answer: @Sendable () -> Answer
  let mails = Record<MailRequest>()

  init(answer: Answer = StubMail.taken) { self.answer = { answer } }

  static let taken: Answer = .success(
    MailReceipt(
      reply: MailReply(code: 250, text: "2.0.0 queued"), refusals: [], duration: .milliseconds(12)))

  func send(_ mail: MailRequest) async throws(MailFailure) -> MailReceipt {
    mails.add(mail)
    return try answer().get()
  }
}

/// A notifier read from settings, with everything around it.
struct Reading {
  var secrets = PlantedSecrets()
  var transport = StubTransport()
  var mail = StubMail()
  var outputError: SystemError?
  var secretsMayBeMissing = false
  var commandEnd = CommandEnd.exited(status: 0)
  let runs = Record<CommandRun>()
  let lines = Record<String>()
  let entries = Record<[JournalField]>()

  /// The definition and the problems of settings, each an entry `key: value`.
  func read(_ settings: [(String, Written)]) -> (
    definition: NotifierDefinition?, problems: [String]
  ) {
    let problems = SettingsProblems()
    let section = SettingsSection(
      Written.map(settings).node(1), path: ["notifiers", "ops"], problems: problems)
    let definition = NotifierCatalog.read(name: "ops", from: section, context: context)
    return (definition, problems.all.map(\.description))
  }

  private var context: NotifierContext {
    let (lines, entries, runs) = (lines, entries, runs)
    let (outputError, commandEnd) = (outputError, commandEnd)
    return NotifierContext(
      secrets: secrets, transport: transport, mail: mail,
      output: { bytes throws(SystemError) in
        if let outputError { throw outputError }
        lines.add(String(decoding: bytes, as: UTF8.self))
      },
      journal: { fields throws(SystemError) in
        if let outputError { throw outputError }
        entries.add(fields)
      },
      append: { bytes, path throws(SystemError) in
        if let outputError { throw outputError }
        lines.add("\(path): \(String(decoding: bytes, as: UTF8.self))")
      },
      run: { command in
        runs.add(command)
        return outputError.map { .failed($0) } ?? commandEnd
      },
      secretsMayBeMissing: secretsMayBeMissing)
  }
}

/// Settings as a test writes them; each key of a map stands on its own line.
struct Written: ExpressibleByStringLiteral, Sendable {
  /// The node, were it written on that line.
  let node: @Sendable (_ line: Int) -> SettingsNode

  init(_ value: @escaping @Sendable (_ line: Int) -> SettingsNode.Value) {
    node = { SettingsNode(value($0), at: SettingsMark(file: "f.yaml", line: $0, column: 9)) }
  }

  init(stringLiteral text: String) { self = .text(text) }

  static func text(_ text: String) -> Written { Written { _ in .scalar(text, isQuoted: false) } }

  static func list(_ items: [Written]) -> Written {
    Written { line in .list(items.map { $0.node(line) }) }
  }

  static func map(_ entries: [(String, Written)]) -> Written {
    Written { line in
      .map(
        entries.enumerated().map { index, entry in
          SettingsEntry(
            key: entry.0, keyMark: SettingsMark(file: "f.yaml", line: line + index, column: 1),
            node: entry.1.node(line + index))
        })
    }
  }

  /// The place `{credential: NAME}`.
  static func credential(_ name: String) -> Written { .map([("credential", .text(name))]) }
}
