import FXCommands
import FXCore
import FXDaemon
import FXNotifiers
import FXServer

/// The page of a link in a message that acknowledges an alert.
///
/// It only asks: programs that follow links in mails acknowledge nothing. Its form works once, within the
/// time of the link.
struct AcknowledgePage {
  private let alert: AlertRecord
  private let path: String

  /// The mark of the link in the reason of the acknowledgement, by which it is known as used.
  private let mark: String
  private let isUsed: Bool
  private let source: SiteSource

  /// Checks the link of a call; throws for one that is not genuine or has expired.
  init(_ call: RouteCall) throws(WebFailure) {
    source = call.source
    let (id, code) = (call.values[0], call.values[2])
    guard let links = call.source.settings.links, let expires = Int64(call.values[1]),
      links.isGenuine(alert: id, expires: expires, code: code)
    else { throw .notFound("this link is not valid") }
    guard call.source.now < Timestamp(seconds: expires) else {
      throw WebFailure(
        status: 410, title: "Gone",
        detail: "this link has expired; acknowledge the alert with 'fxwatch ack', or on its page")
    }
    let found = try call.source.stored { reader throws(StoreProblem) in
      (alert: try reader.alert(id), all: try reader.suppressions(at: nil).acknowledgements)
    }
    guard let alert = found.alert else { throw .notFound("the alert is no longer stored") }
    self.alert = alert
    let mark = "link \(code.prefix(8))"
    self.mark = mark
    path = call.request.target.path
    isUsed = found.all.contains { $0.alertID == id && $0.reason.hasSuffix(mark) }
  }

  /// The question, with the form.
  var response: WebResponse {
    guard !isUsed else { return Self.page("This link was used already.", of: alert) }
    return Page(title: "Acknowledge an alert", current: nil, isLive: false) { markup in
      markup.element("p", text: alert.data.value["summary"]?.text ?? alert.key.rule)
      markup.element("p") { line in
        line.text("It fired at ")
        line.time(alert.firedAt)
        line.text(". While it is acknowledged there are no reminders; its end is still sent.")
      }
      markup.element("form", ["class": "entry", "method": "post", "action": path]) { form in
        for (name, label) in [("author", "Your name"), ("reason", "Reason")] {
          form.element("label") {
            $0.text(label)
            $0.element("input", ["name": name, "required": ""])
          }
        }
        form.element("button", text: "Acknowledge")
      }
    }.response
  }

  /// Acknowledges the alert.
  func acknowledge(_ call: RouteCall) throws(WebFailure) -> WebResponse {
    guard !isUsed else {
      throw WebFailure(status: 410, title: "Gone", detail: "this link was used already")
    }
    let form = try FormFields(call, ["author", "reason"])
    _ = try source.commanded { () throws(CommandFailure) in
      let commands = SilenceCommands(source.context)
      guard !form["reason"].isEmpty else { throw .usage("the reason is missing") }
      return try commands.acknowledge(
        alert.id,
        by: commands.attribution(
          author: form["author"], reason: "\(form["reason"]), by \(mark)"), until: nil)
    }
    return Self.page("The alert is acknowledged.", of: alert)
  }

  private static func page(_ sentence: String, of alert: AlertRecord) -> WebResponse {
    Page(title: "Acknowledgement", current: nil, isLive: false) { markup in
      markup.element("p", text: sentence)
      markup.element("p", text: alert.data.value["summary"]?.text ?? alert.key.rule)
    }.response
  }
}
