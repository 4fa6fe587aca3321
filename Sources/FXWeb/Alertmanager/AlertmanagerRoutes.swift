import FXCommands
import FXCore
import FXDaemon
import FXServer

/// The API of Alertmanager, version 2, below `/alertmanager`: what `amtool` and dashboards ask of alerts
/// and silences.
enum AlertmanagerRoutes {
  static let all: [Route] = [
    .get("/alertmanager/-/ready", .open) { _ in ok },
    .get("/alertmanager/-/healthy", .open) { _ in ok },
    .get("/alertmanager/api/v2/status") { call async in
      .json(status(await call.source.daemon.status(), now: call.source.now))
    },
    .get("/alertmanager/api/v2/receivers") { call throws(WebFailure) in
      .json(
        .array(
          call.source.setup.notifierNames.map { .object([.init("name", .string($0))]) }))
    },
    .get("/alertmanager/api/v2/alerts") { call async throws(WebFailure) in
      let filter = try LabelFilter(call)
      return .json(.array(try AlertmanagerAlerts(call).json(filter)))
    },
    .get("/alertmanager/api/v2/alerts/groups") { call async throws(WebFailure) in
      let filter = try LabelFilter(call)
      return .json(.array(try AlertmanagerAlerts(call).groups(filter)))
    },
    .get("/alertmanager/api/v2/silences") { call throws(WebFailure) in
      let filter = try LabelFilter(call)
      return .json(.array(try AlertmanagerSilences(call).json(filter)))
    },
    .write("POST", "/alertmanager/api/v2/silences") { call throws(WebFailure) in
      .json(.object([.init("silenceID", .string(try AlertmanagerSilences.add(call)))]))
    },
    .get("/alertmanager/api/v2/silence/{id}") { call throws(WebFailure) in
      .json(try AlertmanagerSilences(call).silence(call.values[0]))
    },
    .write("DELETE", "/alertmanager/api/v2/silence/{id}") { call throws(WebFailure) in
      try AlertmanagerSilences.end(call.values[0], call)
      return WebResponse(status: 200)
    },
  ]

  private static let ok = WebResponse(type: "text/plain; charset=utf-8", body: Array("OK\n".utf8))

  private static func status(_ status: DaemonStatus, now: Timestamp) -> JSONValue {
    let unknown = JSONValue.string("")
    return .object([
      .init(
        "cluster", .object([.init("status", .string("disabled")), .init("peers", .array([]))])),
      .init(
        "versionInfo",
        .object([
          .init("version", .string(status.program)), .init("revision", unknown),
          .init("branch", unknown), .init("buildUser", unknown), .init("buildDate", unknown),
          .init("goVersion", unknown),
        ])),
      .init("config", .object([.init("original", unknown)])),
      .init("uptime", .string(status.started.description)),
    ])
  }
}
