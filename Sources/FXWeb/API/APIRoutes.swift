import FXCommands
import FXCore
import FXDaemon
import FXServer

/// The API for programs, below `/api/v1`; described in `Assets/openapi.json`.
enum APIRoutes {
  static let all: [Route] = reading + APIWrites.all

  private static let reading: [Route] = [
    .get("/api/v1/status") { call async in .json(await call.source.daemon.status().json) },
    .get("/api/v1/sources") { call async in
      .json(await call.source.daemon.status().json["sources"] ?? .array([]))
    },
    .get("/api/v1/notifiers") { call async in
      .json(await call.source.daemon.status().json["notifiers"] ?? .array([]))
    },
    .get("/api/v1/rates") { call throws(WebFailure) in
      let query = try Query(call, ["source", "pair"])
      let rates = try Rates(query, call.source)
      return .json(rates.report.json)
    },
    .committed("/api/v1/history") { call throws(WebFailure) in try History(call).json },
    .get("/api/v1/alerts") { call throws(WebFailure) in
      let query = try Query(call, ["all", "limit"])
      let all = try query.flag("all")
      let limit = try query.number("limit", in: 1...Paging.mostRows) ?? Paging.usualRows
      return .json(
        try call.source.commanded { () throws(CommandFailure) in
          try call.source.context.alerts(all: all, limit: limit)
        }.json)
    },
    .get("/api/v1/alerts/{id}") { call throws(WebFailure) in
      _ = try Query(call, [])
      return .json(
        try call.source.commanded { () throws(CommandFailure) in
          try call.source.context.explain(alert: call.values[0])
        }.json)
    },
    .get("/api/v1/rules") { call throws(WebFailure) in
      _ = try Query(call, [])
      return .json(RuleList(call.source.setup.rules).json)
    },
    .get("/api/v1/rules/{rule}/verdicts") { call throws(WebFailure) in
      let query = try Query(call, ["pair", "source"])
      guard let pair = try query.pair("pair") else {
        throw .unprocessable("'pair' is missing; write it like pair=EUR/USD")
      }
      let reports = try call.source.commanded { () throws(CommandFailure) in
        try call.source.context.explain(
          rule: call.values[0], pair: pair, source: query["source"])
      }
      return .json(.array(reports.map(\.json)))
    },
    .committed("/api/v1/deliveries") { call throws(WebFailure) in
      let query = try Query(call, ["state", "notifier"] + Paging.parameters)
      let paging = try Paging(query)
      var wanted = DeliveryQuery(limit: paging.limit + 1)
      wanted.offset = paging.offset
      wanted.notifier = query["notifier"]
      wanted.state = try query.choice("state", DeliveryState.self)
      let deliveries = wanted
      let records = try call.source.stored { reader throws(StoreProblem) in
        try reader.latestDeliveries(deliveries)
      }
      return paging.response(records, of: call) {
        .json(Report.deliveries($0, now: call.source.now).json)
      }
    },
    .get("/api/v1/deliveries/{event}") { call throws(WebFailure) in
      _ = try Query(call, [])
      return .json(
        try call.source.commanded { () throws(CommandFailure) in
          try call.source.context.delivery(ofEvent: call.values[0])
        }.json)
    },
    .get("/api/v1/silences") { call throws(WebFailure) in
      let all = try Query(call, ["all"]).flag("all")
      return .json(
        try call.source.commanded { () throws(CommandFailure) in
          try SilenceCommands(call.source.context).silences(all: all)
        }.json)
    },
  ]
}

extension WebResponse {
  /// A JSON document.
  static func json(_ value: JSONValue, status: Int = 200) -> WebResponse {
    var bytes: [UInt8] = []
    value.write(to: &bytes)
    bytes.append(UInt8(ascii: "\n"))
    return WebResponse(status: status, type: "application/json", body: bytes)
  }
}
