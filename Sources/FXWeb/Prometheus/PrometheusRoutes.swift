import FXCommands
import FXCore
import FXDaemon
import FXServer

/// The part of Prometheus' API that dashboards and clients need, below `/prometheus`, over the exact
/// history.
enum PrometheusRoutes {
  static let all: [Route] = [
    // A client asks for the page of the server to find out whether there is one.
    .get("/prometheus/") { _ in
      WebResponse(type: "text/plain; charset=utf-8", body: Array("fxwatch\n".utf8))
    },
    .get("/prometheus/api/v1/status/buildinfo") { call async in
      let version = await call.source.daemon.status().program
      return success(.object([.init("version", .string(version)), .init("revision", .string(""))]))
    },
    .get("/prometheus/api/v1/query") { call throws(WebFailure) in
      try PrometheusSeries(call).instant(call.request.target.query)
    },
    .get("/prometheus/api/v1/query_range") { call throws(WebFailure) in
      try PrometheusSeries(call).range(call.request.target.query)
    },
    form("/prometheus/api/v1/query") { call, fields throws(WebFailure) in
      try PrometheusSeries(call).instant(fields)
    },
    form("/prometheus/api/v1/query_range") { call, fields throws(WebFailure) in
      try PrometheusSeries(call).range(fields)
    },
    .get("/prometheus/api/v1/series") { call throws(WebFailure) in
      success(.array(try PrometheusSeries(call).labels(call.request.target.query)))
    },
    .get("/prometheus/api/v1/labels") { _ in
      success(.array(labels.map { .string($0) }))
    },
    .get("/prometheus/api/v1/label/{name}/values") { call throws(WebFailure) in
      success(.array(try PrometheusSeries(call).values(of: call.values[0]).map { .string($0) }))
    },
    .get("/prometheus/api/v1/metadata") { _ in
      success(
        .object([
          .init(
            PrometheusSelector.metric,
            .array([
              .object([
                .init("type", .string("gauge")),
                .init("help", .string("The published rate of one unit.")),
                .init("unit", .string("")),
              ])
            ]))
        ]))
    },
    Route(method: "POST", pattern: "/prometheus/api/v1/read", access: .reading) {
      call throws(WebFailure) in
      try RemoteRead(call).response()
    },
    .get("/prometheus/api/v1/alerts") { call async throws(WebFailure) in
      success(.object([.init("alerts", .array(try PrometheusAlerts(call).alerts))]))
    },
    .get("/prometheus/api/v1/rules") { call async throws(WebFailure) in
      success(.object([.init("groups", .array([try PrometheusAlerts(call).group]))]))
    },
  ]

  private static let labels = ["__name__", "base", "pair", "quote", "side", "source"]

  /// An answer of Prometheus' API.
  static func success(_ data: JSONValue) -> WebResponse {
    .json(.object([.init("status", .string("success")), .init("data", data)]))
  }

  /// A query that is sent as a form: it reads, although its method is POST.
  private static func form(
    _ pattern: PathPattern,
    answer:
      @escaping @Sendable (RouteCall, [RequestTarget.Parameter]) throws(WebFailure) ->
      WebResponse
  ) -> Route {
    Route(method: "POST", pattern: pattern, access: .reading) { call throws(WebFailure) in
      let body = String(decoding: call.request.body, as: UTF8.self)
      guard let fields = RequestTarget.parameters(body) else {
        throw .invalid("the form has an invalid escape")
      }
      return try answer(call, call.request.target.query + fields)
    }
  }
}
