import FXCore
import FXNotifiers
import FXSystem
import Synchronization

/// The outputs of notifiers for `fxwatch notify preview`: nothing leaves the process, and what would be
/// sent is kept as text.
final class PreviewedOutput: Sendable {
  private struct State {
    var texts: [String] = []
    var secrets: [Secret] = []
  }

  private let state = Mutex(State())
  private let secrets: any Secrets

  /// Outputs whose notifiers read these secrets.
  init(secrets: any Secrets) { self.secrets = secrets }

  /// The texts that would have been sent, without any secret that was read for them.
  var text: String {
    let (texts, secrets) = state.withLock { ($0.texts, $0.secrets) }
    let redaction = Redaction(secrets)
    return texts.map { redaction.redacted($0) }.joined(separator: "\n")
  }

  /// The context in which the notifiers are created.
  var context: NotifierContext {
    NotifierContext(
      secrets: self, transport: self, mail: self, mqtt: self,
      output: { bytes throws(SystemError) in self.keep([], bytes) },
      journal: { fields throws(SystemError) in
        self.keep(fields.map { "\($0.name)=\($0.value)" }, [])
      },
      append: { lines, path throws(SystemError) in self.keep(["\(path):"], lines) },
      run: { run in
        self.keep([([run.path] + run.arguments).joined(separator: " ")], run.input)
        return .exited(status: 0)
      },
      syslog: { messages, _ throws(SystemError) in
        for message in messages { self.keep([], message) }
      }, secretsMayBeMissing: true)
  }

  private func keep(_ lines: [String], _ bytes: [UInt8]) {
    let body = String(decoding: bytes, as: UTF8.self)
    let text = (lines + (body.isEmpty ? [] : [body])).joined(separator: "\n")
    state.withLock { $0.texts.append(text) }
  }
}

extension PreviewedOutput: Secrets {
  func read(_ reference: SecretReference) throws(SecretProblem) -> Secret {
    let secret = try secrets.read(reference)
    state.withLock { $0.secrets.append(secret) }
    return secret
  }
}

extension PreviewedOutput: HTTPTransport, MailTransport, MQTTTransport {
  func send(_ request: HTTPRequest) async throws(HTTPFailure) -> HTTPResponse {
    let headers = request.headers.map { "\($0.name): \($0.value)" }
    keep(["\(request.method.rawValue) \(request.url)"] + headers + [""], request.body)
    return HTTPResponse(
      status: 200, headers: [], body: Array("{}".utf8), effectiveURL: request.url,
      duration: .zero)
  }

  func send(_ mail: MailRequest) async throws(MailFailure) -> MailReceipt {
    keep(["mail to \(mail.recipients.joined(separator: ", "))", ""], mail.message)
    return MailReceipt(reply: MailReply(code: 250, text: "preview"), refusals: [], duration: .zero)
  }

  func publish(
    _ message: MQTTMessage, to broker: MQTTBroker
  ) async throws(MQTTFailure) -> MQTTReceipt {
    keep([message.topic], message.payload)
    return MQTTReceipt(hasSubscribers: true, duration: .zero)
  }
}
