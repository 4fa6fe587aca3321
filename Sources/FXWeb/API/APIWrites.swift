import FXCommands
import FXCore
import FXDaemon
import FXServer

/// The parts of the API that change something; the running daemon reads what they store with its next
/// event.
enum APIWrites {
  /// The least time between a poll and one that is asked for: publishers' servers are not ours.
  private static let pollInterval: Duration = .seconds(10)

  /// Polls the source of a call now and returns its name.
  static func poll(_ call: RouteCall) async throws(WebFailure) -> SourceName {
    let sources = await call.source.daemon.status().engine?.sources ?? []
    guard let source = sources.first(where: { $0.name.text == call.values[0] }) else {
      throw .notFound("no source \(call.values[0].quoted)")
    }
    if let last = source.lastAttempt, call.source.now - last < pollInterval {
      throw .tooEarly(
        "\(source.name.text) was polled less than \(pollInterval.components.seconds) s ago",
        retryAfter: pollInterval)
    }
    await call.source.daemon.poll(source.name)
    return source.name
  }

  static let all: [Route] = [
    .write("POST", "/api/v1/silences") { call throws(WebFailure) in
      let entry = try Entry(call, ["match", "author", "reason", "until", "for"])
      let text = try call.source.commanded { () throws(CommandFailure) in
        let commands = SilenceCommands(call.source.context)
        return try commands.silence(
          matching: entry.list("match"),
          by: commands.attribution(author: entry["author"], reason: entry["reason"]),
          until: commands.expiry(until: entry.optional("until"), for: entry.optional("for"))
        ).text
      }
      return .done(text, status: 201)
    },
    .write("DELETE", "/api/v1/silences/{id}") { call throws(WebFailure) in
      guard let id = Int64(call.values[0]) else { throw .notFound("no such silence") }
      return .done(
        try call.source.commanded { () throws(CommandFailure) in
          try SilenceCommands(call.source.context).endSilence(id)
        })
    },
    .write("POST", "/api/v1/alerts/{id}/acknowledge") { call throws(WebFailure) in
      let entry = try Entry(call, ["author", "reason", "until", "for"])
      return .done(
        try call.source.commanded { () throws(CommandFailure) in
          let commands = SilenceCommands(call.source.context)
          return try commands.acknowledge(
            call.values[0],
            by: commands.attribution(author: entry["author"], reason: entry["reason"]),
            until: commands.expiry(until: entry.optional("until"), for: entry.optional("for")))
        }, status: 201)
    },
    .write("POST", "/api/v1/deliveries/{event}/replay") { call throws(WebFailure) in
      .done(
        try call.source.commanded { () throws(CommandFailure) in
          try call.source.context.replay([call.values[0]], notifier: nil)
        })
    },
    .write("POST", "/api/v1/sources/{source}/poll") { call async throws(WebFailure) in
      let name = try await poll(call)
      return .done("\(name.text) is polled now", status: 202)
    },
    .write("POST", "/api/v1/reload") { call async in
      await call.source.daemon.reload()
      return .done("the config is read again; the log has the result", status: 202)
    },
  ]
}

extension WebResponse {
  /// A sentence of what was done.
  fileprivate static func done(_ text: String, status: Int = 200) -> WebResponse {
    .json(.object([.init("message", .string(text))]), status: status)
  }
}
