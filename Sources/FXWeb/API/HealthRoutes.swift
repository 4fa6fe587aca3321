import FXCore
import FXDaemon
import FXServer

/// Health for load balancers and supervisors, and metrics.
enum HealthRoutes {
  static let all: [Route] = [
    .get("/livez", .open) { _ in WebResponse(type: plain, body: Array("ok\n".utf8)) },
    .get("/readyz", .open) { call in await readiness(call) },
    .get("/healthz", .open) { call in await readiness(call) },
    .get("/metrics") { call async throws(WebFailure) in
      let status = await call.source.daemon.status()
      let rates = try call.source.stored { reader throws(StoreProblem) in
        try reader.rates(asOf: nil)
      }
      return Metrics(status: status, rates: rates).response(to: call.request)
    },
  ]

  private static let plain = "text/plain; charset=utf-8"

  /// 200 while the daemon watches and stores; else 503 with the reason, without names or rates.
  private static func readiness(_ call: RouteCall) async -> WebResponse {
    let status = await call.source.daemon.status()
    let reason: String? =
      if status.engine == nil {
        "fxwatch is starting"
      } else if status.storeFailure != nil {
        "the store accepts no commits"
      } else {
        nil
      }
    let body = JSONValue.object([
      .init("status", .string(reason == nil ? "ok" : "unavailable")),
      .init("reason", .optional(reason)),
    ])
    return WebResponse(
      status: reason == nil ? 200 : 503, type: "application/json",
      body: Array(body.description.utf8))
  }
}
